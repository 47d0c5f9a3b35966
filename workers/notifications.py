"""Notices: gather what is due into letters, hand the letters over, forget what is long settled."""

from flask import current_app

from portal.core.clock import utc_now
from portal.core.dates import Local
from portal.core.mail import PostOffice, post_office
from portal.notifications import service
from portal.notifications.shapes import Claimed, HandedOver
from workers import job
from workers.pieces import piece


@job("notifications.send_due")
def send_due() -> None:
    """Put all that is due into letters, then hand over all letters that are due."""
    while piece(service.gather_due, utc_now()):
        pass
    with post_office(current_app.config["SETTINGS"]) as office:
        while claimed := piece(service.claim_letters, utc_now()):
            if not _hand_over_all(claimed, office):
                return


@job("notifications.tidy")
def tidy() -> None:
    """Forget notices and letters that were settled long ago."""
    service.tidy(utc_now())


def _hand_over_all(claimed: list[Claimed], office: PostOffice) -> bool:
    """Hand over letter by letter, each marked at once; False when the mail server is away."""
    settings = current_app.config["SETTINGS"]
    for number, letter in enumerate(claimed):
        local = Local(settings.zone, settings.language, utc_now())
        portal = service.Portal(settings.public_url, local)
        if piece(service.hand_over, letter, office, portal, utc_now()) is HandedOver.SERVER_AWAY:
            piece(service.put_off, claimed[number + 1 :], utc_now())
            return False
    return True

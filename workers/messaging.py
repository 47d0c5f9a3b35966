"""Jobs of messages: tell workers, inside their own reading hours, that something waits."""

from portal.core.clock import utc_now
from portal.messaging import service
from workers import job
from workers.pieces import piece


@job("messaging.tell_workers")
def tell_workers() -> None:
    """Look at every thread whose moment has come."""
    while piece(service.tell_workers, utc_now()):
        pass


@job("messaging.ask_for_reviews")
def ask_for_reviews() -> None:
    """Ask pairs to look at their agreement when answers come late or it has gone quiet."""
    piece(service.ask_for_reviews, utc_now())


@job("messaging.tell_hellos")
def tell_hellos() -> None:
    """Tell workers of the agreed hellos that are due."""
    piece(service.tell_hellos, utc_now())

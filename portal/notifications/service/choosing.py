"""What people choose about notices: which kinds, at which hours, how many a day at most."""

import logging
from functools import lru_cache
from zoneinfo import ZoneInfo

from portal.core.db import db
from portal.notifications.models import NoticeSettings
from portal.notifications.rules import OWNER_KINDS, WORKER_KINDS
from portal.notifications.service.statements import put
from portal.notifications.shapes import NoticeChoices, NoticeKind
from portal.vault.viewer import Role, Viewer

log = logging.getLogger(__name__)

_KINDS: dict[Role, tuple[NoticeKind, ...]] = {
    Role.OWNER: OWNER_KINDS,
    Role.WORKER: WORKER_KINDS,
    Role.ADMINISTRATOR: (),
}


def kinds_for(viewer: Viewer) -> tuple[NoticeKind, ...]:
    """The kinds that somebody of this role can turn on and off, in the order of the page."""
    return _KINDS[viewer.role]


def choices_of(viewer: Viewer) -> NoticeChoices:
    """What the viewer has chosen, or the defaults."""
    return choices_in(db.session.get(NoticeSettings, viewer.person_id))


def change_choices(viewer: Viewer, choices: NoticeChoices) -> None:
    """Keep what the viewer chooses. It holds for everything not yet handed over."""
    row = {
        "person_id": viewer.person_id,
        "quiet_from": choices.quiet_from,
        "quiet_until": choices.quiet_until,
        "daily_cap": choices.daily_cap,
        "kinds_off": " ".join(sorted(kind.value for kind in choices.kinds_off)),
    }
    changing = [name for name in row if name != "person_id"]
    put(NoticeSettings, [row], unique=["person_id"], change=changing)


def choices_in(row: NoticeSettings | None) -> NoticeChoices:
    """What a row of choices says; no row means the defaults."""
    if row is None:
        return NoticeChoices()
    return NoticeChoices(
        quiet_from=row.quiet_from,
        quiet_until=row.quiet_until,
        daily_cap=row.daily_cap,
        kinds_off=frozenset(kind for kind in NoticeKind if kind.value in row.kinds_off.split()),
    )


@lru_cache(maxsize=256)
def zone_named(name: str) -> ZoneInfo:
    """The time zone of this name. One that is gone means UTC, so that no one is left untold."""
    try:
        return ZoneInfo(name)
    except (OSError, ValueError, KeyError):
        log.warning("a person's time zone is unknown")
        return ZoneInfo("UTC")

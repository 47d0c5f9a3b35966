"""What people choose about notices: which kinds, at which hours, how many a day at most."""

import logging
from datetime import time
from functools import lru_cache
from zoneinfo import ZoneInfo

from sqlalchemy import select

from portal.core.db import db
from portal.notifications.models import NoticeSettings
from portal.notifications.rules import OWNER_KINDS, WORKER_KINDS
from portal.notifications.service.statements import put, table_of
from portal.notifications.shapes import NoticeChoices, NoticeKind
from portal.vault.viewer import Role, Viewer

log = logging.getLogger(__name__)
CHOSEN = (
    NoticeSettings.quiet_from,
    NoticeSettings.quiet_until,
    NoticeSettings.daily_cap,
    NoticeSettings.kinds_off,
)

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
    chosen = db.session.execute(
        select(*CHOSEN).where(NoticeSettings.person_id == viewer.person_id)
    ).first()
    return choices_in(*chosen) if chosen else NoticeChoices()


def has_turned_off(viewer: Viewer, kind: NoticeKind) -> bool:
    """Whether the viewer wants no e-mails of a kind; pages that promise one must say so."""
    return not choices_of(viewer).wants(kind)


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
    put(table_of(NoticeSettings), row, unique=["person_id"], change=changing)


@lru_cache(maxsize=256)
def choices_in(
    quiet_from: time | None, quiet_until: time | None, daily_cap: int | None, kinds_off: str | None
) -> NoticeChoices:
    """What a row of choices says; where there is none, all is None and the defaults hold."""
    if quiet_from is None or quiet_until is None or daily_cap is None or kinds_off is None:
        return NoticeChoices()
    off = frozenset(kind for kind in NoticeKind if kind.value in kinds_off.split())
    return NoticeChoices(quiet_from, quiet_until, daily_cap, off)


@lru_cache(maxsize=256)
def zone_named(name: str) -> ZoneInfo:
    """The time zone of this name. One that is gone means UTC, so that no one is left untold."""
    try:
        return ZoneInfo(name)
    except (OSError, ValueError, KeyError):
        log.warning("a person's time zone is unknown")
        return ZoneInfo("UTC")

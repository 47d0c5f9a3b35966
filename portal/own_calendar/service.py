"""The address by which a calendar asks: made, renewed, ended, and what it gives who has it."""

import logging
from datetime import datetime
from uuid import UUID, uuid5

from sqlalchemy import delete, select

from portal.accounts import hooks
from portal.accounts.models import Person
from portal.accounts.shapes import SecurityEvent
from portal.core.db import db
from portal.core.errors import NotVisible
from portal.meetings.service import standing_times
from portal.own_calendar.models import CalendarFeed
from portal.own_calendar.shapes import Feed, FeedBody, FeedCard
from portal.vault.feed_seal import feed_index, feed_is_of, new_feed_token
from portal.vault.models import Audience, Part
from portal.vault.presses import write_once
from portal.vault.viewer import Viewer

log = logging.getLogger(__name__)


def feed_of(viewer: Viewer) -> FeedCard | None:
    """The viewer's present address; None where there is none."""
    row = _row(viewer)
    if row is None:
        return None
    tokens = viewer.box.each([row], lambda each: viewer.box.open(each, FeedBody).token)
    return FeedCard(next(tokens, ""), row.made_at)


def make_feed(viewer: Viewer) -> None:
    """Make an address. Where there is one, or the press comes twice, that one stays."""
    row = CalendarFeed(id=_feed_id(viewer), owner_id=viewer.person_id)
    _seal_new(viewer, row)
    if write_once(row):
        _tell(viewer)


def renew_feed(viewer: Viewer, seen: str) -> None:
    """Put a new address in the place of the one that was seen; that one opens nothing any more.

    ``seen``: the moment when it was made, or "" from a page that does not say. Where another has
    taken its place since, that one stays: a calendar has it by now.
    """
    row = _row(viewer)
    if row is None:
        make_feed(viewer)
    elif seen in ("", row.made_at.isoformat()):
        _seal_new(viewer, row)
        _tell(viewer)


def end_feed(person_id: UUID, _now: datetime) -> None:
    """End a person's address, if there is one: it opens nothing from now on."""
    db.session.execute(delete(CalendarFeed).where(CalendarFeed.owner_id == person_id))


def feed_behind(token: str, now: datetime) -> Feed:
    """What an address opens; NotVisible when it opens nothing, or nothing any more."""
    whose = db.session.execute(
        select(Person.id, Person.language)
        .join(CalendarFeed, CalendarFeed.owner_id == Person.id)
        .where(CalendarFeed.look_up == feed_index(token), Person.is_active.is_(True))
    ).first()
    if whose is None:
        raise NotVisible
    if not feed_is_of(token, whose.id):
        log.error("address for a calendar changed from outside", extra={"person": whose.id})
        raise NotVisible
    return Feed(standing_times(whose.id, now), whose.language)


def feed_mark(token: str) -> str:
    """What counts how often an address is asked for; it opens nothing."""
    try:
        return feed_index(token).hex()
    except NotVisible:
        return "no feed"


def _row(viewer: Viewer) -> CalendarFeed | None:
    return db.session.scalar(select(CalendarFeed).where(CalendarFeed.owner_id == viewer.person_id))


def _seal_new(viewer: Viewer, row: CalendarFeed) -> None:
    token = new_feed_token(viewer.person_id)
    row.look_up, row.made_at = feed_index(token), viewer.now
    key = viewer.box.own_key(Part.PROFILE, Audience.ONLY_ME, now=viewer.now)
    viewer.box.seal(row, FeedBody(token), key, now=viewer.now)


def _tell(viewer: Viewer) -> None:
    """Whoever sits at a screen left open could make one: its person hears of it by e-mail."""
    hooks.tell_of(viewer.person_id, SecurityEvent.CALENDAR_ADDRESS_MADE, viewer.now)


def _feed_id(viewer: Viewer) -> UUID:
    """One id a person, so that two who press at one moment write one row."""
    return uuid5(viewer.person_id, "calendar feed")

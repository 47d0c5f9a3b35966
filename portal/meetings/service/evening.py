"""A notice the evening before a meeting, in each one's own time zone, wherever they move."""

from datetime import datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import or_, select

from portal.accounts.hooks import Move
from portal.accounts.models import Person
from portal.agreements.service import last_reading_before
from portal.core.clock import at_local
from portal.core.db import db
from portal.dyads.models import IS_LIVE, Dyad
from portal.dyads.shapes import DyadCard
from portal.meetings.models import Meeting
from portal.meetings.shapes import MeetingState
from portal.notifications.service import bring_forward, tell, withdraw
from portal.notifications.shapes import NoticeKind

EVENING_BEFORE = time(18, 0)


def remind_both(row: Meeting, dyad: DyadCard, now: datetime) -> None:
    """A notice the evening before, in each one's own time zone; to the worker as they read last.

    A worker who does not read again before that evening has just agreed, and knows.
    """
    people = db.session.execute(
        select(Person.id, Person.zone).where(Person.id.in_((dyad.owner_id, dyad.worker_id)))
    )
    for person_id, zone in people:
        is_worker = person_id == dyad.worker_id
        at = _told_at(row.starts_at, person_id, ZoneInfo(zone), now, is_worker=is_worker)
        if at is not None and at > now:
            tell(person_id, NoticeKind.MEETING_TOMORROW, at=at, key=evening_key(row), now=now)


def move_evenings(move: Move, now: datetime) -> None:
    """Somebody lives in another time zone: they are told the evening before, as it is there.

    Where that evening has begun already they are told from now on; nobody is told twice.
    """
    rows = db.session.execute(
        select(Meeting, Dyad.worker_id)
        .join(Dyad, Dyad.id == Meeting.dyad_id)
        .where(
            or_(Dyad.owner_id == move.person_id, Dyad.worker_id == move.person_id),
            IS_LIVE,
            Meeting.state == MeetingState.AGREED,
            Meeting.starts_at > now,
        )
    )
    for row, worker_id in rows.all():
        is_worker = worker_id == move.person_id
        at = _told_at(row.starts_at, move.person_id, move.after, now, is_worker=is_worker)
        if at is None:
            withdraw(evening_key(row), person_id=move.person_id)
        elif at > now:
            kind = NoticeKind.MEETING_TOMORROW
            tell(move.person_id, kind, at=at, key=evening_key(row), now=now)
        else:
            bring_forward(evening_key(row), move.person_id, now=now)


def evening_key(row: Meeting) -> str:
    """What the notice is known by, for both people and this time of the meeting."""
    return f"meeting-evening:{row.id.hex}:{row.starts_at:%Y%m%d%H%M}"


def _told_at(
    starts_at: datetime, person_id: UUID, zone: ZoneInfo, now: datetime, *, is_worker: bool
) -> datetime | None:
    """The evening before; for a worker their last reading up to it, None when there is none."""
    day = starts_at.astimezone(zone).date() - timedelta(days=1)
    at = at_local(day, EVENING_BEFORE, zone)
    return last_reading_before(person_id, at, now) if is_worker else at

"""The plain times of meetings, for calendars outside: no keys are needed, no words are given."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import or_, select

from portal.core.db import db
from portal.core.errors import NotVisible
from portal.dyads.models import IS_LIVE, Dyad
from portal.dyads.service import in_dyad
from portal.meetings import rules
from portal.meetings.models import Meeting
from portal.meetings.shapes import MeetingState, MeetingTime
from portal.vault.viewer import Viewer

LOOKING_BACK = timedelta(weeks=4)


def time_of(viewer: Viewer, dyad_id: UUID, meeting_id: UUID) -> MeetingTime:
    """One coming meeting of the viewer's, agreed or only suggested; NotVisible without one."""
    row = db.session.scalar(
        in_dyad(Meeting, viewer).where(
            Meeting.id == meeting_id,
            Meeting.dyad_id == dyad_id,
            Meeting.state != MeetingState.CALLED_OFF,
            Meeting.starts_at > viewer.now - rules.LENGTH,
        )
    )
    if row is None:
        raise NotVisible
    return _time(row, viewer.person_id)


def standing_times(person_id: UUID, now: datetime) -> Sequence[MeetingTime]:
    """The agreed meetings of all pairs of a person's that live, soonest first.

    From four weeks back on. A meeting that is called off is not among them any more: a calendar
    takes away what it is told of no longer, and some show a cancelled one as if it stood.
    """
    rows = db.session.execute(
        select(Meeting.id, Meeting.state, Meeting.starts_at, Meeting.sequence)
        .join(Dyad, Dyad.id == Meeting.dyad_id)
        .where(
            or_(Dyad.owner_id == person_id, Dyad.worker_id == person_id),
            IS_LIVE,
            Meeting.state == MeetingState.AGREED,
            Meeting.starts_at > now - LOOKING_BACK,
        )
        .order_by(Meeting.starts_at, Meeting.id)
    )
    return [_time(row, person_id) for row in rows]


def _time(row: Any, person_id: UUID) -> MeetingTime:
    return MeetingTime(
        uid=rules.calendar_id(row.id, person_id),
        starts_at=row.starts_at,
        is_agreed=row.state is not MeetingState.OFFERED,
        sequence=row.sequence,
    )

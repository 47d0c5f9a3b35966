"""Meetings that were called off and times that were refused: told until their day is over.

Somebody may be on their way to a meeting that is off, so this stands where the meeting stood.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime, time
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, bindparam

from portal.core.clock import at_local, local_day
from portal.dyads.shapes import DyadCard
from portal.meetings import rules
from portal.meetings.models import Meeting
from portal.meetings.shapes import GoneMeeting, LastWord, MeetingBody, MeetingState
from portal.vault.viewer import Viewer


def today_from(viewer: Viewer) -> datetime:
    """When the viewer's day began."""
    return at_local(local_day(viewer.now, viewer.zone), time(0), viewer.zone)


def news_in(viewer: Viewer, body: MeetingBody) -> LastWord | None:
    """The other one's last word about a meeting, while it is news."""
    is_news = rules.is_news(body.last, me=viewer.person_id, today_from=today_from(viewer))
    return body.last if is_news else None


def gone_in(
    viewer: Viewer, dyad: DyadCard, rows: Iterable[Any], coming: Sequence[tuple[UUID, datetime]]
) -> list[GoneMeeting]:
    """What the viewer is told of the meetings that are off, soonest first.

    The rows have the columns of ``coming.MEETING``; ``coming`` names what stands instead.
    """
    ended = sorted((row for row in rows if row.id is not None), key=lambda row: (row.at, row.id))
    opened = viewer.box.each(
        ended, lambda row: (row, viewer.box.open(row, MeetingBody, table=Meeting))
    )
    return [
        GoneMeeting(dyad.partner_name, row.at, last.said)
        for row, last in ((row, news_in(viewer, body)) for row, body in opened)
        if last is not None and not rules.is_replaced(row.id, last, coming)
    ]


def is_gone(table: Any, dyad_id: Any) -> ColumnElement[bool]:
    """Joins a pair to its meetings that are off, from ``TODAY_FROM`` on."""
    return and_(
        table.dyad_id == dyad_id,
        table.state == MeetingState.CALLED_OFF,
        table.starts_at >= TODAY_FROM,
    )


TODAY_FROM = bindparam("today_from", type_=Meeting.__table__.c.starts_at.type)

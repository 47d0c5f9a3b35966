"""Finding the meetings of a pair, and what is kept for the next one."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, func, select

from portal.core.db import db
from portal.dyads.service import dyad_for, dyads_of
from portal.dyads.shapes import DyadCard
from portal.meetings import rules
from portal.meetings.models import Kept, Meeting
from portal.meetings.shapes import (
    ComingMeeting,
    KeptBody,
    KeptCard,
    MeetingBody,
    MeetingCard,
    MeetingPage,
    MeetingState,
)
from portal.vault.viewer import Viewer


def meetings_for(viewer: Viewer, dyad_id: UUID) -> MeetingPage:
    """One pair's coming meetings, soonest first, and its list in the owner's order."""
    dyad = dyad_for(viewer, dyad_id)
    met_at = last_met_at(dyad_id, viewer.now)
    rows = db.session.scalars(
        select(Meeting)
        .where(Meeting.dyad_id == dyad_id, *_coming(viewer.now))
        .order_by(Meeting.starts_at, Meeting.id)
        .limit(20)
    )
    return MeetingPage(
        dyad=dyad,
        coming=[_card(viewer, dyad, row) for row in rows],
        kept=_kept_cards(viewer, kept_rows(dyad_id, met_at)),
        last_met_at=met_at,
    )


def coming_meetings(viewer: Viewer, dyads: list[DyadCard] | None = None) -> list[ComingMeeting]:
    """Every living pair with its soonest meeting, soonest first; pairs without one at the end."""
    living = [dyad for dyad in (dyads_of(viewer) if dyads is None else dyads) if dyad.is_live]
    ids = [dyad.id for dyad in living]
    soonest: dict[UUID, Meeting] = {}
    rows = db.session.scalars(
        select(Meeting)
        .where(Meeting.dyad_id.in_(ids), *_coming(viewer.now))
        .order_by(Meeting.starts_at, Meeting.id)
    )
    for row in rows:
        soonest.setdefault(row.dyad_id, row)
    with_kept = _dyads_with_kept(ids, viewer.now)
    found = [
        ComingMeeting(
            dyad,
            _card(viewer, dyad, soonest[dyad.id]) if dyad.id in soonest else None,
            dyad.id in with_kept,
        )
        for dyad in living
    ]
    return sorted(found, key=lambda each: (each.meeting is None, _start(each, viewer.now)))


def last_met_at(dyad_id: UUID, now: datetime) -> datetime | None:
    """When the two last met: the start of the latest agreed meeting that is over, or None."""
    return db.session.scalar(
        select(func.max(Meeting.starts_at)).where(Meeting.dyad_id == dyad_id, *_held(now))
    )


def kept_rows(dyad_id: UUID, last_met: datetime | None) -> Sequence[Kept]:
    """What is kept for the next meeting, in the owner's order."""
    rows = select(Kept).where(Kept.dyad_id == dyad_id)
    if last_met is not None:
        rows = rows.where(Kept.kept_at > last_met)
    return db.session.scalars(rows.order_by(Kept.position, Kept.id).limit(200)).all()


def _kept_cards(viewer: Viewer, rows: Sequence[Kept]) -> list[KeptCard]:
    return [
        KeptCard(
            id=row.id,
            line=viewer.box.open(row, KeptBody).line,
            source=row.source,
            source_id=row.source_id,
            kept_at=row.kept_at,
            is_mine=row.author_id == viewer.person_id,
            is_first=row is rows[0],
            is_last=row is rows[-1],
        )
        for row in rows
    ]


def _card(viewer: Viewer, dyad: DyadCard, row: Meeting) -> MeetingCard:
    body = viewer.box.open(row, MeetingBody)
    return MeetingCard(
        id=row.id,
        dyad_id=dyad.id,
        partner_name=dyad.partner_name,
        standing=rules.standing(
            row.state,
            starts_at=row.starts_at,
            offered_at=row.offered_at,
            offered_by=row.offered_by,
            me=viewer.person_id,
            now=viewer.now,
        ),
        starts_at=row.starts_at,
        place=body.place,
        moved_to=row.offered_at,
        moved_place=body.offered_place,
    )


def _dyads_with_kept(ids: list[UUID], now: datetime) -> set[UUID]:
    last_met = (
        select(func.max(Meeting.starts_at))
        .where(Meeting.dyad_id == Kept.dyad_id, *_held(now))
        .correlate(Kept)
        .scalar_subquery()
    )
    return set(
        db.session.scalars(
            select(Kept.dyad_id)
            .where(Kept.dyad_id.in_(ids), (last_met.is_(None)) | (Kept.kept_at > last_met))
            .distinct()
        )
    )


def _coming(now: datetime) -> tuple[ColumnElement[bool], ...]:
    return (Meeting.state != MeetingState.CALLED_OFF, Meeting.starts_at > now - rules.LENGTH)


def _held(now: datetime) -> tuple[ColumnElement[bool], ...]:
    return (Meeting.state == MeetingState.AGREED, Meeting.starts_at <= now - rules.LENGTH)


def _start(each: ComingMeeting, now: datetime) -> datetime:
    return each.meeting.starts_at if each.meeting else now

"""Finding the meetings of a pair, and what is kept for the next one."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    bindparam,
    func,
    literal,
    null,
    or_,
    select,
    type_coerce,
    union_all,
)
from sqlalchemy.orm import Bundle, aliased

from portal.core.db import db
from portal.dyads.models import Dyad
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


def meetings_for(viewer: Viewer, dyad_id: UUID, *, dyad: DyadCard | None = None) -> MeetingPage:
    """One pair's coming meetings, soonest first, and its list in the owner's order.

    One query, and the two of ``dyad_for`` unless the pair is given.
    """
    dyad = dyad or dyad_for(viewer, dyad_id)
    rows = db.session.execute(_ALL_OF_ONE, {"dyad_id": dyad_id}).all()
    meetings = [row for row in rows if row.kind == _MEETING]
    held = [row.at for row in meetings if rules.was_held(row.state, row.at, viewer.now)]
    met_at = max(held, default=None)
    kept = [row for row in rows if row.kind == _KEPT and (met_at is None or row.at > met_at)]
    coming = [row for row in meetings if rules.is_coming(row.state, row.at, viewer.now)]
    return MeetingPage(
        dyad=dyad,
        coming=[_card(viewer, dyad, row) for row in sorted(coming, key=lambda row: row.at)],
        kept=_kept_cards(viewer, sorted(kept, key=lambda row: (row.position, row.id))),
        last_met_at=met_at,
    )


def coming_meetings(viewer: Viewer, dyads: list[DyadCard] | None = None) -> list[ComingMeeting]:
    """Every living pair with its soonest meeting, soonest first; pairs without one at the end."""
    living = [dyad for dyad in (dyads_of(viewer) if dyads is None else dyads) if dyad.is_live]
    rows = db.session.execute(
        _SOONEST, {"dyad_ids": [each.id for each in living], "over_at": viewer.now - rules.LENGTH}
    )
    marks = {row.dyad_id: row for row in rows}
    found = [coming_in(viewer, dyad, marks[dyad.id]) for dyad in living if dyad.id in marks]
    return sorted(found, key=lambda each: (each.meeting is None, _start(each, viewer.now)))


def coming_in(viewer: Viewer, dyad: DyadCard, row: Any) -> ComingMeeting:
    """A pair's soonest meeting, from a row with the columns of ``soonest_columns``."""
    meeting = _card(viewer, dyad, row.meeting) if row.meeting.id is not None else None
    return ComingMeeting(dyad, meeting, bool(row.has_kept))


def last_met_at(dyad_id: UUID, now: datetime) -> datetime | None:
    """When the two last met: the start of the latest agreed meeting that is over, or None."""
    return db.session.scalar(
        select(func.max(Meeting.starts_at)).where(
            Meeting.dyad_id == dyad_id,
            Meeting.state == MeetingState.AGREED,
            Meeting.starts_at <= now - rules.LENGTH,
        )
    )


def kept_rows(dyad_id: UUID, last_met: datetime | None) -> Sequence[Kept]:
    """What is kept for the next meeting, in the owner's order."""
    rows = select(Kept).where(Kept.dyad_id == dyad_id)
    if last_met is not None:
        rows = rows.where(Kept.kept_at > last_met)
    return db.session.scalars(rows.order_by(Kept.position, Kept.id).limit(200)).all()


def _kept_cards(viewer: Viewer, rows: Sequence[Any]) -> list[KeptCard]:
    return [
        KeptCard(
            id=row.id,
            line=body.line,
            source=row.source,
            source_id=row.source_id,
            kept_at=row.at,
            is_mine=row.author_id == viewer.person_id,
            is_first=row is rows[0],
            is_last=row is rows[-1],
            has_copy=body.sheet is not None,
        )
        for row, body in ((row, viewer.box.open(row, KeptBody, table=Kept)) for row in rows)
    ]


def _card(viewer: Viewer, dyad: DyadCard, row: Any) -> MeetingCard:
    body = viewer.box.open(row, MeetingBody, table=Meeting)
    return MeetingCard(
        id=row.id,
        dyad_id=dyad.id,
        partner_name=dyad.partner_name,
        standing=rules.standing(
            row.state,
            starts_at=row.at,
            offered_at=row.offered_at,
            offered_by=row.offered_by,
            me=viewer.person_id,
            now=viewer.now,
        ),
        starts_at=row.at,
        place=body.place,
        moved_to=row.offered_at,
        moved_place=body.offered_place,
    )


def _start(each: ComingMeeting, now: datetime) -> datetime:
    return each.meeting.starts_at if each.meeting else now


def _sealed(table: Any) -> tuple[Any, ...]:
    return (table.id, table.owner_id, table.data_key_id, table.author_id, table.sealed)


def _none(column: Any) -> Any:
    return type_coerce(null(), column.type)


_MEETING, _KEPT = "meeting", "kept"
_ALL_OF_ONE = union_all(
    select(
        literal(_MEETING).label("kind"),
        *_sealed(Meeting),
        Meeting.starts_at.label("at"),
        Meeting.state,
        Meeting.offered_at,
        Meeting.offered_by,
        _none(Kept.source).label("source"),
        _none(Kept.source_id).label("source_id"),
        _none(Kept.position).label("position"),
    ).where(Meeting.dyad_id == bindparam("dyad_id", type_=Meeting.dyad_id.type)),
    select(
        literal(_KEPT),
        *_sealed(Kept),
        Kept.kept_at,
        _none(Meeting.state),
        _none(Meeting.offered_at),
        _none(Meeting.offered_by),
        Kept.source,
        Kept.source_id,
        Kept.position,
    ).where(Kept.dyad_id == bindparam("dyad_id", type_=Meeting.dyad_id.type)),
)


def soonest_columns(dyad_id: Any, over_at: Any) -> tuple[Any, ...]:
    """The columns from which ``coming_in`` makes a card, for the outer join ``is_soonest``."""
    met_at = (
        select(func.max(Meeting.starts_at))
        .where(
            Meeting.dyad_id == dyad_id,
            Meeting.state == MeetingState.AGREED,
            Meeting.starts_at <= over_at,
        )
        .scalar_subquery()
    )
    kept = select(Kept.id).where(
        Kept.dyad_id == dyad_id, or_(met_at.is_(None), Kept.kept_at > met_at)
    )
    meeting: Bundle[Any] = Bundle(
        "meeting",
        *_sealed(Meeting),
        Meeting.starts_at.label("at"),
        Meeting.state,
        Meeting.offered_at,
        Meeting.offered_by,
    )
    return meeting, kept.exists().label("has_kept")


def is_soonest(dyad_id: Any, over_at: Any) -> ColumnElement[bool]:
    """Joins a pair to its soonest coming meeting, if there is one."""
    coming = aliased(Meeting)
    first = (
        select(coming.id)
        .where(
            coming.dyad_id == dyad_id,
            coming.state != MeetingState.CALLED_OFF,
            coming.starts_at > over_at,
        )
        .order_by(coming.starts_at, coming.id)
        .limit(1)
        .scalar_subquery()
    )
    return Meeting.id == first


_OVER_AT = bindparam("over_at", type_=Meeting.starts_at.type)
_SOONEST = (
    select(Dyad.id.label("dyad_id"), *soonest_columns(Dyad.id, _OVER_AT))
    .select_from(Dyad)
    .outerjoin(Meeting, is_soonest(Dyad.id, _OVER_AT))
    .where(Dyad.id.in_(bindparam("dyad_ids", expanding=True, type_=Dyad.id.type)))
)

"""Finding the meetings of a pair, and what is kept for the next one."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Select,
    and_,
    bindparam,
    func,
    literal,
    null,
    or_,
    select,
    type_coerce,
    union_all,
)

from portal.core.clock import local_day
from portal.core.db import db
from portal.core.rows import Several, in_sizes, one_of, places, read
from portal.dyads.models import Dyad
from portal.dyads.service import dyad_for, dyads_of
from portal.dyads.shapes import DyadCard
from portal.hours.service import calendar_of
from portal.meetings import rules
from portal.meetings.models import Kept, Meeting
from portal.meetings.service.gone import gone_in, is_gone, news_in, today_from
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
    rows = read(_ALL_OF_ONE, {"dyad_id": dyad_id, **moments(viewer)})
    meetings = sorted((row for row in rows if row.kind == _MEETING), key=lambda row: row.at)
    coming = [row for row in meetings if row.state is not MeetingState.CALLED_OFF]
    gone = [row for row in meetings if row.state is MeetingState.CALLED_OFF]
    kept = [row for row in rows if row.kind == _KEPT]
    return MeetingPage(
        dyad=dyad,
        coming=list(viewer.box.each(coming, lambda row: _card(viewer, dyad, row))),
        gone=gone_in(viewer, dyad, gone, [(row.id, row.at) for row in coming]),
        kept=_kept_cards(viewer, sorted(kept, key=lambda row: (row.position, row.id))),
        last_met_at=next(row.at for row in rows if row.kind == _MET),
    )


def meetings_shown(viewer: Viewer, dyad_id: UUID) -> MeetingPage:
    """The same for the pair's own page, which also says which suggested days may not suit.

    One query more while a time waits for an answer.
    """
    page = meetings_for(viewer, dyad_id)
    asked = [card for card in page.coming if card.is_asked]
    if not asked:
        return page
    calendar = calendar_of(page.dyad.worker_id)
    days = {card.id: local_day(card.asked_at, calendar.zone) for card in asked}
    found = {card_id: rules.day_off(calendar, day) for card_id, day in days.items()}
    return replace(page, off={card_id: why for card_id, why in found.items() if why})


def coming_meetings(viewer: Viewer, dyads: list[DyadCard] | None = None) -> list[ComingMeeting]:
    """Every living pair with its soonest meeting, soonest first; pairs without one at the end."""
    living = [dyad for dyad in (dyads_of(viewer) if dyads is None else dyads) if dyad.is_live]
    statement, size = _soonest_of(len(living))
    params = {**moments(viewer), **places("dyad", [each.id for each in living], size)}
    marks = by_pair(map(_SOONEST.of, read(statement, params)), lambda row: row.pair.dyad_id)
    found = [coming_in(viewer, dyad, marks[dyad.id]) for dyad in living if dyad.id in marks]
    return sorted(found, key=lambda each: (each.meeting is None, _start(each, viewer.now)))


def coming_in(viewer: Viewer, dyad: DyadCard, rows: Sequence[Any]) -> ComingMeeting:
    """A pair's soonest meeting, from the rows of a statement ``with_soonest``.

    Each has ``MEETING`` as meeting, ``has_kept`` as kept and ``GONE`` as gone; they differ in the
    last alone.
    """
    soonest = rows[0].meeting
    there = [soonest] if soonest.id is not None else []
    meeting = next(viewer.box.each(there, lambda row: _card(viewer, dyad, row)), None)
    stands = [(soonest.id, soonest.at)] if meeting else []
    gone = gone_in(viewer, dyad, [row.gone for row in rows], stands)
    return ComingMeeting(dyad, meeting, bool(rows[0].kept.is_there), gone)


def by_pair(rows: Iterable[Any], dyad_id_of: Callable[[Any], UUID]) -> dict[UUID, list[Any]]:
    """The rows of a statement ``with_soonest``, together for each pair."""
    found: dict[UUID, list[Any]] = {}
    for row in rows:
        found.setdefault(dyad_id_of(row), []).append(row)
    return found


def moments(viewer: Viewer) -> dict[str, datetime]:
    """From when on meetings are over, and from when on those that are off are told of."""
    return {"over_at": viewer.now - rules.LENGTH, "today_from": today_from(viewer)}


def last_met_at(dyad_id: UUID, now: datetime) -> datetime | None:
    """When the two last met: the start of the latest agreed meeting that is over, or None."""
    ((met_at,),) = read(_LAST_MET, {"dyad_id": dyad_id, "over_at": now - rules.LENGTH})
    return met_at  # type: ignore[no-any-return]  # a moment, or None


def kept_rows(dyad_id: UUID, last_met: datetime | None) -> Sequence[Kept]:
    """What is kept for the next meeting, in the owner's order."""
    rows = select(Kept).where(Kept.dyad_id == dyad_id)
    if last_met is not None:
        rows = rows.where(Kept.kept_at > last_met)
    return db.session.scalars(rows.order_by(Kept.position, Kept.id).limit(200)).all()


def _kept_cards(viewer: Viewer, rows: Sequence[Any]) -> list[KeptCard]:
    def opened(row: Any) -> tuple[Any, KeptBody]:
        return row, viewer.box.open(row, KeptBody, table=Kept)

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
        for row, body in viewer.box.each(rows, opened)
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
        last=news_in(viewer, body),
    )


def _start(each: ComingMeeting, now: datetime) -> datetime:
    return each.meeting.starts_at if each.meeting else now


_meetings: Any = Meeting.__table__.c
_kept: Any = Kept.__table__.c
_DYAD_ID = bindparam("dyad_id", type_=_meetings.dyad_id.type)
_OVER_AT = bindparam("over_at", type_=_meetings.starts_at.type)


def _sealed(table: Any) -> tuple[Any, ...]:
    return (table.id, table.owner_id, table.data_key_id, table.author_id, table.sealed)


def _none(column: Any) -> Any:
    return type_coerce(null(), column.type)


def _of_meeting(table: Any) -> tuple[Any, ...]:
    at = table.starts_at.label("at")
    return (*_sealed(table), at, table.state, table.offered_at, table.offered_by)


_gone = Meeting.__table__.alias("gone")
MEETING = _of_meeting(_meetings)
"""What a card needs of a meeting."""
GONE = _of_meeting(_gone.c)
"""The same of a meeting that is off, beside the one that is coming."""


def last_met(dyad_id: Any, over_at: Any) -> Select[Any]:
    """When a pair last met, for statements built once: meetings are over that began by then.

    The pair may be one of a statement further out, however deep this lies in it.
    """
    past = Meeting.__table__.alias("past")
    met = select(func.max(past.c.starts_at)).where(
        past.c.dyad_id == dyad_id,
        past.c.state == MeetingState.AGREED,
        past.c.starts_at <= over_at,
    )
    return met.correlate_except(past)


def has_kept(dyad_id: Any, over_at: Any) -> ColumnElement[bool]:
    """Whether anything is kept for a pair's next meeting."""
    return select(_kept.id).where(is_for_next(dyad_id, over_at)).exists()


def is_for_next(dyad_id: Any, over_at: Any) -> ColumnElement[bool]:
    """Whether a thing was kept since a pair last met, and so for its next meeting."""
    met_at = last_met(dyad_id, over_at).scalar_subquery()
    return and_(_kept.dyad_id == dyad_id, or_(met_at.is_(None), _kept.kept_at > met_at))


def is_soonest(dyad_id: Any, over_at: Any) -> ColumnElement[bool]:
    """Joins a pair to its soonest coming meeting, if there is one."""
    coming = Meeting.__table__.alias()
    first = (
        select(coming.c.id)
        .where(
            coming.c.dyad_id == dyad_id,
            coming.c.state != MeetingState.CALLED_OFF,
            coming.c.starts_at > over_at,
        )
        .order_by(coming.c.starts_at, coming.c.id)
        .limit(1)
        .scalar_subquery()
    )
    return _meetings.id == first  # type: ignore[no-any-return]  # a column of a table


def with_soonest(rows: Select[Any], dyad_id: Any) -> Select[Any]:
    """Beside each pair its soonest meeting; a row by itself for each that is off, if there are."""
    over = rows.outerjoin(Meeting.__table__, is_soonest(dyad_id, _OVER_AT))
    return over.outerjoin(_gone, is_gone(_gone.c, dyad_id))


_MEETING, _KEPT, _MET = "meeting", "kept", "met"
_ALL_OF_ONE = union_all(
    select(
        literal(_MEETING).label("kind"),
        *MEETING,
        *(_none(each).label(each.key) for each in (_kept.source, _kept.source_id, _kept.position)),
    ).where(
        _meetings.dyad_id == _DYAD_ID,
        or_(
            and_(_meetings.state != MeetingState.CALLED_OFF, _meetings.starts_at > _OVER_AT),
            is_gone(_meetings, _DYAD_ID),
        ),
    ),
    select(
        literal(_KEPT),
        *_sealed(_kept),
        _kept.kept_at,
        *(_none(each) for each in (_meetings.state, _meetings.offered_at, _meetings.offered_by)),
        *(_kept.source, _kept.source_id, _kept.position),
    ).where(is_for_next(_DYAD_ID, _OVER_AT)),
    select(
        literal(_MET),
        *(_none(each) for each in _sealed(_meetings)),
        last_met(_DYAD_ID, _OVER_AT).scalar_subquery(),
        *(_none(each) for each in (_meetings.state, _meetings.offered_at, _meetings.offered_by)),
        *(_none(each) for each in (_kept.source, _kept.source_id, _kept.position)),
    ),
)
"""What lies ahead of a pair, what is off, what is kept, and when the two last met: a row each."""

_dyads: Any = Dyad.__table__
_LAST_MET = last_met(_DYAD_ID, _OVER_AT)
_SOONEST = Several(
    pair=[_dyads.c.id.label("dyad_id")],
    meeting=MEETING,
    kept=[has_kept(_dyads.c.id, _OVER_AT).label("is_there")],
    gone=GONE,
)


@in_sizes
def _soonest_of(size: int) -> Select[Any]:
    rows = with_soonest(select(*_SOONEST.columns).select_from(_dyads), _dyads.c.id)
    return rows.where(one_of(_dyads.c.id, "dyad", size))

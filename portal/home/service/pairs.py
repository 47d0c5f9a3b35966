"""Everything that the first pages say of a pair, for all pairs in one query.

Lists read no more of an agreement than whose turn it is and when a hello is due.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, and_, bindparam, select

from portal.agreements.models import Agreement, Round
from portal.agreements.service.essentials import (
    ASKED,
    ESSENTIALS,
    ROUND,
    essentials_in,
    is_told_round,
    turn_in,
)
from portal.agreements.service.terms import STANDS
from portal.agreements.shapes import Essentials
from portal.core.clock import local_day
from portal.core.errors import NotVisible
from portal.core.rows import Several, in_sizes, one_of, places, read
from portal.dyads.models import Dyad
from portal.dyads.shapes import DyadCard
from portal.home.shapes import PairCard
from portal.hours.service import calendar_of
from portal.meetings.models import Meeting
from portal.meetings.service.coming import (
    GONE,
    MEETING,
    by_pair,
    coming_in,
    has_kept,
    moments,
    with_soonest,
)
from portal.meetings.shapes import ComingMeeting, MeetingPage
from portal.messaging.models import Thread
from portal.messaging.rules.prompts import day_at_work
from portal.messaging.service.hello import hello_day
from portal.messaging.service.lists import MARKS, card_in
from portal.record.service import turns as record
from portal.vault.viewer import Viewer


@dataclass(frozen=True)
class Found:
    """A pair's card, with its agreement's columns for pages that show the essentials too."""

    pair: PairCard
    agreement: Any

    def essentials(self, viewer: Viewer) -> Essentials | None:
        """What the two agreed, in a few sentences; None while there is no agreement."""
        if self.agreement is None:
            return None
        return essentials_in(viewer, self.pair.dyad, self.agreement)


def pairs_of(viewer: Viewer, dyads: list[DyadCard]) -> list[PairCard]:
    """The living pairs among ``dyads``, in their order; one query."""
    living = {dyad.id: dyad for dyad in dyads if dyad.is_live}
    if not living:
        return []
    statement, size = _listed(len(living))
    params = {**moments(viewer), **places("dyad", living, size)}
    by_id = by_pair(map(_LISTED.of, read(statement, params)), lambda row: row.dyad.id)
    found = [(dyad, by_id[dyad_id]) for dyad_id, dyad in living.items()]
    return [_card(viewer, dyad, rows[0], coming_in(viewer, dyad, rows)) for dyad, rows in found]


def pair_of(viewer: Viewer, dyad: DyadCard) -> Found:
    """One living pair, with its agreement; one query. NotVisible when it has ended."""
    if not dyad.is_live:
        raise NotVisible
    rows = list(map(_WHOLE.of, read(_ONE_WHOLE, {"dyad": dyad.id, **moments(viewer)})))
    card = _card(viewer, dyad, rows[0], coming_in(viewer, dyad, rows))
    return Found(past_days_away(viewer, [card])[0], _there(rows[0].agreement))


def pair_beside(viewer: Viewer, page: MeetingPage) -> Found:
    """The same for a page that has the pair's meetings already."""
    dyad = page.dyad
    if not dyad.is_live:
        raise NotVisible
    (beside,) = read(_ONE_BESIDE, {"dyad": dyad.id})
    row = _BESIDE.of(beside)
    coming = ComingMeeting(dyad, page.next, bool(page.kept), page.gone)
    return Found(_card(viewer, dyad, row, coming), _there(row.agreement))


def _card(viewer: Viewer, dyad: DyadCard, row: Any, coming: ComingMeeting) -> PairCard:
    agreement = _there(row.agreement)
    thread = row.thread if row.thread.dyad_id is not None else None
    return PairCard(
        dyad=dyad,
        thread=card_in(dyad, thread, viewer.now),
        agreement=turn_in(viewer, dyad.id, dyad.owner_id, agreement, _there(row.round)),
        coming=coming,
        hello_on=_hello_on(viewer, agreement, row.thread.worker_wrote_at),
        record=record.turn_in(row.page, row.ask),
    )


def past_days_away(viewer: Viewer, cards: list[PairCard]) -> list[PairCard]:
    """The same without hellos whose day moves past days away; one query when some hello is due."""
    if not any(card.hello_on for card in cards):
        return cards
    calendar, today = calendar_of(viewer.person_id), local_day(viewer.now, viewer.zone)
    moved = []
    for card in cards:
        on = card.hello_on and day_at_work(calendar, card.hello_on)
        moved.append(replace(card, hello_on=on if on is not None and on <= today else None))
    return moved


def _there(row: Any) -> Any:
    """The row of an outer join, or None where it found nothing."""
    return row if row.id is not None else None


def _hello_on(viewer: Viewer, agreement: Any, worker_wrote_at: datetime | None) -> date | None:
    """The day of the worker's agreed hello, once it has come."""
    if not viewer.is_worker or agreement is None:
        return None
    on = hello_day(agreement, viewer.zone, worker_wrote_at)
    return on if on is not None and on <= local_day(viewer.now, viewer.zone) else None


_dyads: Any = Dyad.__table__
_threads: Any = Thread.__table__
_agreements: Any = Agreement.__table__
_rounds: Any = Round.__table__
_OVER_AT = bindparam("over_at", type_=Meeting.__table__.c.starts_at.type)
_HELLO = (
    _agreements.c.id,
    _agreements.c.accepted_at,
    _agreements.c.hello_every_weeks,
    _agreements.c.hello_weekday,
)
_COMING: dict[str, Any] = {
    "meeting": MEETING,
    "kept": [has_kept(_dyads.c.id, _OVER_AT).label("is_there")],
    "gone": GONE,
}
_PAIR: dict[str, Any] = {
    "dyad": [_dyads.c.id],
    "thread": MARKS,
    "round": ROUND,
    "page": record.PAGE,
    "ask": record.ASK,
}
_LISTED = Several(**_PAIR, agreement=[*_HELLO, *ASKED], **_COMING)
_WHOLE = Several(**_PAIR, agreement=[*ESSENTIALS, *ASKED], **_COMING)
_BESIDE = Several(**_PAIR, agreement=[*ESSENTIALS, *ASKED])


def _rows(parts: Several) -> Select[Any]:
    rows = (
        select(*parts.columns)
        .select_from(_dyads)
        .outerjoin(_threads, _threads.c.dyad_id == _dyads.c.id)
        .outerjoin(_agreements, and_(_agreements.c.dyad_id == _dyads.c.id, STANDS))
        .outerjoin(_rounds, is_told_round(_rounds, _dyads.c.id))
    )
    return record.with_record(rows)


_IS_IT = _dyads.c.id == bindparam("dyad", type_=_dyads.c.id.type)
_ONE_WHOLE = with_soonest(_rows(_WHOLE), _dyads.c.id).where(_IS_IT)
_ONE_BESIDE = _rows(_BESIDE).where(_IS_IT)


@in_sizes
def _listed(size: int) -> Select[Any]:
    return with_soonest(_rows(_LISTED), _dyads.c.id).where(one_of(_dyads.c.id, "dyad", size))

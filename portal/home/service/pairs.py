"""Everything that the first pages say of a pair, for all pairs in one query."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, and_, bindparam, select

from portal.agreements.models import Agreement, Round
from portal.agreements.service.essentials import ASKED, ESSENTIALS, ROUND, essentials_in, turn_in
from portal.agreements.service.terms import STANDS, terms_in
from portal.agreements.shapes import Essentials
from portal.core.clock import local_day
from portal.core.rows import Several, in_sizes, one_of, places, read
from portal.dyads.models import Dyad
from portal.dyads.shapes import DyadCard
from portal.home.shapes import PairCard
from portal.meetings import rules as meeting_rules
from portal.meetings.models import Meeting
from portal.meetings.service.coming import MEETING, coming_in, has_kept, is_soonest
from portal.messaging.models import Thread
from portal.messaging.service.hello import hello_day
from portal.messaging.service.lists import MARKS, card_in
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


def pairs_of(viewer: Viewer, dyads: list[DyadCard]) -> list[Found]:
    """The living pairs among ``dyads``, in their order; one query."""
    living = {dyad.id: dyad for dyad in dyads if dyad.is_live}
    if not living:
        return []
    statement, size = _marks_of(len(living))
    params = {"over_at": viewer.now - meeting_rules.LENGTH, **places("dyad", living, size)}
    by_id = {row.dyad.id: row for row in map(_PAIR.of, read(statement, params))}
    return [_found(viewer, dyad, by_id[dyad_id]) for dyad_id, dyad in living.items()]


def _found(viewer: Viewer, dyad: DyadCard, row: Any) -> Found:
    agreement = row.agreement if row.agreement.id is not None else None
    now_open = row.round if row.round.id is not None else None
    thread = row.thread if row.thread.dyad_id is not None else None
    card = PairCard(
        dyad=dyad,
        thread=card_in(dyad, thread, viewer.now),
        agreement=turn_in(viewer, dyad.id, dyad.owner_id, agreement, now_open),
        coming=coming_in(viewer, dyad, row),
        hello_on=_hello_on(viewer, agreement, row.thread.worker_wrote_at),
    )
    return Found(card, agreement)


def _hello_on(viewer: Viewer, agreement: Any, worker_wrote_at: datetime | None) -> date | None:
    """The day of the worker's agreed hello, once it has come."""
    if not viewer.is_worker or agreement is None:
        return None
    on = hello_day(terms_in(agreement), viewer.zone, worker_wrote_at)
    return on if on is not None and on <= local_day(viewer.now, viewer.zone) else None


_dyads: Any = Dyad.__table__
_threads: Any = Thread.__table__
_agreements: Any = Agreement.__table__
_rounds: Any = Round.__table__
_OVER_AT = bindparam("over_at", type_=Meeting.__table__.c.starts_at.type)
_PAIR = Several(
    dyad=[_dyads.c.id],
    thread=MARKS,
    agreement=[*ESSENTIALS, *ASKED],
    round=ROUND,
    meeting=MEETING,
    kept=[has_kept(_dyads.c.id, _OVER_AT).label("is_there")],
)


@in_sizes
def _marks_of(size: int) -> Select[Any]:
    return (
        select(*_PAIR.columns)
        .select_from(_dyads)
        .outerjoin(_threads, _threads.c.dyad_id == _dyads.c.id)
        .outerjoin(_agreements, and_(_agreements.c.dyad_id == _dyads.c.id, STANDS))
        .outerjoin(_rounds, and_(_rounds.c.dyad_id == _dyads.c.id, _rounds.c.closed_at.is_(None)))
        .outerjoin(Meeting.__table__, is_soonest(_dyads.c.id, _OVER_AT))
        .where(one_of(_dyads.c.id, "dyad", size))
    )

"""Everything that the first pages say of a pair, for all pairs in one query."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import and_, bindparam, select
from sqlalchemy.orm import Bundle

from portal.agreements.models import Agreement, Round
from portal.agreements.service.essentials import essentials_in, turn_in
from portal.agreements.service.terms import terms_in
from portal.agreements.shapes import Essentials
from portal.core.clock import local_day
from portal.core.db import db
from portal.dyads.models import Dyad
from portal.dyads.shapes import DyadCard
from portal.home.shapes import PairCard
from portal.meetings import rules as meeting_rules
from portal.meetings.models import Meeting
from portal.meetings.service.coming import coming_in, is_soonest, soonest_columns
from portal.messaging.models import Thread
from portal.messaging.service.hello import hello_day
from portal.messaging.service.lists import MARKS, card_in
from portal.vault.viewer import Viewer


@dataclass(frozen=True)
class Found:
    """A pair's card, with its agreement's row for pages that show the essentials too."""

    pair: PairCard
    agreement: Agreement | None

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
    over_at = viewer.now - meeting_rules.LENGTH
    rows = db.session.execute(_MARKS_OF, {"dyad_ids": list(living), "over_at": over_at})
    by_id = {row.dyad_id: row for row in rows}
    return [_found(viewer, dyad, by_id[dyad_id]) for dyad_id, dyad in living.items()]


def _found(viewer: Viewer, dyad: DyadCard, row: Any) -> Found:
    thread = card_in(dyad, row.thread if row.thread.dyad_id else None, viewer.now)
    card = PairCard(
        dyad=dyad,
        thread=thread,
        agreement=turn_in(viewer, dyad.id, dyad.owner_id, row.Agreement, row.Round),
        coming=coming_in(viewer, dyad, row),
        hello_on=_hello_on(viewer, row),
    )
    return Found(card, row.Agreement)


def _hello_on(viewer: Viewer, row: Any) -> date | None:
    """The day of the worker's agreed hello, once it has come."""
    if not viewer.is_worker or row.Agreement is None:
        return None
    on = hello_day(terms_in(row.Agreement), viewer.zone, row.thread.worker_wrote_at)
    return on if on is not None and on <= local_day(viewer.now, viewer.zone) else None


_OVER_AT = bindparam("over_at", type_=Meeting.starts_at.type)
_THREAD: Bundle[Any] = Bundle("thread", *MARKS)
_MARKS_OF = (
    select(Dyad.id.label("dyad_id"), _THREAD, Agreement, Round, *soonest_columns(Dyad.id, _OVER_AT))
    .select_from(Dyad)
    .outerjoin(Thread, Thread.dyad_id == Dyad.id)
    .outerjoin(Agreement, and_(Agreement.dyad_id == Dyad.id, Agreement.ended_at.is_(None)))
    .outerjoin(Round, and_(Round.dyad_id == Dyad.id, Round.closed_at.is_(None)))
    .outerjoin(Meeting, is_soonest(Dyad.id, _OVER_AT))
    .where(Dyad.id.in_(bindparam("dyad_ids", expanding=True, type_=Dyad.id.type)))
)

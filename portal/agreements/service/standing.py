"""How things stand in one dyad: who the two are, what is agreed, and which round is open."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import and_, or_, select

from portal.agreements.defaults import usual_answers
from portal.agreements.models import Agreement, Round, RoundAnswers
from portal.agreements.shapes import AgreementBody, Answers, Names, RoundState, Side
from portal.core.clock import Window
from portal.core.db import db
from portal.core.errors import Conflict, NotVisible
from portal.core.languages import _
from portal.dyads.models import Dyad
from portal.dyads.service import dyad_for, dyad_key, hold
from portal.dyads.shapes import DyadCard
from portal.hours.models import WorkHours
from portal.vault.keyring import KeyHandle
from portal.vault.viewer import Viewer

MOVED_ON = _("The agreement moved on a moment ago. Please look at how it stands now.")


@dataclass(frozen=True, slots=True)
class Standing:
    """One dyad's agreement as its rows say, for one of the two.

    ``sheets``: the open round's answers, the viewer's own and those that were handed in.
    ``reading``: when the worker usually reads; empty until they say.
    """

    viewer: Viewer
    dyad: DyadCard
    names: Names
    agreement: Agreement | None
    round: Round | None
    sheets: tuple[RoundAnswers, ...]
    reading: tuple[Window, ...]

    @property
    def mine(self) -> Side:
        """The viewer's side."""
        return self.names.mine

    @property
    def key(self) -> KeyHandle:
        """The key of the two, to write something new; Conflict when they cannot."""
        return dyad_key(self.viewer, self.dyad)

    def require_open(self) -> None:
        """Refuse a pair that cannot write anything new (Conflict); nobody ends it meanwhile."""
        dyad_key(self.viewer, self.dyad)
        hold(self.dyad.id)

    @property
    def my_sheet(self) -> RoundAnswers | None:
        """The viewer's own answers in the open round."""
        mine = (row for row in self.sheets if row.author_id == self.viewer.person_id)
        return next(mine, None)

    def person_id(self, side: Side) -> UUID:
        """Who stands on a side."""
        return self.dyad.owner_id if side is Side.OWNER else self.dyad.worker_id

    def body(self) -> AgreementBody | None:
        """The words of the agreement that stands."""
        return self.viewer.box.open(self.agreement, AgreementBody) if self.agreement else None

    def present(self) -> Answers:
        """The present terms, else the usual ones in the worker's week.

        A round starts from them, and they stand in for a point that is not settled yet.
        """
        body = self.body()
        return body.agreed if body else usual_answers(self.names, self.reading)

    def is_light_and_mine(self) -> bool:
        """Whether the viewer has already said yes to the ready-made agreement."""
        now_open = self.round
        return (
            now_open is not None
            and now_open.is_light
            and now_open.started_by == self.viewer.person_id
        )

    @property
    def may_take_ready_made(self) -> bool:
        """Whether the ready-made agreement can be said yes to: nobody handed answers in."""
        now_open = self.round
        if self.agreement is not None:
            return False
        return now_open is None or (
            now_open.state is RoundState.ANSWERING
            and now_open.owner_done_at is None
            and now_open.worker_done_at is None
        )

    def open_round(self, state: RoundState) -> Round:
        """The open round, which must have come just this far; Conflict when it moved on."""
        if self.round is None or self.round.state is not state:
            raise Conflict(MOVED_ON)
        return self.round


def standing_of(viewer: Viewer, dyad_id: UUID) -> Standing:
    """How things stand in one of the viewer's dyads (three queries); NotVisible if not theirs."""
    dyad = dyad_for(viewer, dyad_id)
    readable = or_(RoundAnswers.author_id == viewer.person_id, RoundAnswers.is_handed_in)
    rows = db.session.execute(
        select(Agreement, Round, RoundAnswers, WorkHours.reading)
        .select_from(Dyad)
        .outerjoin(Agreement, and_(Agreement.dyad_id == Dyad.id, Agreement.ended_at.is_(None)))
        .outerjoin(Round, and_(Round.dyad_id == Dyad.id, Round.closed_at.is_(None)))
        .outerjoin(RoundAnswers, and_(RoundAnswers.round_id == Round.id, readable))
        .outerjoin(WorkHours, WorkHours.worker_id == Dyad.worker_id)
        .where(Dyad.id == dyad_id)
    ).all()
    if not rows:
        raise NotVisible
    agreement, now_open, _sheet, reading = rows[0]
    found: list[RoundAnswers | None] = [row[2] for row in rows]  # empty by the outer join
    sheets = tuple(row for row in found if row is not None)
    return Standing(viewer, dyad, names_in(dyad), agreement, now_open, sheets, reading or ())


def names_in(dyad: DyadCard) -> Names:
    """Who is who in a dyad."""
    mine = Side.OWNER if dyad.is_owner else Side.WORKER
    return Names(owner=dyad.owner_name, worker=dyad.worker_name, mine=mine)

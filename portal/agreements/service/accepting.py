"""Both accept, and the agreement stands. Until then the old terms do; every version is kept."""

from uuid import UUID

from sqlalchemy import update
from sqlalchemy.exc import IntegrityError

from portal.agreements import hooks
from portal.agreements.models import Agreement, Round
from portal.agreements.rules import Draft, first_review_on
from portal.agreements.service.answering import ready_made
from portal.agreements.service.drafting import draft_in
from portal.agreements.service.lapsing import counts_again
from portal.agreements.service.rounds import lighten, open_round
from portal.agreements.service.standing import MOVED_ON, Standing, standing_of
from portal.agreements.service.telling import stop_waiting, tell_waiting
from portal.agreements.shapes import AgreementBody, Answers, RoundState, Side, Starter
from portal.core.clock import local_day
from portal.core.db import db
from portal.core.errors import Conflict
from portal.core.languages import _
from portal.core.row_ids import new_id
from portal.vault.viewer import Viewer

STILL_OPEN = _("Some points are still open. Settle them first, or keep them for the meeting.")
READ_AGAIN = _("The draft changed while you read it. Please read it once more.")


def accept(viewer: Viewer, dyad_id: UUID, *, revision: int, round_id: UUID | None = None) -> bool:
    """Accept the draft as it was read. True when both have, and the agreement stands from now.

    ``revision`` is the one on the page that was read; Conflict when the draft moved since. With
    ``round_id`` a second press after the last one says the same as the first.
    """
    standing = standing_of(viewer, dyad_id)
    if round_id and standing.agreement is not None and standing.agreement.round_id == round_id:
        return True
    now_open = standing.open_round(RoundState.LOOKING)
    if now_open.revision != revision:
        raise Conflict(READ_AGAIN)
    draft = draft_in(standing, now_open)
    if draft.open_questions:
        raise Conflict(STILL_OPEN)
    _say_yes(standing, now_open, revision)
    return _close(standing, now_open, draft)


def accept_defaults(viewer: Viewer, dyad_id: UUID) -> bool:
    """Accept the ready-made agreement in one press (Friction 22). True when both have.

    The first press opens a light round, or makes one of the round in which nobody has handed
    answers in; the other one accepts it with ``accept``.
    """
    standing = standing_of(viewer, dyad_id)
    if standing.is_light_and_mine():
        return False
    if not standing.may_take_ready_made:
        raise Conflict(MOVED_ON)
    light = open_round(standing, is_light=True) if standing.round is None else lighten(standing)
    ready_made(standing, light)
    _say_yes(standing, light, light.revision)
    return False


def _say_yes(standing: Standing, now_open: Round, revision: int) -> None:
    mine = _column(standing.mine)
    said = db.session.execute(
        update(Round)
        .where(
            Round.id == now_open.id,
            Round.state == RoundState.LOOKING,
            Round.revision == revision,
        )
        .values(
            {
                mine: standing.viewer.now,
                "moved_at": standing.viewer.now,
                **counts_again(standing.mine),
            }
        )
        .returning(Round.id)
    ).first()
    if said is None:
        raise Conflict(READ_AGAIN)
    stop_waiting(now_open.id, standing.mine)
    if not now_open.is_light:
        tell_waiting(standing, now_open.id, standing.mine.other, RoundState.ACCEPTED)


def _close(standing: Standing, now_open: Round, draft: Draft) -> bool:
    """Make the agreement once both have accepted the same draft; one of two presses does it."""
    closed = db.session.execute(
        update(Round)
        .where(
            Round.id == now_open.id,
            Round.state == RoundState.LOOKING,
            Round.owner_accepted_at.is_not(None),
            Round.worker_accepted_at.is_not(None),
        )
        .values(state=RoundState.ACCEPTED, closed_at=standing.viewer.now)
        .returning(Round.id)
    ).first()
    if closed is None:
        return False
    stop_waiting(now_open.id)
    _end_old(standing)
    made = _agreement(standing, now_open, draft)
    body = AgreementBody(draft.agreed, draft.kept, draft.tried, draft.trying)
    standing.viewer.box.seal(made, body, standing.key, now=standing.viewer.now)
    try:
        with db.session.begin_nested():
            db.session.add(made)
    except IntegrityError as problem:
        raise Conflict(MOVED_ON) from problem
    hooks.agreed(standing.dyad.worker_id, standing.viewer.now)
    return True


def _end_old(standing: Standing) -> None:
    db.session.execute(
        update(Agreement)
        .where(Agreement.dyad_id == standing.dyad.id, Agreement.ended_at.is_(None))
        .values(ended_at=standing.viewer.now)
    )


def _agreement(standing: Standing, now_open: Round, draft: Draft) -> Agreement:
    viewer, agreed = standing.viewer, draft.agreed
    today = local_day(viewer.now, viewer.zone)
    review_on = first_review_on(today, agreed.review_weeks, is_trial=draft.is_trial)
    return Agreement(
        id=new_id(),
        owner_id=standing.dyad.owner_id,
        dyad_id=standing.dyad.id,
        round_id=now_open.id,
        version=standing.agreement.version + 1 if standing.agreement else 1,
        accepted_at=viewer.now,
        is_light=now_open.is_light,
        windows=tuple(sorted(agreed.windows)),
        answer_within=agreed.answer_within,
        depth=agreed.depth,
        who_starts=agreed.who_starts,
        hello_every_weeks=_hello(agreed, agreed.hello_every_weeks),
        hello_weekday=_hello(agreed, agreed.hello_weekday),
        try_until=review_on if draft.is_trial else None,
        review_on=review_on,
    )


def _hello(agreed: Answers, value: int) -> int | None:
    return None if agreed.who_starts is Starter.OWNER else value


def _column(side: Side) -> str:
    return "owner_accepted_at" if side is Side.OWNER else "worker_accepted_at"

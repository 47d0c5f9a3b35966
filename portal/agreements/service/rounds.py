"""Rounds begin, and can be set aside; the old terms stand in the meantime."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, func, select, true, update
from sqlalchemy.exc import IntegrityError

from portal.agreements.models import Round, RoundAnswers
from portal.agreements.service.lapsing import set_aside_by, taken_back
from portal.agreements.service.standing import MOVED_ON, Standing, standing_of
from portal.agreements.service.telling import stop_waiting, tell_changed, tell_waiting
from portal.agreements.service.turns import has_said
from portal.agreements.shapes import RoundState
from portal.core.db import db
from portal.core.errors import Conflict
from portal.core.row_ids import new_id
from portal.dyads.hooks import Pair
from portal.vault.viewer import Viewer


def start_round(viewer: Viewer, dyad_id: UUID) -> None:
    """Begin a round in which both answer; either may, at any time.

    Joins the round that is open already. A light one becomes a full one: then both answer.
    """
    standing = standing_of(viewer, dyad_id)
    if standing.round is None:
        open_round(standing, is_light=False)
    elif standing.round.is_light:
        _answer_instead(standing, standing.round)


def set_aside_round(viewer: Viewer, dyad_id: UUID, round_id: UUID | None = None) -> bool:
    """Let the open round be; what stood before it stands. True when something did.

    The other one reads who did it, and is told when they had done something in it. With
    ``round_id`` it is that round or none: Conflict when another is open by now.
    """
    standing = standing_of(viewer, dyad_id)
    is_meant = Round.id == round_id if round_id else true()
    closed = db.session.execute(
        update(Round)
        .where(Round.dyad_id == dyad_id, Round.closed_at.is_(None), is_meant)
        .values(
            state=RoundState.SET_ASIDE,
            closed_at=viewer.now,
            moved_at=viewer.now,
            **set_aside_by(standing),
        )
        .returning(Round)
        .execution_options(populate_existing=True)
    ).scalar()
    if closed is None:
        raise Conflict(MOVED_ON)
    stop_waiting(closed.id)
    if has_said(standing.mine.other, closed):  # as it is now: they may just have said yes
        tell_changed(standing, closed.id, standing.mine.other)
    return standing.agreement is not None


def pair_ended(pair: Pair, now: datetime) -> None:
    """A pair has ended: its open round ends with it, and nobody is told of it any more."""
    closed = db.session.scalar(
        update(Round)
        .where(Round.dyad_id == pair.dyad_id, Round.closed_at.is_(None))
        .values(state=RoundState.SET_ASIDE, closed_at=now, moved_at=now)
        .returning(Round.id)
    )
    if closed is not None:
        stop_waiting(closed)


def open_round(standing: Standing, *, is_light: bool) -> Round:
    """Make the next round and tell the other one; Conflict when somebody just did."""
    viewer, dyad_id = standing.viewer, standing.dyad.id
    standing.require_open()  # before anything is made
    last = select(func.coalesce(func.max(Round.number), 0)).where(Round.dyad_id == dyad_id)
    made = Round(
        id=new_id(),
        dyad_id=dyad_id,
        number=(db.session.scalar(last) or 0) + 1,
        state=RoundState.LOOKING if is_light else RoundState.ANSWERING,
        is_light=is_light,
        started_by=viewer.person_id,
        started_at=viewer.now,
        moved_at=viewer.now,
        revision=0,
    )
    try:
        with db.session.begin_nested():
            db.session.add(made)
    except IntegrityError as problem:
        raise Conflict(MOVED_ON) from problem
    tell_waiting(standing, made.id, standing.mine.other)
    return made


def lighten(standing: Standing) -> Round:
    """A round in which nobody has handed answers in becomes a light one, begun by the viewer.

    What the other one has written so far stays theirs, for when they answer after all. The other
    one is told; Conflict when somebody handed in just now.
    """
    standing.require_open()
    light = standing.open_round(RoundState.ANSWERING)
    changed = db.session.execute(
        update(Round)
        .where(
            Round.id == light.id,
            Round.state == RoundState.ANSWERING,
            Round.owner_done_at.is_(None),
            Round.worker_done_at.is_(None),
        )
        .values(
            is_light=True,
            state=RoundState.LOOKING,
            started_by=standing.viewer.person_id,
            moved_at=standing.viewer.now,
        )
        .returning(Round.id)
    ).first()
    if changed is None:
        raise Conflict(MOVED_ON)
    tell_waiting(standing, light.id, standing.mine.other, RoundState.LOOKING)
    return light


def _answer_instead(standing: Standing, light: Round) -> None:
    """A light round becomes a full one; the ready-made answers in it were nobody's own words."""
    standing.require_open()
    changed = db.session.execute(
        update(Round)
        .where(Round.id == light.id, Round.is_light, Round.state == RoundState.LOOKING)
        .values(
            is_light=False,
            state=RoundState.ANSWERING,
            revision=Round.revision + 1,
            moved_at=standing.viewer.now,
            owner_done_at=None,
            worker_done_at=None,
            **taken_back(standing),
        )
        .returning(Round.id)
    ).first()
    if changed is None:
        raise Conflict(MOVED_ON)
    db.session.execute(
        delete(RoundAnswers).where(RoundAnswers.round_id == light.id, RoundAnswers.is_handed_in)
    )
    stop_waiting(light.id)
    tell_changed(standing, light.id, standing.mine.other)

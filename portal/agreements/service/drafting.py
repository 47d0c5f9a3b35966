"""Looking together: settle each point, try one side's answers, or keep a point for the meeting.

Whoever settles something takes both acceptances back, so nobody accepts what they have not read.
"""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from msgspec.structs import replace
from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from portal.agreements import hooks
from portal.agreements.models import Round, RoundAnswers, SettledPoint
from portal.agreements.rules import Draft, Point, changed_by, draft_of, may_be_tried, settled, tried
from portal.agreements.service.answering import handed_in
from portal.agreements.service.lapsing import taken_back, tell_if_lapsed
from portal.agreements.service.standing import MOVED_ON, Standing, standing_of
from portal.agreements.shapes import (
    Answers,
    How,
    Question,
    RoundState,
    SettledBody,
    Side,
)
from portal.agreements.wording import question_label
from portal.core.db import db
from portal.core.errors import Conflict
from portal.core.languages import _
from portal.core.row_ids import new_id
from portal.vault.viewer import Viewer

SETTLED_MEANWHILE = _("This one was settled a moment ago. Please look at how it stands now.")


def settle(
    viewer: Viewer,
    dyad_id: UUID,
    question: Question,
    how: How,
    *,
    number: int,
    third: Mapping[str, Any] | None = None,
) -> None:
    """Settle one point: OWNERS, WORKERS, THIRD (with values) or KEPT.

    ``number`` is the point's number on the page that was read; Conflict when it has moved since.
    """
    standing = standing_of(viewer, dyad_id)
    now_open = standing.open_round(RoundState.LOOKING)
    draft = draft_in(standing, now_open)
    point = next(each for each in draft.points if each.question is question)
    if point.number != number:
        raise Conflict(SETTLED_MEANWHILE)
    own = point.owner if standing.mine is Side.OWNER else point.worker
    values = replace(own, **(third or {}))
    body = settled(point, how, standing.mine, values, standing.present())
    yeses, was = _touch(standing, now_open)
    _write(standing, now_open, point, changed_by(body, draft, yeses, was))


def try_side(viewer: Viewer, dyad_id: UUID, side: Side) -> None:
    """Take one side's answers wherever the two differ and have settled nothing, for four weeks.

    The worker's hours and the owner's data stay as each of them decided.
    """
    _settle_open(viewer, dyad_id, side)


def keep_for_meeting(viewer: Viewer, dyad_id: UUID) -> None:
    """Keep all points that are still open for the meeting; until then the present terms stand."""
    _settle_open(viewer, dyad_id, None)


def draft_in(standing: Standing, now_open: Round) -> Draft:
    """The draft of a round in which both are done (one query)."""
    stand_in = standing.present()
    owner, worker = both_answers(standing, standing.sheets, is_light=now_open.is_light)
    return draft_of(owner, worker, _settled_in(standing, now_open), stand_in)


def _settle_open(viewer: Viewer, dyad_id: UUID, side: Side | None) -> None:
    standing = standing_of(viewer, dyad_id)
    now_open = standing.open_round(RoundState.LOOKING)
    stand_in = standing.present()
    draft = draft_in(standing, now_open)
    points = [each for each in draft.points if (may_be_tried(each) if side else each.is_open)]
    if not points:
        raise Conflict(MOVED_ON)
    yeses, was = _touch(standing, now_open)
    for point in points:
        if side is None:
            body = settled(point, How.KEPT, standing.mine, stand_in, stand_in)
        else:
            body = tried(point, side, standing.mine)
        _write(standing, now_open, point, changed_by(body, draft, yeses, was))


def _touch(standing: Standing, now_open: Round) -> tuple[tuple[Side, ...], int]:
    """Move the draft's revision and take acceptances back; light rounds have nothing to settle.

    Gives who had said yes, and the revision that was. Whose yes lapses so is told.
    """
    db.session.refresh(now_open, with_for_update=True)
    said = (now_open.owner_accepted_at, now_open.worker_accepted_at)
    yeses, was = tuple(side for side, at in zip(Side, said, strict=True) if at), now_open.revision
    tell_if_lapsed(standing, now_open)
    touched = db.session.execute(
        update(Round)
        .where(Round.id == now_open.id, Round.state == RoundState.LOOKING, ~Round.is_light)
        .values(revision=Round.revision + 1, moved_at=standing.viewer.now, **taken_back(standing))
        .returning(Round.id)
    ).first()
    if touched is None:
        raise Conflict(MOVED_ON)
    return yeses, was


def _write(standing: Standing, now_open: Round, point: Point, body: SettledBody) -> None:
    if point.number:
        row = _moved_on(now_open, point)
    else:
        row = SettledPoint(
            id=new_id(),
            owner_id=standing.dyad.owner_id,
            dyad_id=standing.dyad.id,
            round_id=now_open.id,
            question=point.question,
            number=1,
        )
    viewer = standing.viewer
    row.author_id = viewer.person_id
    viewer.box.seal(row, body, standing.key, now=viewer.now)
    try:
        with db.session.begin_nested():
            db.session.add(row)
    except IntegrityError as problem:
        raise Conflict(SETTLED_MEANWHILE) from problem
    if body.how is How.KEPT:
        line = question_label(point.question, standing.names)
        hooks.kept(viewer, standing.dyad.id, line, row.id)
    elif point.how is How.KEPT:
        hooks.unkept(viewer, standing.dyad.id, row.id)


def _moved_on(now_open: Round, point: Point) -> SettledPoint:
    """Take the next number of a settled point; whoever is second finds it gone."""
    row_id = db.session.scalar(
        update(SettledPoint)
        .where(
            SettledPoint.round_id == now_open.id,
            SettledPoint.question == point.question,
            SettledPoint.number == point.number,
        )
        .values(number=point.number + 1)
        .returning(SettledPoint.id)
    )
    if row_id is None:
        raise Conflict(SETTLED_MEANWHILE)
    return db.session.get_one(SettledPoint, row_id)


def both_answers(
    standing: Standing, sheets: Iterable[RoundAnswers], *, is_light: bool
) -> tuple[Answers, Answers]:
    """The owner's and the worker's answers; in a light round the ready-made ones twice."""
    handed = (row for row in sheets if row.is_handed_in)
    found = {row.author_id: handed_in(standing.viewer, row) for row in handed}
    either = next(iter(found.values()), None)
    if either is None or (len(found) < len(Side) and not is_light):
        raise Conflict(MOVED_ON)
    owner = found.get(standing.dyad.owner_id, either)
    return owner, found.get(standing.dyad.worker_id, either)


def _settled_in(standing: Standing, now_open: Round) -> dict[Question, tuple[int, SettledBody]]:
    if now_open.is_light:
        return {}
    rows = db.session.scalars(select(SettledPoint).where(SettledPoint.round_id == now_open.id))
    opened = ((row, standing.viewer.box.open(row, SettledBody)) for row in rows)
    return {row.question: (row.number, body) for row, body in opened}

"""Each answers alone. Nobody sees the other's answers before both are done.

While somebody writes, their answers lie under the key of their own drafts. When they are done,
the answers are closed twice: by the server, and around that by the key of the two (see
``docs/decisions/``, answers that wait for both). Neither the partner with a copy of the database
nor the server by itself can open them early.
"""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import and_, select, update

from portal.agreements.models import Round, RoundAnswers
from portal.agreements.service.lapsing import counts_again
from portal.agreements.service.standing import MOVED_ON, Standing, standing_of
from portal.agreements.service.telling import stop_waiting, tell_waiting
from portal.agreements.shapes import (
    Answers,
    AnswersBody,
    AnswersPage,
    HandedInBody,
    Question,
    RoundState,
    Side,
)
from portal.agreements.wording import question_label
from portal.core.db import db
from portal.core.errors import Conflict, NotVisible
from portal.core.row_ids import new_id
from portal.vault.models import Audience, Part
from portal.vault.server_seal import open_for_server, seal_for_server
from portal.vault.viewer import Viewer

_PURPOSE = "agreement answers"


def answers_for(viewer: Viewer, dyad_id: UUID) -> AnswersPage:
    """The eight questions with the viewer's own answers so far, or what they start from."""
    standing = standing_of(viewer, dyad_id)
    if standing.round is None:
        raise NotVisible
    row = standing.my_sheet
    mine, theirs = _done_columns(standing.mine)
    is_done = getattr(standing.round, mine) is not None
    return AnswersPage(
        dyad_id=dyad_id,
        names=standing.names,
        questions=tuple((each, question_label(each, standing.names)) for each in Question),
        answers=_open(standing, row),
        is_done=is_done,
        is_partner_done=getattr(standing.round, theirs) is not None,
        has_agreement=standing.agreement is not None,
        round_number=standing.round.number,
    )


def answer(viewer: Viewer, dyad_id: UUID, values: Mapping[str, Any]) -> None:
    """Keep some of the viewer's answers; only they can open them."""
    standing = standing_of(viewer, dyad_id)
    now_open = standing.open_round(RoundState.ANSWERING)
    _keep(standing, now_open, _sheet(standing, now_open), values)


def finish_answers(viewer: Viewer, dyad_id: UUID, values: Mapping[str, Any] | None = None) -> None:
    """Hand the viewer's answers in. When both are done, both see all of them."""
    standing = standing_of(viewer, dyad_id)
    now_open = standing.open_round(RoundState.ANSWERING)
    mine, _theirs = _done_columns(standing.mine)
    row = _sheet(standing, now_open)
    values_now = {mine: viewer.now, "moved_at": viewer.now, **counts_again(standing.mine)}
    _mark_done(now_open, values_now, mine)
    _hand_in(standing, _keep(standing, now_open, row, {} if values is None else values))
    both = db.session.execute(
        update(Round)
        .where(
            Round.id == now_open.id,
            Round.state == RoundState.ANSWERING,
            Round.owner_done_at.is_not(None),
            Round.worker_done_at.is_not(None),
        )
        .values(state=RoundState.LOOKING, moved_at=viewer.now)
        .returning(Round.id)
    ).first()
    stop_waiting(now_open.id, standing.mine)
    if both is not None:
        tell_waiting(standing, now_open.id, standing.mine.other)


def reopen_answers(viewer: Viewer, dyad_id: UUID) -> None:
    """Take "I am done" back, as long as the other one is not done either."""
    standing = standing_of(viewer, dyad_id)
    now_open = standing.open_round(RoundState.ANSWERING)
    mine, _theirs = _done_columns(standing.mine)
    row = _sheet(standing, now_open)
    reopened = db.session.execute(
        update(Round)
        .where(
            Round.id == now_open.id,
            Round.state == RoundState.ANSWERING,
            getattr(Round, mine).is_not(None),
        )
        .values({mine: None})
        .returning(Round.id)
    ).first()
    if reopened is None or row is None:
        raise Conflict(MOVED_ON)
    _seal_alone(standing, row, handed_in(viewer, row))


def ready_made(standing: Standing, light: Round) -> None:
    """Put the usual answers into a light round, for both to read, as the viewer's own."""
    mine = select(RoundAnswers).where(
        RoundAnswers.round_id == light.id, RoundAnswers.author_id == standing.viewer.person_id
    )
    row = db.session.scalar(mine) or _new_row(standing, light)
    _seal_alone(standing, row, standing.present())
    db.session.add(row)
    _hand_in(standing, row)


def has_own_answers(standing: Standing) -> bool:
    """Whether the viewer has answered something their own way and not handed it in yet."""
    row = standing.my_sheet
    if row is None or row.is_handed_in:
        return False
    return _open(standing, row) != standing.present()


def handed_in(viewer: Viewer, row: RoundAnswers) -> Answers:
    """The answers of a row that was handed in. Callers look only when both are done."""
    return unlocked(row.id, viewer.box.open(row, HandedInBody))


def unlocked(row_id: UUID, body: HandedInBody) -> Answers:
    """The answers in an opened row. For whoever may read them: both once both are done."""
    words = open_for_server(body.locked, purpose=_PURPOSE, row_id=row_id)
    return msgspec.json.decode(words, type=Answers)


def _sheet(standing: Standing, now_open: Round) -> RoundAnswers | None:
    """The viewer's own answers as they are now, for changing them: other tabs wait meanwhile."""
    standing.require_open()
    found = db.session.execute(
        select(Round, RoundAnswers)
        .outerjoin(
            RoundAnswers,
            and_(
                RoundAnswers.round_id == Round.id,
                RoundAnswers.author_id == standing.viewer.person_id,
            ),
        )
        .where(Round.id == now_open.id)
        .execution_options(populate_existing=True)
    ).first()
    if found is None or now_open.state is not RoundState.ANSWERING:
        raise Conflict(MOVED_ON)
    sheet: RoundAnswers | None = found[1]
    return sheet


def _keep(
    standing: Standing, now_open: Round, row: RoundAnswers | None, values: Mapping[str, Any]
) -> RoundAnswers:
    if row is not None and row.is_handed_in:
        raise Conflict(MOVED_ON)
    answers = msgspec.structs.replace(_open(standing, row), **values)
    found = row or _new_row(standing, now_open)
    _seal_alone(standing, found, answers)
    db.session.add(found)
    return found


def _open(standing: Standing, row: RoundAnswers | None) -> Answers:
    if row is None:
        return standing.present()
    if row.is_handed_in:
        return handed_in(standing.viewer, row)
    return standing.viewer.box.open(row, AnswersBody).answers


def _seal_alone(standing: Standing, row: RoundAnswers, answers: Answers) -> None:
    viewer = standing.viewer
    key = viewer.box.own_key(Part.DRAFTS, Audience.ONLY_ME, now=viewer.now)
    row.owner_id, row.is_handed_in = viewer.person_id, False
    viewer.box.seal(row, AnswersBody(answers), key, now=viewer.now)


def _hand_in(standing: Standing, row: RoundAnswers) -> None:
    viewer = standing.viewer
    words = msgspec.json.encode(viewer.box.open(row, AnswersBody).answers).decode()
    locked = seal_for_server(words, purpose=_PURPOSE, row_id=row.id)
    row.owner_id, row.is_handed_in = standing.dyad.owner_id, True
    viewer.box.seal(row, HandedInBody(locked), standing.key, now=viewer.now)
    db.session.flush()


def _new_row(standing: Standing, now_open: Round) -> RoundAnswers:
    return RoundAnswers(id=new_id(), dyad_id=standing.dyad.id, round_id=now_open.id)


def _mark_done(now_open: Round, values: dict[str, Any], mine: str) -> None:
    done = db.session.execute(
        update(Round)
        .where(
            Round.id == now_open.id,
            Round.state == RoundState.ANSWERING,
            getattr(Round, mine).is_(None),
        )
        .values(values)
        .returning(Round.id)
    ).first()
    if done is None:
        raise Conflict(MOVED_ON)


def _done_columns(side: Side) -> tuple[str, str]:
    columns = ("owner_done_at", "worker_done_at")
    return columns if side is Side.OWNER else (columns[1], columns[0])

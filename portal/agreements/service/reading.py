"""The pages of agreements: what stands, what is on the way, every version there was."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from portal.agreements.defaults import what_others_found
from portal.agreements.models import Agreement, Round, RoundAnswers
from portal.agreements.rules import Draft, Point, first_review_on, settled
from portal.agreements.service.answering import has_own_answers
from portal.agreements.service.drafting import both_answers, draft_in
from portal.agreements.service.lapsing import has_lapsed, set_aside_at
from portal.agreements.service.standing import Standing, names_in, standing_of
from portal.agreements.service.terms import is_intact, terms_in
from portal.agreements.service.turns import turn_of
from portal.agreements.shapes import (
    AgreementBody,
    AgreementPage,
    Answers,
    DraftPage,
    Entry,
    How,
    KeptPoint,
    Names,
    PointPage,
    Question,
    ReviewCard,
    RoundCard,
    RoundState,
    Side,
    VersionLine,
    VersionPage,
)
from portal.agreements.wording import (
    entries,
    lines,
    lines_beside,
    question_label,
    standing_label,
)
from portal.core.clock import local_day
from portal.core.db import db
from portal.core.errors import Conflict, NotVisible
from portal.dyads.service import dyad_for
from portal.dyads.shapes import DyadCard
from portal.vault.viewer import Viewer


def agreement_for(viewer: Viewer, dyad_id: UUID) -> AgreementPage:
    """What stands in a dyad, what is on the way and what may be pressed."""
    standing = standing_of(viewer, dyad_id)
    body, names = standing.body(), standing.names
    return AgreementPage(
        dyad_id=dyad_id,
        names=names,
        partner=names.partner,
        is_live=standing.dyad.is_live,
        is_code_confirmed=standing.dyad.i_confirmed_code_at is not None,
        terms=terms_in(standing.agreement) if standing.agreement else None,
        entries=_entries_of(standing.agreement, body, names),
        round=round_card(standing),
        review=_review_card(standing),
        usual=_usual(standing),
        has_own_answers=has_own_answers(standing),
        lapsed=_lapsed_here(standing),
        set_aside_at=_set_aside_at(standing),
        kept=_kept_in(standing, body),
        tried_name=_name(names, body.tried if body else None),
        is_intact=is_intact(standing.agreement, body),
    )


def draft_for(viewer: Viewer, dyad_id: UUID) -> DraftPage:
    """Where the two stand, side by side, once both are done; Conflict before that."""
    standing = standing_of(viewer, dyad_id)
    now_open = standing.open_round(RoundState.LOOKING)
    draft, body, names = draft_in(standing, now_open), standing.body(), standing.names
    card = round_card(standing)
    if card is None:
        raise NotVisible
    present = standing.present()
    accepted = (now_open.owner_accepted_at is not None, now_open.worker_accepted_at is not None)
    today = local_day(viewer.now, viewer.zone)
    shown = _with_kept(entries(draft.agreed, names, body.agreed if body else None), draft.kept)
    return DraftPage(
        dyad_id=dyad_id,
        names=names,
        round=card,
        points=tuple(_point_page(point, names, present) for point in draft.points),
        entries=_with_tried(shown, draft.trying, _name(names, draft.tried)),
        has_agreement=body is not None,
        i_accepted=accepted[standing.mine is Side.WORKER],
        they_accepted=accepted[standing.mine is Side.OWNER],
        is_trial=draft.is_trial,
        review_on=first_review_on(today, draft.agreed.review_weeks, is_trial=draft.is_trial),
        lapsed=_lapsed(standing, now_open, draft),
    )


def versions_of(viewer: Viewer, dyad_id: UUID) -> list[VersionLine]:
    """Every version that both accepted, newest first."""
    dyad = dyad_for(viewer, dyad_id)
    rows = db.session.scalars(
        select(Agreement).where(Agreement.dyad_id == dyad_id).order_by(Agreement.version.desc())
    )
    return [_version_line(row, dyad) for row in rows]


def version_for(
    viewer: Viewer, dyad_id: UUID, version: int | None = None, *, dyad: DyadCard | None = None
) -> VersionPage:
    """One version in full (the newest without a number), and what it changed.

    One query, and the two of ``dyad_for`` unless the pair is given.
    """
    dyad = dyad or dyad_for(viewer, dyad_id)
    wanted = select(Agreement).where(Agreement.dyad_id == dyad_id)
    if version is not None:
        wanted = wanted.where(Agreement.version <= version)
    rows = db.session.scalars(wanted.order_by(Agreement.version.desc()).limit(2)).all()
    if not rows or (version is not None and rows[0].version != version):
        raise NotVisible
    bodies = [viewer.box.open(row, AgreementBody) for row in rows]
    names = names_in(dyad)
    before = bodies[1].agreed if len(bodies) > 1 else None
    shown = _with_kept(entries(bodies[0].agreed, names, before), bodies[0].kept)
    tried_name = _name(names, bodies[0].tried)
    return VersionPage(
        dyad_id=dyad_id,
        names=names,
        line=_version_line(rows[0], dyad),
        terms=terms_in(rows[0]),
        entries=_with_tried(shown, bodies[0].trying if rows[0].try_until else (), tried_name),
        tried_name=tried_name,
        is_live=dyad.is_live,
        record=bodies[0].agreed.record,
    )


def round_card(standing: Standing) -> RoundCard | None:
    """The open round, as the agreement's page shows it."""
    now_open: Round | None = standing.round
    if now_open is None:
        return None
    return RoundCard(
        id=now_open.id,
        number=now_open.number,
        state=now_open.state,
        is_light=now_open.is_light,
        turn=turn_of(standing.mine, standing.agreement, now_open),
        revision=now_open.revision,
        started_by_me=now_open.started_by == standing.viewer.person_id,
        started_at=now_open.started_at,
        has_lapsed=has_lapsed(standing.mine, now_open),
    )


def _lapsed_here(standing: Standing) -> tuple[str, ...]:
    """The same for a page that has no draft; one query while the two look at one."""
    now_open = standing.round
    if now_open is None or now_open.state is not RoundState.LOOKING or now_open.revision == 0:
        return ()
    return _lapsed(standing, now_open, draft_in(standing, now_open))


def _set_aside_at(standing: Standing) -> datetime | None:
    """When the other one set the last round aside, for four weeks; a query while none is open.

    Not where the pair has ended.
    """
    if standing.round is not None or not standing.dyad.is_live:
        return None
    last = db.session.scalar(
        select(Round)
        .where(Round.dyad_id == standing.dyad.id)
        .order_by(Round.number.desc())
        .limit(1)
    )
    return set_aside_at(standing.mine, last, standing.viewer.now)


def _lapsed(standing: Standing, now_open: Round, draft: Draft) -> tuple[str, ...]:
    """What changed since the viewer said yes, in the questions' words; empty while a yes counts."""
    said = (now_open.owner_accepted_at, now_open.worker_accepted_at)
    if said[standing.mine is Side.WORKER] is not None:
        return ()
    changed = draft.changed_since_yes(standing.mine)
    return tuple(question_label(question, standing.names) for question in changed)


def _usual(standing: Standing) -> tuple[Entry, ...]:
    """The ready-made agreement, where it can be accepted as it is."""
    now_open = standing.round
    if now_open is not None and now_open.is_light:
        return entries(draft_in(standing, now_open).agreed, standing.names)
    if standing.may_take_ready_made:
        return entries(standing.present(), standing.names)
    return ()


def _review_card(standing: Standing) -> ReviewCard | None:
    agreement = standing.agreement
    if agreement is None or agreement.review_why is None or agreement.review_asked_at is None:
        return None
    replies = (agreement.owner_reply, agreement.worker_reply)
    mine, theirs = replies if standing.mine is Side.OWNER else replies[::-1]
    return ReviewCard(agreement.review_why, agreement.review_asked_at, mine, theirs)


def _entries_of(
    agreement: Agreement | None, body: AgreementBody | None, names: Names
) -> tuple[Entry, ...]:
    if agreement is None or body is None:
        return ()
    shown = _with_kept(entries(body.agreed, names), body.kept)
    trying = body.trying if agreement.try_until else ()
    return _with_tried(shown, trying, _name(names, body.tried))


def _with_kept(shown: Sequence[Entry], kept: Sequence[Question]) -> tuple[Entry, ...]:
    return tuple(replace(entry, is_kept=entry.question in kept) for entry in shown)


def _with_tried(shown: Sequence[Entry], trying: Sequence[Question], name: str) -> tuple[Entry, ...]:
    return tuple(
        replace(entry, tried_name=name) if entry.question in trying else entry for entry in shown
    )


def _name(names: Names, side: Side | None) -> str:
    return names.of(side) if side else ""


def _kept_in(standing: Standing, body: AgreementBody | None) -> tuple[KeptPoint, ...]:
    """What the agreement that stands keeps for the meeting, with what each had answered.

    One query where something is kept.
    """
    if body is None or not body.kept or standing.agreement is None:
        return ()
    sheets = db.session.scalars(
        select(RoundAnswers).where(RoundAnswers.round_id == standing.agreement.round_id)
    ).all()
    try:
        owner, worker = both_answers(standing, sheets, is_light=standing.agreement.is_light)
    except Conflict:  # an answer is not there any more; the agreement itself is read all the same
        return ()
    names = standing.names
    return tuple(
        KeptPoint(
            question,
            question_label(question, names),
            lines(question, owner, names),
            lines_beside(question, owner, worker, names),
        )
        for question in body.kept
    )


def _point_page(point: Point, names: Names, present: Answers) -> PointPage:
    question = point.question
    kept = settled(point, How.KEPT, names.mine, present, present)
    return PointPage(
        question=question,
        label=question_label(question, names),
        nearness=point.nearness,
        how=point.how,
        owner_lines=lines(question, point.owner, names),
        worker_lines=lines_beside(question, point.owner, point.worker, names),
        value_lines=lines(question, point.value, names),
        stand_in_lines=lines(question, kept.value, names),
        wish_lines=lines(question, point.wish, names) if point.wish else (),
        wish_is_mine=point.wish_by is names.mine,
        others=what_others_found(question),
        standing=standing_label(point.how, names, decider=point.decider, tried=point.tried),
        decider=names.of(point.decider) if point.decider else "",
        i_decide=point.decider is names.mine,
        number=point.number,
        is_open=point.is_open,
        value=point.value,
        my_answer=point.owner if names.mine is Side.OWNER else point.worker,
    )


def _version_line(row: Agreement, dyad: DyadCard) -> VersionLine:
    ended_at = row.ended_at or dyad.ended_at
    return VersionLine(row.version, row.accepted_at, ended_at, row.is_light, row.try_until)

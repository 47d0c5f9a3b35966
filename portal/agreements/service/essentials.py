"""What other pages show of an agreement: its essentials, and whose turn it is."""

from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, bindparam, func, select
from sqlalchemy.orm import aliased

from portal.agreements.models import Agreement, Round
from portal.agreements.service.lapsing import has_lapsed, set_aside_at
from portal.agreements.service.standing import names_in
from portal.agreements.service.terms import COLUMNS, NO_AGREEMENT, STANDS, terms_in
from portal.agreements.service.turns import turn_of, waits_since
from portal.agreements.shapes import (
    AgreementBody,
    AgreementTurn,
    Essentials,
    NoAgreement,
    RoundState,
    Side,
    Terms,
)
from portal.agreements.wording import essential_sentences
from portal.core.dates import Local
from portal.core.db import db
from portal.core.languages import _, speaking
from portal.core.rows import first
from portal.dyads.models import IS_LIVE, Dyad
from portal.dyads.service import dyad_for, is_member
from portal.dyads.shapes import DyadCard
from portal.vault.viewer import Viewer


def agreement_card(viewer: Viewer, dyad_id: UUID) -> Essentials:
    """The essentials of a dyad's agreement (three queries); NoAgreement while there is none."""
    return essentials_of(viewer, dyad_for(viewer, dyad_id))


def essentials_of(viewer: Viewer, dyad: DyadCard) -> Essentials:
    """The essentials for a page that has the dyad already (one query)."""
    row = first(_OF_ONE, {"dyad_id": dyad.id})
    if row is None:
        raise NoAgreement(NO_AGREEMENT)
    return essentials_in(viewer, dyad, row)


def essentials_in(viewer: Viewer, dyad: DyadCard, row: Any) -> Essentials:
    """The essentials for a page that has the dyad and its agreement's ``ESSENTIALS`` already."""
    terms = terms_in(row)
    words = viewer.box.open(row, AgreementBody, table=Agreement).agreed
    with speaking(viewer.language):
        sentences = essential_sentences(terms, words.kept_for_talking, names_in(dyad))
    return Essentials(
        dyad_id=dyad.id,
        terms=terms,
        sentences=sentences,
        kept_for_talking=words.kept_for_talking,
        review_sentence=_review_sentence(viewer, terms),
        words=words,
    )


def cards_of(viewer: Viewer) -> dict[UUID, AgreementTurn]:
    """Whose turn it is in each of the viewer's living dyads, by dyad id (one query)."""
    rows = db.session.execute(
        select(Dyad.id, Dyad.owner_id, Agreement, Round)
        .outerjoin(Agreement, and_(Agreement.dyad_id == Dyad.id, Agreement.ended_at.is_(None)))
        .outerjoin(Round, is_told_round(_rounds, Dyad.id))
        .where(is_member(viewer.person_id), IS_LIVE)
        .order_by(Dyad.id)
    )
    return {
        dyad_id: turn_in(viewer, dyad_id, owner_id, agreement, now_open)
        for dyad_id, owner_id, agreement, now_open in rows
    }


def turn_in(
    viewer: Viewer,
    dyad_id: UUID,
    owner_id: UUID,
    agreement: Agreement | None,
    told: Round | None,
) -> AgreementTurn:
    """Whose turn it is in one dyad, for a page that has its agreement and ``is_told_round``.

    Whole rows, or the columns ``ASKED`` and ``ROUND`` of them; None where there is none.
    """
    mine = Side.OWNER if owner_id == viewer.person_id else Side.WORKER
    now_open = told if told is not None and told.closed_at is None else None
    return AgreementTurn(
        dyad_id=dyad_id,
        turn=turn_of(mine, agreement, now_open),
        since=waits_since(agreement, now_open),
        has_agreement=agreement is not None,
        has_lapsed=now_open is not None and has_lapsed(mine, now_open),
        set_aside_at=set_aside_at(mine, told, viewer.now),
    )


def is_told_round(rounds: Any, dyad_id: Any) -> ColumnElement[bool]:
    """Joins a pair to the round that pages tell of: the open one, else the last if set aside."""
    numbers = aliased(Round)
    newest = select(func.max(numbers.number)).where(numbers.dyad_id == dyad_id)
    columns = rounds.c
    return and_(
        columns.dyad_id == dyad_id,
        columns.closed_at.is_(None) | (columns.state == RoundState.SET_ASIDE),
        columns.number == newest.scalar_subquery(),
    )


def _review_sentence(viewer: Viewer, terms: Terms) -> str:
    if terms.review_on is None:
        return ""
    day = Local(viewer.zone, viewer.language, viewer.now).plain_day(terms.review_on)
    return str(_("You two look at it again on %(day)s.", day=day))


_agreements: Any = Agreement.__table__
_rounds: Any = Round.__table__
ESSENTIALS: tuple[Any, ...] = (
    _agreements.c.id,
    _agreements.c.dyad_id,
    _agreements.c.owner_id,
    _agreements.c.data_key_id,
    _agreements.c.author_id,
    _agreements.c.sealed,
    *COLUMNS,
)
"""What ``essentials_in`` needs of an agreement."""

ASKED: tuple[Any, ...] = (
    _agreements.c.review_why,
    _agreements.c.review_asked_at,
    _agreements.c.owner_reply,
    _agreements.c.worker_reply,
)
"""What ``turn_in`` needs of an agreement."""

ROUND: tuple[Any, ...] = (
    _rounds.c.id,
    _rounds.c.state,
    _rounds.c.closed_at,
    _rounds.c.moved_at,
    _rounds.c.owner_done_at,
    _rounds.c.worker_done_at,
    _rounds.c.owner_accepted_at,
    _rounds.c.worker_accepted_at,
    _rounds.c.owner_lapsed_at,
    _rounds.c.worker_lapsed_at,
)
"""What ``turn_in`` needs of a round."""

_OF_ONE = select(*ESSENTIALS).where(
    _agreements.c.dyad_id == bindparam("dyad_id", type_=_agreements.c.dyad_id.type), STANDS
)

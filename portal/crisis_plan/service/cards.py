"""Cards for the wallet: made, kept up to date, ended.

The code stands on paper and, sealed, in the owner's own row; the copy that it opens is sealed anew
whenever one of its sections changes, so that no words lie open and nobody has to make a new card.
"""

from uuid import UUID

import msgspec
from msgspec.structs import replace
from sqlalchemy import select

from portal.accounts.rules.codes import groups_of, new_code
from portal.core.db import db
from portal.core.errors import FieldError
from portal.core.languages import _
from portal.crisis_plan.models import CardOpening, PlanCard
from portal.crisis_plan.rules.order import PLACES
from portal.crisis_plan.service import reading
from portal.crisis_plan.service.reading import Piece
from portal.crisis_plan.shapes import CardBody, CardCopy, CardLine, CardPage, NewCard, Section
from portal.toolbox import service as toolbox
from portal.vault.card_seal import card_index, close_copy
from portal.vault.models import Audience, Part
from portal.vault.viewer import Viewer

MOST = 20
SHOWN = 50


def cards_of(viewer: Viewer) -> list[CardLine]:
    """The viewer's cards, living ones first, newest first; two queries."""
    viewer.box.prefetch((viewer.person_id, Part.CRISIS_PLAN))
    rows = db.session.scalars(
        select(PlanCard)
        .where(PlanCard.owner_id == viewer.person_id)
        .order_by(PlanCard.ended_at.is_not(None), PlanCard.made_at.desc(), PlanCard.id.desc())
        .limit(SHOWN)
    )
    return list(viewer.box.each(rows, lambda row: _line(viewer, row)))


def card_page(viewer: Viewer, card_id: UUID) -> CardPage:
    """One of the viewer's own cards; or NotVisible."""
    row, body = _own(viewer, card_id)
    chosen = _chosen(body, reading.pieces_of(viewer, viewer.person_id))
    hours = db.session.scalars(
        select(CardOpening.hour_at)
        .where(CardOpening.card_id == row.id)
        .order_by(CardOpening.hour_at.desc(), CardOpening.id)
        .limit(SHOWN)
    ).all()
    return CardPage(
        id=row.id,
        label=body.label,
        name=body.name,
        headings=tuple(each.heading for each in chosen),
        groups=tuple(groups_of(body.code)) if body.code else (),
        first=reading.first_help_in(chosen),
        openings=tuple(hours),
        made_at=row.made_at,
        ended_at=row.ended_at,
    )


def sections_to_choose(viewer: Viewer) -> list[Section]:
    """The viewer's own sections that a card could open, in order."""
    sections = reading.sections_in(reading.pieces_of(viewer, viewer.person_id))
    return [each for each in sections if not each.body.is_away]


def make_card(viewer: Viewer, wish: NewCard, *, once: str | None) -> UUID:
    """Make a card that opens exactly these sections. The same press twice makes one card."""
    living = [card for card in cards_of(viewer) if card.ended_at is None]
    card_id = toolbox.id_of_press(viewer, once)
    if len(living) >= MOST and card_id not in {card.id for card in living}:
        raise FieldError("label", _("There are 20 cards. End one to make room."))
    body = CardBody(wish.label, wish.name, wish.sections, new_code())
    row = PlanCard(id=card_id, owner_id=viewer.person_id)
    row.look_up = card_index(body.code)
    _renew(row, body, reading.pieces_of(viewer, viewer.person_id))
    toolbox.add_once(viewer, row, body, Audience.ONLY_ME)
    return card_id


def end_card(viewer: Viewer, card_id: UUID) -> None:
    """End a card at once: its code opens nothing any more, and what it opened is wiped."""
    row, body = _own(viewer, card_id)
    if row.ended_at is None:
        row.look_up, row.copy, row.ended_at = None, None, viewer.now
        toolbox.keep_row(viewer, row, replace(body, code=b""), Audience.ONLY_ME)


def renew_cards(viewer: Viewer) -> None:
    """The plan has changed: seal what the viewer's living cards open anew."""
    rows = db.session.scalars(
        select(PlanCard).where(PlanCard.owner_id == viewer.person_id, PlanCard.ended_at.is_(None))
    ).all()
    if rows:
        pieces = reading.pieces_of(viewer, viewer.person_id)
        for row in rows:
            _renew(row, viewer.box.open(row, CardBody), pieces)
        toolbox.flush()


def notice_key(card_id: UUID) -> str:
    """What the notice of an opened card is called; it says nothing to anybody else."""
    return f"card:{card_id.hex}"


def _renew(row: PlanCard, body: CardBody, pieces: list[Piece]) -> None:
    bodies = tuple(section.body for section in _chosen(body, pieces))
    copy = msgspec.msgpack.encode(CardCopy(body.name, bodies))
    row.copy = close_copy(body.code, copy, row_id=row.id)


def _chosen(body: CardBody, pieces: list[Piece]) -> list[Section]:
    """The sections that a card opens and that are still there, in the plan's order."""
    sections = reading.sections_in(pieces)
    found = [each for each in sections if each.id in body.sections and not each.body.is_away]
    return sorted(found, key=lambda each: PLACES[each.body.kind])


def _own(viewer: Viewer, card_id: UUID) -> tuple[PlanCard, CardBody]:
    viewer.box.prefetch((viewer.person_id, Part.CRISIS_PLAN))
    row, body, _audience = toolbox.own_row(viewer, PlanCard, card_id, CardBody)
    return row, body


def _line(viewer: Viewer, row: PlanCard) -> CardLine:
    body = viewer.box.open(row, CardBody)
    return CardLine(row.id, body.label, row.made_at, row.ended_at)

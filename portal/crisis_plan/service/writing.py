"""Writing the plan: a section's words, putting it away, deleting it, who goes along."""

from collections.abc import Sequence
from uuid import UUID

from msgspec.structs import replace

from portal.core.db import db
from portal.core.errors import FieldError, NotVisible
from portal.core.languages import _
from portal.crisis_plan.models import PlanFormer, PlanRow
from portal.crisis_plan.rules.order import ENTRIES_MAX, ORDER, is_section, same_words, says_nothing
from portal.crisis_plan.service import making, reading
from portal.crisis_plan.service.cards import renew_cards
from portal.crisis_plan.service.reading import Piece
from portal.crisis_plan.shapes import Kind, Manner, PlanBody, Written
from portal.toolbox import service as toolbox
from portal.vault.models import Audience, Part
from portal.vault.viewer import Viewer

_FIELD = {Manner.WORDS: "text", Manner.LINES: "text"}


def words_of(viewer: Viewer, kind: Kind) -> tuple[PlanBody, Sequence[str]]:
    """What a section of the viewer's own says, and who sees it; empty while it is not written.

    For the people one calls first, the viewer's box opens their network map too.
    """
    beside = (Part.NETWORK_MAP,) if kind is Kind.PEOPLE else ()
    people = toolbox.people_around(viewer, Part.CRISIS_PLAN, *beside)
    found = _find(reading.pieces_of(viewer, viewer.person_id), kind)
    if found is None:
        return PlanBody(kind), ()
    return found.body, people.who_sees if toolbox.is_shared(found.audience) else ()


def write_section(viewer: Viewer, body: PlanBody, *, once: str | None) -> Written:
    """Write a section or say it anew; former words stay the owner's own, with their date.

    The first section brings a day on which to look at the plan again. One that was put away comes
    back when it is written, as the viewer's alone. Gives what became of it.
    """
    _refuse_too_little_or_much(body)
    pieces = reading.pieces_of(viewer, viewer.person_id)
    found = _find(pieces, body.kind)
    if found is None:
        row = PlanRow(id=toolbox.id_of_press(viewer, once), owner_id=viewer.person_id)
        if toolbox.add_once(viewer, row, body, Audience.ONLY_ME):
            making.begin(viewer, pieces)
        return Written.NEW
    is_same = same_words(found.body, body)
    if not is_same:
        toolbox.keep_row(viewer, found.row, body, found.audience)
        _keep_former(viewer, found)
        renew_cards(viewer)
    elif found.body.is_away:
        put_away(viewer, body.kind, is_away=False)
    if found.body.is_away:
        return Written.BACK
    return Written.SAME if is_same else Written.CHANGED


def put_away(viewer: Viewer, kind: Kind, *, is_away: bool) -> None:
    """Put a section away, or bring it back; either way it is the viewer's alone.

    What was said about it goes with it, and a card opens it only while it is here.
    """
    row, body, _audience = own_piece(viewer, kind)
    if body.is_away != is_away:
        toolbox.keep_row(viewer, row, replace(body, is_away=is_away), Audience.ONLY_ME)
        move_piece(viewer, row.id, Audience.ONLY_ME)
        renew_cards(viewer)


def delete_section(viewer: Viewer, kind: Kind) -> None:
    """Delete a section that was put away, with what it said before and what was said about it."""
    pieces = reading.pieces_of(viewer, viewer.person_id)
    found = _find(pieces, kind)
    if found is None:
        raise NotVisible
    toolbox.refuse_unless_away(is_away=found.body.is_away)
    for row, body, _audience in pieces:
        if body.answer is not None and body.answer.about == found.row.id:
            db.session.delete(row)
    db.session.delete(found.row)
    toolbox.flush()
    if not any(is_section(each.body.kind) for each in pieces if each is not found):
        making.end(viewer, pieces)
    renew_cards(viewer)


def move_piece(viewer: Viewer, row_id: UUID, audience: Audience) -> None:
    """Let a section go along when the plan is shared, or keep it back; its answers go with it."""
    pieces = reading.pieces_of(viewer, viewer.person_id)
    moving = [
        row
        for row, body, _audience in pieces
        if row.id == row_id or (body.answer is not None and body.answer.about == row_id)
    ]
    if not any(row.id == row_id for row in moving):
        raise NotVisible
    toolbox.move_rows(viewer, moving, audience)


def own_piece(viewer: Viewer, kind: Kind) -> Piece:
    """A piece of the viewer's own plan; or NotVisible."""
    found = _find(reading.pieces_of(viewer, viewer.person_id), kind)
    if found is None:
        raise NotVisible
    return found


def _refuse_too_little_or_much(body: PlanBody) -> None:
    if says_nothing(body):
        field = _FIELD.get(ORDER[body.kind][1], "entries")
        raise FieldError(field, _("Write a word or two, or leave the section for another day."))
    if len(body.entries) > ENTRIES_MAX:
        sentence = _("There is room for %(most)s here. Please leave some out.", most=ENTRIES_MAX)
        raise FieldError("entries", sentence)


def _find(pieces: list[Piece], kind: Kind) -> Piece | None:
    return next((piece for piece in pieces if piece.body.kind is kind), None)


def _keep_former(viewer: Viewer, found: Piece) -> None:
    row = PlanFormer(
        id=toolbox.id_of_press(viewer, None), owner_id=viewer.person_id, section_id=found.row.id
    )
    toolbox.keep_row(viewer, row, replace(found.body, until=viewer.now), Audience.ONLY_ME)

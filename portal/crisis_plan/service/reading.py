"""The plan as its rows say it: one query for all of it, opened once."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple
from uuid import UUID

from portal.crisis_plan.models import PlanRow
from portal.crisis_plan.rules.order import ORDER, PLACES, is_section
from portal.crisis_plan.rules.phones import dialled
from portal.crisis_plan.shapes import (
    Call,
    FirstHelp,
    Kind,
    MadeCard,
    Manner,
    Offer,
    PlanBody,
    Said,
    Section,
    StagePart,
)
from portal.crisis_plan.words import POINTS, SECTIONS, STAGES
from portal.toolbox import service as toolbox
from portal.vault.models import Audience, Part
from portal.vault.viewer import Viewer

MOST = 500


class Piece(NamedTuple):
    """A row of the plan with its opened body."""

    row: PlanRow
    body: PlanBody
    audience: Audience


def pieces_of(viewer: Viewer, owner_id: UUID) -> list[Piece]:
    """Everything of an owner's plan that the viewer may see, in the order it was made."""
    viewer.box.prefetch((owner_id, Part.CRISIS_PLAN))
    rows = toolbox.rows_of(viewer, PlanRow, owner_id, most=MOST, own_first=True)

    def piece(found: tuple[PlanRow, Audience]) -> Piece:
        row, audience = found
        return Piece(row, viewer.box.open(row, PlanBody), audience)

    return list(viewer.box.each(rows, piece))


def sections_in(pieces: Iterable[Piece]) -> list[Section]:
    """The sections among some pieces, put away ones too, in the plan's order."""
    found = [piece for piece in pieces if is_section(piece.body.kind)]
    found.sort(key=lambda piece: PLACES[piece.body.kind])
    return [section_of(piece.row, piece.body, piece.audience) for piece in found]


def section_of(row: PlanRow, body: PlanBody, audience: Audience) -> Section:
    """A section as pages show it."""
    stage, manner = ORDER[body.kind]
    return Section(
        id=row.id,
        body=body,
        heading=body.title or str(SECTIONS[body.kind].heading),
        stage=stage,
        manner=manner,
        is_shared=toolbox.is_shared(audience),
        changed_at=row.changed_at,
        calls=calls_in(body) if manner is Manner.CALLS else (),
        points=_points(body, manner),
    )


def calls_in(body: PlanBody) -> tuple[Call, ...]:
    """The people of a section, each with the number that a telephone can dial."""
    return tuple(
        Call(each.name or each.phone, each.phone, each.more, dialled(each.phone))
        for each in body.entries
    )


def stages_of(sections: Iterable[Section], *, offering: bool = False) -> tuple[StagePart, ...]:
    """The stages with their sections, without those put away; when offering, also what is not
    written yet.
    """
    written = list(sections)
    kinds = {section.body.kind for section in written}
    parts = []
    for stage, name in STAGES.items():
        here = tuple(each for each in written if each.stage is stage and not each.body.is_away)
        open_kinds = [kind for kind, (at, _) in ORDER.items() if at is stage and kind not in kinds]
        offers = tuple(_offer(kind) for kind in open_kinds) if offering else ()
        if here or offers:
            parts.append(StagePart(stage, str(name), here, offers))
    return tuple(parts)


def made_in(pieces: Iterable[Piece]) -> MadeCard | None:
    """How the plan was made, if that is there to see."""
    for row, body, audience in pieces:
        if body.kind is Kind.MADE and body.made is not None:
            shared = toolbox.is_shared(audience)
            return MadeCard(row.id, body.made, shared, row.changed_at)
    return None


def said_in(pieces: Sequence[Piece], *, about: Iterable[Section]) -> tuple[Said, ...]:
    """What workers said about all of the plan and about these sections, newest first."""
    headings = {section.id: section.heading for section in about}
    found = []
    for row, body, _audience in reversed(pieces):
        answer = body.answer
        if answer is None or (answer.about is not None and answer.about not in headings):
            continue
        heading = headings[answer.about] if answer.about else ""
        found.append(Said(row.id, answer.name, answer.agrees, heading, body.text, row.made_at))
    return tuple(found)


def first_help_in(sections: Iterable[Section]) -> FirstHelp:
    """What comes first in a bad hour: one's own steps, then one's people, then helpers."""
    here = {section.body.kind: section for section in sections if not section.body.is_away}
    steps = here[Kind.STEPS].body.lines if Kind.STEPS in here else ()
    calls = [
        call
        for kind in (Kind.PEOPLE, Kind.HELPERS)
        if kind in here
        for call in here[kind].calls
        if call.dial
    ]
    return FirstHelp(steps, tuple(calls))


def _points(body: PlanBody, manner: Manner) -> tuple[tuple[str, str], ...]:
    """Term and words of a section that is written with reasons or by points."""
    if manner is Manner.REASONS:
        return tuple((each.name, each.more) for each in body.entries)
    if manner is Manner.POINTS:
        names = dict(POINTS[body.kind])
        return tuple((str(names[e.name]), e.more) for e in body.entries if e.name in names)
    return ()


def _offer(kind: Kind) -> Offer:
    said = SECTIONS[kind]
    return Offer(kind, str(said.heading), str(said.hint))


__all__ = [
    "Piece",
    "calls_in",
    "first_help_in",
    "made_in",
    "pieces_of",
    "said_in",
    "section_of",
    "sections_in",
    "stages_of",
]

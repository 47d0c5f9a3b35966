"""The plan as its owner's pages show it, as a worker sees it, and on paper."""

from collections.abc import Collection
from dataclasses import replace
from uuid import UUID

from portal.access.service import visible
from portal.core.clock import local_day
from portal.core.db import db
from portal.core.errors import NotVisible
from portal.core.web import Page, page_token, read_token
from portal.crisis_plan.models import PlanFormer
from portal.crisis_plan.service import reading
from portal.crisis_plan.service.looking_back import former_section
from portal.crisis_plan.shapes import (
    FirstHelp,
    Former,
    Kind,
    PlanPage,
    SectionPage,
    ShownPlan,
)
from portal.dyads.shapes import DyadCard
from portal.toolbox.service import people_around, with_kept
from portal.vault.models import Part
from portal.vault.viewer import Viewer
from portal.what_matters.service import well_of

FORMERS = 20


def plan_page(viewer: Viewer) -> PlanPage:
    """The viewer's own plan, with who sees it and what keeps them well; at most five queries."""
    people = people_around(viewer, Part.CRISIS_PLAN, Part.WHAT_MATTERS)
    pieces = reading.pieces_of(viewer, viewer.person_id)
    sections = reading.sections_in(pieces)
    here = [section for section in sections if not section.body.is_away]
    made = reading.made_in(pieces)
    review_on = made.made.review_on if made else None
    return PlanPage(
        stages=reading.stages_of(sections, offering=True),
        away=tuple(section for section in sections if section.body.is_away),
        made=made,
        said=reading.said_in(pieces, about=here),
        first=reading.first_help_in(here),
        well=tuple(well_of(viewer)),
        people=with_kept(viewer, people, made.id) if made else people,
        is_review_here=bool(review_on and review_on <= local_day(viewer.now, viewer.zone)),
    )


def section_page(viewer: Viewer, kind: Kind, *, before: str | None = None) -> SectionPage:
    """One section of the viewer's own, with a page of its former words. Or NotVisible."""
    people = people_around(viewer, Part.CRISIS_PLAN)
    pieces = reading.pieces_of(viewer, viewer.person_id)
    for section in reading.sections_in(pieces):
        if section.body.kind is kind:
            said = reading.said_in(pieces, about=[section])
            about = tuple(each for each in said if each.heading)
            formers = _formers(viewer, section.id, before)
            people = with_kept(viewer, people, section.id)
            return SectionPage(section, formers, about, people)
    raise NotVisible


def first_help(viewer: Viewer) -> FirstHelp:
    """The viewer's own first steps, the people they call, and what keeps them well."""
    if not viewer.is_owner:
        return FirstHelp()
    pieces = reading.pieces_of(viewer, viewer.person_id)
    first = reading.first_help_in(reading.sections_in(pieces))
    return replace(first, well=tuple(well_of(viewer)))


def shown_to(viewer: Viewer, dyad: DyadCard, only: Collection[UUID] | None) -> ShownPlan:
    """What a worker sees: shared sections that are not put away; the owner's preview is the same.

    An answer about a section goes along with its section only.
    """
    pieces = [
        piece
        for piece in reading.pieces_of(viewer, dyad.owner_id)
        if only is None or piece.row.id in only or piece.body.answer is not None
    ]
    sections = [each for each in reading.sections_in(pieces) if not each.body.is_away]
    return ShownPlan(
        owner_name=dyad.owner_name,
        stages=reading.stages_of(sections),
        made=reading.made_in(pieces),
        said=reading.said_in(pieces, about=sections),
        dyad_id=dyad.id if only is None and dyad.may_write else None,
    )


def _formers(viewer: Viewer, section_id: UUID, before: str | None) -> Page[Former]:
    rows = visible(PlanFormer, viewer, viewer.person_id)
    rows = rows.where(PlanFormer.section_id == section_id)
    if (older_than := read_token(before)) is not None:
        rows = rows.where(PlanFormer.id < older_than)
    ordered = rows.order_by(PlanFormer.id.desc()).limit(FORMERS + 1)
    found = list(db.session.scalars(ordered))
    shown = viewer.box.each(found[:FORMERS], lambda row: _former(viewer, row))
    older = page_token(found[FORMERS - 1].id) if len(found) > FORMERS else None
    return Page(list(shown), older=older)


def _former(viewer: Viewer, row: PlanFormer) -> Former:
    section = former_section(viewer, row)
    return Former(row.id, section, section.body.until or row.made_at)

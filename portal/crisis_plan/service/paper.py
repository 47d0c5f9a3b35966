"""The plan on paper."""

from collections.abc import Iterable, Iterator
from uuid import UUID

from portal.core.clock import local_day
from portal.core.dates import Local
from portal.core.errors import NotVisible
from portal.core.languages import _
from portal.core.sheet import Block, Facts, Points, Sheet, Words
from portal.core.sheet import Section as SheetSection
from portal.crisis_plan.service import reading
from portal.crisis_plan.shapes import Made, Manner, Said, Section
from portal.crisis_plan.words import STAGES
from portal.vault.viewer import Viewer
from portal.what_matters.service import well_of


def plan_sheet(viewer: Viewer, section_id: UUID | None) -> Sheet:
    """The viewer's own plan for paper, or one section of it; or NotVisible."""
    pieces = reading.pieces_of(viewer, viewer.person_id)
    all_here = [each for each in reading.sections_in(pieces) if not each.body.is_away]
    sections = all_here
    if section_id is not None:
        sections = [each for each in all_here if each.id == section_id]
        if not sections:
            raise NotVisible
    parts = list(_in_stages(sections))
    well = well_of(viewer)
    if section_id is None and well and parts:
        parts.insert(1, SheetSection(str(_("What keeps me well")), (Points(tuple(well)),)))
    said = [] if section_id else reading.said_in(pieces, about=all_here)
    if said:
        parts.append(SheetSection(str(_("What was said about it")), (_said(viewer, said),)))
    made = reading.made_in(pieces)
    return Sheet(
        title=str(_("My crisis plan")),
        name=viewer.name,
        on=local_day(viewer.now, viewer.zone),
        sections=tuple(parts),
        foot=made_line(made.made) if made and section_id is None else "",
    )


def _in_stages(sections: Iterable[Section]) -> Iterator[SheetSection]:
    """The sections in the order of a bad hour; the first one of each stage says which it is."""
    before = None
    for each in sections:
        note = str(STAGES[each.stage]) if each.stage is not before else ""
        yield SheetSection(each.heading, blocks_of(each), note=note)
        before = each.stage


def blocks_of(section: Section) -> tuple[Block, ...]:
    """What a section says, as it stands on paper."""
    if section.manner is Manner.WORDS:
        return (Words(section.body.text),)
    if section.manner is Manner.LINES:
        return (Points(section.body.lines),)
    if section.manner is Manner.CALLS:
        lines = (" · ".join(filter(None, (c.name, c.number, c.when))) for c in section.calls)
        return (Points(tuple(lines)),)
    rows = [(term or str(_("And")), text) for term, text in section.points if term or text]
    return (Facts(tuple(rows)),)


def _said(viewer: Viewer, said: Iterable[Said]) -> Facts:
    """Who has read the plan and agrees, or sees it otherwise, each with its date."""
    days = Local(viewer.zone, viewer.language, viewer.now)
    agrees, otherwise = _("%(name)s has read it and agrees"), _("%(name)s sees something otherwise")
    rows = []
    for each in said:
        term = str(agrees if each.agrees else otherwise) % {"name": each.name}
        about = (days.whole_day(each.at), each.heading, each.text)
        rows.append((term, " · ".join(filter(None, about))))
    return Facts(tuple(rows))


def made_line(made: Made) -> str:
    """How the plan was made, in a sentence."""
    if made.is_alone:
        return str(_("Made alone."))
    if not made.with_whom:
        return str(_("Made together with somebody."))
    return str(_("Made together with %(names)s.")) % {"names": made.with_whom}

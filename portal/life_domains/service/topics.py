"""Taking the domains that the owner wants to talk about to a meeting, after seeing the copy."""

import hashlib
from uuid import UUID

import msgspec
from msgspec.structs import replace

from portal.core.errors import Conflict, NotVisible
from portal.core.languages import _
from portal.core.sheet import Section, Sheet, Words
from portal.dyads.shapes import DyadCard
from portal.life_domains.service.paper import sheet_of_entries
from portal.life_domains.service.reading import Life, life_of
from portal.life_domains.shapes import TopicsPage
from portal.meetings.shapes import KeptFrom
from portal.toolbox import service as toolbox
from portal.vault.models import Part
from portal.vault.viewer import Viewer


def topics_page(viewer: Viewer, dyad_id: UUID) -> TopicsPage:
    """The copy that the partner of a pair would get: the marked domains, and what stands there."""
    dyad = _pair(viewer, dyad_id)
    sheet = _sheet(viewer, life_of(viewer, viewer.person_id))
    return TopicsPage(dyad, sheet, _mark(sheet))


def take_topics(viewer: Viewer, dyad_id: UUID, *, seen: str) -> None:
    """Put the marked domains on the list for a pair's next meeting, with the copy that was seen.

    Raises Conflict when something changed since.
    """
    page = topics_page(viewer, dyad_id)
    if page.seen != seen:
        raise Conflict(toolbox.LOOK_AGAIN)
    line = ", ".join(section.title for section in page.sheet.sections)
    toolbox.keep_for_meeting(
        viewer, dyad_id, line=line, source=KeptFrom.LIFE_DOMAIN, sheet=page.sheet
    )


def _sheet(viewer: Viewer, life: Life) -> Sheet:
    """The marked domains; one in which nothing is written yet stands there by its name."""
    marked = [each for each in life.shown if each.is_marked]
    if not marked:
        raise NotVisible
    sections: list[Section] = []
    for each in marked:
        written = sheet_of_entries(viewer, [(each, life.newest(each.id))]).sections
        nothing = Words(str(_("Nothing is written here yet.")))
        sections += written or [Section(str(each.name), (nothing,))]
    sheet = sheet_of_entries(viewer, [])
    title = str(_("What I want to talk about"))
    return toolbox.with_opening(viewer, replace(sheet, title=title, sections=tuple(sections)))


def _pair(viewer: Viewer, dyad_id: UUID) -> DyadCard:
    people = toolbox.people_around(viewer, Part.LIFE_DOMAINS, Part.WHAT_MATTERS)
    for dyad in people.to_meet:
        if dyad.id == dyad_id:
            return dyad
    raise NotVisible


def _mark(sheet: Sheet) -> str:
    return hashlib.sha256(msgspec.json.encode(sheet)).hexdigest()

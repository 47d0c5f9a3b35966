"""Taking the domains that the owner wants to talk about to a meeting, after seeing the copy."""

from uuid import UUID

from msgspec.structs import replace

from portal.core.errors import NotVisible
from portal.core.languages import _
from portal.core.sheet import Section, Sheet, Words
from portal.life_domains.service.paper import sheet_of_entries
from portal.life_domains.service.reading import Life, life_of
from portal.meetings.shapes import KeptFrom
from portal.toolbox import service as toolbox
from portal.toolbox.shapes import CopyPreview
from portal.vault.models import Part
from portal.vault.viewer import Viewer


def topics_page(viewer: Viewer, dyad_id: UUID) -> CopyPreview:
    """The copy that the partner of a pair would get: the marked domains, and what stands there."""
    dyad = toolbox.dyad_to_meet(viewer, dyad_id, Part.LIFE_DOMAINS)
    return toolbox.preview_copy(viewer, dyad, _sheet(viewer, life_of(viewer, viewer.person_id)))


def take_topics(viewer: Viewer, dyad_id: UUID, *, seen: str) -> None:
    """Put the marked domains on the list for a pair's next meeting, with the copy that was seen.

    Raises Conflict when something changed since.
    """
    copy = topics_page(viewer, dyad_id)
    line = ", ".join(section.title for section in copy.sheet.sections)
    toolbox.take_copy(viewer, copy, source=KeptFrom.LIFE_DOMAIN, seen=seen, line=line)


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
    return replace(sheet, title=title, sections=tuple(sections))

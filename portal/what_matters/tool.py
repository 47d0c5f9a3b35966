"""What matters, as the common pages of the toolbox need to know it."""

from uuid import UUID

from portal.core.clock import local_day
from portal.core.errors import NotVisible
from portal.core.languages import _
from portal.core.sheet import Points, Section, Sheet, Words
from portal.meetings.shapes import KeptFrom
from portal.toolbox.shapes import ItemCard
from portal.toolbox.tool import Tool
from portal.vault.models import Part
from portal.vault.viewer import Viewer
from portal.what_matters import service
from portal.what_matters.shapes import Matter


def _lines(viewer: Viewer) -> list[Matter]:
    """The viewer's own lines that could be shared: those not put away."""
    lines = service.lines_of(viewer, viewer.person_id)
    return [each for each in lines if not each.body.is_away]


def _items(viewer: Viewer) -> list[ItemCard]:
    return [
        ItemCard(each.id, each.body.text, each.is_shared, each.changed_at)
        for each in _lines(viewer)
    ]


def _line(viewer: Viewer, item_id: UUID) -> str:
    for each in _lines(viewer):
        if each.id == item_id:
            return each.body.text
    raise NotVisible


def _sheet(viewer: Viewer, item_id: UUID | None) -> Sheet:
    if item_id is not None:
        raise NotVisible  # one sheet holds all of it
    sections = []
    sentence, well = service.sentence_of(viewer), service.well_of(viewer)
    if sentence:
        sections.append(Section(str(_("What matters to me")), (Words(sentence),)))
    if well:
        sections.append(Section(str(_("What keeps me well")), (Points(tuple(well)),)))
    return Sheet(
        title=str(_("What matters to me")),
        name=viewer.name,
        on=local_day(viewer.now, viewer.zone),
        sections=tuple(sections),
    )


TOOL = Tool(
    part=Part.WHAT_MATTERS,
    name=_("What matters to me"),
    shown_name=_("What matters"),
    path="/what-matters",
    template="what_matters/_shown.html",
    source=KeptFrom.WHAT_MATTERS,
    items=_items,
    shown=service.shown_to,
    move=service.move_line,
    sheet=_sheet,
    line=_line,
)

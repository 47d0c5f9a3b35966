"""Medicines, as the common pages of the toolbox need to know them."""

from uuid import UUID

from portal.core.languages import _
from portal.core.sheet import Sheet
from portal.medicines import service
from portal.medicines.service.copying import TITLE
from portal.medicines.shapes import CopyWish, Medicine
from portal.meetings.shapes import KeptFrom
from portal.toolbox.shapes import ItemCard
from portal.toolbox.tool import Tool
from portal.vault.models import Part
from portal.vault.viewer import Viewer


def _here(viewer: Viewer) -> list[Medicine]:
    """The viewer's own medicines that could be shared, those taken now first."""
    rows = service.medicines_of(viewer, viewer.person_id)
    here = [each for each in rows if not each.body.is_away]
    return sorted(here, key=lambda each: each.body.is_stopped)


def _items(viewer: Viewer) -> list[ItemCard]:
    return [
        ItemCard(each.id, each.words.name, each.is_shared, each.changed_at, each.words.how)
        for each in _here(viewer)
    ]


def _line(viewer: Viewer, item_id: UUID) -> str:
    return service.body_for(viewer, item_id).words.name


def _sheet(viewer: Viewer, item_id: UUID | None) -> Sheet:
    if item_id is None:
        return service.sheet_for(viewer)
    wish = CopyWish(frozenset((item_id,)), with_notices=True, with_questions=True)
    return service.sheet_for(viewer, wish)


TOOL = Tool(
    part=Part.MEDICINES,
    name=TITLE,
    shown_name=_("Medicines"),
    path="/medicines",
    template="medicines/_shown.html",
    source=KeptFrom.MEDICINES,
    items=_items,
    shown=service.shown_to,
    move=service.move,
    sheet=_sheet,
    line=_line,
    page=service.shown_page,
)

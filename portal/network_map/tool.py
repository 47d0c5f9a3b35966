"""The network map, as the common pages of the toolbox need to know it."""

from uuid import UUID

from portal.core.errors import NotVisible
from portal.core.languages import _
from portal.meetings.shapes import KeptFrom
from portal.network_map import service
from portal.network_map.words import place_of
from portal.toolbox.shapes import ItemCard
from portal.toolbox.tool import Tool
from portal.vault.models import Part
from portal.vault.viewer import Viewer


def _items(viewer: Viewer) -> list[ItemCard]:
    cards = []
    for node in service.in_order(service.here_of(viewer)):
        place = place_of(node.body)
        cards.append(ItemCard(node.id, node.body.name, node.is_shared, node.changed_at, place))
    return cards


def _line(viewer: Viewer, item_id: UUID) -> str:
    for node in service.here_of(viewer):
        if node.id == item_id:
            return node.body.name
    raise NotVisible


TOOL = Tool(
    part=Part.NETWORK_MAP,
    name=_("My network"),
    shown_name=_("Network map"),
    path="/network-map",
    template="network_map/_shown.html",
    source=KeptFrom.NETWORK_MAP,
    items=_items,
    shown=service.shown_to,
    move=service.move_audience,
    sheet=service.sheet_for,
    line=_line,
)

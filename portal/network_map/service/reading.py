"""The pages of the map: the drawing with its list, the list alone, one node, a worker's view."""

from collections.abc import Collection, Sequence
from uuid import UUID

from portal.core.languages import _
from portal.core.web import Page
from portal.dyads.shapes import DyadCard
from portal.meetings.shapes import KeptFrom
from portal.network_map.picture import MOST_DRAWN, drawn
from portal.network_map.service.rows import former_at, formers_of, node_of, nodes_of, own_node
from portal.network_map.shapes import (
    Circle,
    Corner,
    DrawnMap,
    Former,
    ListPage,
    MapPage,
    Node,
    NodePage,
    Sector,
    ShownMap,
)
from portal.network_map.words import differences
from portal.toolbox import service as toolbox
from portal.vault.models import Part
from portal.vault.viewer import Viewer

ON_A_PAGE = 50
PATHS = "/network-map/"


def map_page(viewer: Viewer, sector: Sector | None = None) -> MapPage:
    """The viewer's own map, or one sector of it, with the people around it."""
    around = toolbox.people_around(viewer, Part.NETWORK_MAP)
    people = toolbox.with_copies(viewer, around, KeptFrom.NETWORK_MAP)
    nodes = nodes_of(viewer, viewer.person_id)
    here = [node for node in nodes if not node.body.is_away]
    wanted = [node for node in here if sector in (None, node.body.sector)]
    closest = the_closest(wanted)
    return MapPage(
        drawn=own_drawing(closest, paths=PATHS),
        corners=corners_of(closest),
        away=tuple(node for node in nodes if node.body.is_away),
        people=people,
        sector=sector,
        has_more=len(closest) < len(wanted),
        is_empty=not here,
    )


def list_page(viewer: Viewer, after: UUID | None = None) -> ListPage:
    """The viewer's map in words, a page at a time, by sector and circle."""
    people = toolbox.people_around(viewer, Part.NETWORK_MAP)
    nodes = in_order(here_of(viewer))
    start = next((at + 1 for at, node in enumerate(nodes) if node.id == after), 0)
    page = nodes[start : start + ON_A_PAGE]
    goes_on = start + ON_A_PAGE < len(nodes)
    return ListPage(corners_of(page), people, page[-1].id if goes_on else None)


def node_page(viewer: Viewer, node_id: UUID, before: str | None = None) -> NodePage:
    """One of the viewer's own nodes, with a page of how it was before."""
    people = toolbox.people_around(viewer, Part.NETWORK_MAP)
    row, body, audience = own_node(viewer, node_id)
    later = (former_at(viewer, node_id, before) if before else None) or body
    page, formers = formers_of(viewer, node_id, before), []
    for former in page.items:
        formers.append(Former(former.until, differences(former.was, later)))
        later = former.was
    people = toolbox.with_kept(viewer, people, node_id)
    return NodePage(node_of(viewer, row, audience), Page(formers, older=page.older), people)


def shown_to(viewer: Viewer, dyad: DyadCard, only: Collection[UUID] | None) -> ShownMap:
    """What a worker sees: the shared nodes, laid out as if there were no others.

    The owner's preview goes here too, with the nodes that they chose.
    """
    nodes = nodes_of(viewer, dyad.owner_id, only=only)
    here = [node for node in nodes if not node.body.is_away]
    closest = the_closest(here)
    title = str(_("The network of %(name)s")) % {"name": dyad.owner_name}
    return ShownMap(
        owner_name=dyad.owner_name,
        drawn=drawn(closest, title=title, middle=dyad.owner_name),
        corners=corners_of(in_order(here)),
    )


def here_of(viewer: Viewer) -> list[Node]:
    """The viewer's own nodes that are not put away, in the order they came."""
    return [node for node in nodes_of(viewer, viewer.person_id) if not node.body.is_away]


def own_drawing(nodes: Sequence[Node], paths: str | None = None) -> DrawnMap | None:
    """The viewer's own map drawn."""
    return drawn(nodes, title=str(_("My network")), middle=str(_("Me")), paths=paths)


def the_closest(nodes: Sequence[Node]) -> list[Node]:
    """As many as a drawing holds, the closest ones, in the order they came."""
    if len(nodes) <= MOST_DRAWN:
        return list(nodes)
    kept = sorted(nodes, key=lambda node: node.body.circle.value)[:MOST_DRAWN]
    ids = {node.id for node in kept}
    return [node for node in nodes if node.id in ids]


def in_order(nodes: Sequence[Node]) -> list[Node]:
    """The nodes by sector, closest circle first."""
    sectors = list(Sector)
    return sorted(nodes, key=lambda node: (sectors.index(node.body.sector), node.body.circle.value))


def corners_of(nodes: Sequence[Node]) -> tuple[Corner, ...]:
    """The nodes in words: by sector, and in each by circle; empty ones are left out."""
    by_place: dict[tuple[Sector, Circle], list[Node]] = {}
    for node in nodes:
        by_place.setdefault((node.body.sector, node.body.circle), []).append(node)
    corners = []
    for sector in Sector:
        circles = [
            (circle, tuple(by_place[sector, circle]))
            for circle in Circle
            if (sector, circle) in by_place
        ]
        if circles:
            corners.append(Corner(sector, tuple(circles)))
    return tuple(corners)

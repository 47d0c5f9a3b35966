"""The map as a drawing: me in the middle, four circles, six sectors, and what stands in them."""

from collections.abc import Sequence
from math import cos, hypot, sin
from uuid import UUID

from portal.core.drawing import Common, Drawing, Group, Label, Line, Ring, Trace
from portal.core.languages import _
from portal.network_map.layout import (
    FIRST,
    ME,
    SMALL,
    Layout,
    Placed,
    Spot,
    laid_out,
)
from portal.network_map.lettering import shortened
from portal.network_map.places import GAP, SECTORS, WEDGE
from portal.network_map.shapes import Circle, DrawnMap, Effect, Kind, Node, NodeBody, Sector, Tie
from portal.network_map.words import CIRCLES as CIRCLE_NAMES
from portal.network_map.words import SECTORS as SECTOR_NAMES

MOST_DRAWN = 60
EDGE = 1.8
TIE = 2.5
PATTERNS = {Tie.SUPPORTIVE: "", Tie.MIXED: "11 6", Tie.STRAINED: "2 6"}
DESCRIPTION = _(
    "Circles around a middle, the closest one inside, cut into six parts of life. "
    "Everything in the drawing stands in the list too."
)
_SECTOR = {sector: number for number, sector in enumerate(Sector)}
_CIRCLE = {circle: number for number, circle in enumerate(Circle)}


def drawn(
    nodes: Sequence[Node], *, title: str, middle: str, paths: str | None = None
) -> DrawnMap | None:
    """The map of these nodes in the order they came; None when there are none.

    ``middle``: whom the map is about. ``paths``: where each node leads, before its id.
    """
    if not nodes:
        return None
    layout = layout_of(nodes)
    left, top = -int(layout.frame.left), -int(layout.frame.top)
    rows = list(zip(nodes, layout.nodes, strict=True))
    drawing = Drawing(
        width=int(layout.frame.right) + left,
        height=int(layout.frame.bottom) + top,
        title=title,
        desc=str(DESCRIPTION),
        parts=(
            *_ground(layout, left, top),
            Group(
                tuple(_tie(node.body, place, left, top, layout) for node, place in rows),
                common=Common("strong", width=TIE),
            ),
            *_middle(middle, left, top),
            Group(
                tuple(_node(node, place, left, top, layout, paths) for node, place in rows),
                common=Common("strong", "paper", EDGE, layout.size.type),
            ),
        ),
    )
    return DrawnMap(drawing, (int(left), int(top)), tuple(int(edge) for edge in layout.edges))


def layout_of(nodes: Sequence[Node]) -> Layout:
    """Where these nodes stand."""
    spots = [
        Spot(_SECTOR[node.body.sector], _CIRCLE[node.body.circle], node.body.name) for node in nodes
    ]
    sectors = [str(name) for name in SECTOR_NAMES.values()]
    return laid_out(spots, sectors, [str(name) for name in CIRCLE_NAMES.values()])


def _ground(layout: Layout, left: int, top: int) -> list[Ring | Line | Label]:
    """The circles, the borders between sectors, and their names."""
    far = layout.edges[-1]
    parts: list[Ring | Line | Label] = [
        Ring(left, top, int(edge), fill="sage" if number == 0 else "", width=0.8)
        for number, edge in enumerate(layout.edges)
    ]
    for number in range(SECTORS):
        turn = FIRST + number * WEDGE
        x, y = round(left + far * cos(turn)), round(top + far * sin(turn))
        parts.append(Line(left, top, x, y, ink="line", width=0.5))
    parts += [_name(each, left, top, 15, is_strong=True) for each in layout.names]
    parts += [_name(each, left, top, SMALL) for each in layout.rungs]
    return parts


def _name(place: Placed, left: int, top: int, size: float, *, is_strong: bool = False) -> Label:
    x, y = round(place.x) + left, round(place.y) + top
    room = place.label_box.right - place.label_box.left
    return Label(x, y, place.label, size=size, ink="soft", is_strong=is_strong, room=room)


def _middle(name: str, left: int, top: int) -> tuple[Ring, Label]:
    words = shortened(name, 13, 2 * ME - 6)
    me = Ring(left, top, ME, ink="strong", fill="strong")
    return me, Label(left, top + 5, words, 13, ink="paper", is_strong=True, has_halo=False)


def _tie(body: NodeBody, place: Placed, left: int, top: int, layout: Layout) -> Line:
    """The line from the middle to a node; how it is drawn says what it is like between the two."""
    length = hypot(place.x, place.y)
    start, end = ME / length, max(0.0, 1 - layout.size.node / length)
    ink, width, pattern = "soft", 1.0, ""
    if body.tie is Tie.BROKEN:
        piece = (end - start) * length / 5
        ink, width, pattern = "soft", 2.0, f"{piece * 2:.0f} {piece:.0f}"
    elif body.tie is not None:
        ink, width, pattern = "strong", TIE, PATTERNS[body.tie]
    return Line(
        round(left + place.x * start),
        round(top + place.y * start),
        round(left + place.x * end),
        round(top + place.y * end),
        ink=ink,
        width=width,
        pattern=pattern,
    )


def _node(
    node: Node, place: Placed, left: int, top: int, layout: Layout, paths: str | None
) -> Group:
    x, y, reach = int(place.x) + left, int(place.y) + top, layout.size.node
    shapes: list[Ring | Trace | Label] = [_glyph(node.body, x, y, reach)]
    shapes += _inside(node.body, x, y, reach)
    box = place.label_box
    below, wide = int(place.label_y) + top, box.right - box.left - 2 * GAP
    shapes.append(Label(x, below, place.label, size=layout.size.type, room=wide))
    title = "" if place.label == node.body.name else node.body.name
    return Group(tuple(shapes), title=title, href=_href(paths, node.id))


def _glyph(body: NodeBody, x: int, y: int, reach: float) -> Ring | Trace:
    """What kind it is: a ring for a person, a square for a place, and so on."""
    width = 4.0 if body.may_be_called else EDGE
    reach = int(reach - width / 2)
    if body.kind is Kind.PERSON:
        return Ring(x, y, reach, ink="strong", fill="paper", width=width)
    if body.kind is Kind.PLACE:
        half = round(reach * 0.86)
        d = f"M{x - half} {y - half}h{2 * half}v{2 * half}h-{2 * half}z"
    elif body.kind is Kind.ACTIVITY:
        d = f"M{x} {y - reach}l{reach} {reach}l-{reach} {reach}l-{reach}-{reach}z"
    else:
        half, tall = round(reach / 2), round(reach * 0.87)
        right = f"h{2 * half}l{half} {tall}l-{half} {tall}"
        d = f"M{x - half} {y - tall}{right}h-{2 * half}l-{half}-{tall}z"
    return Trace(d, ink="strong", fill="paper", width=width)


def _inside(body: NodeBody, x: int, y: int, reach: float) -> list[Trace]:
    """What it does to the owner: an arrow tip up or down, and nothing where it is neither."""
    if body.effect not in (Effect.LIFTS, Effect.DRAINS):
        return []
    wide, tall = round(reach * 0.36), round(reach * 0.3)
    sign = -1 if body.effect is Effect.LIFTS else 1
    d = f"M{x - wide} {y - sign * tall // 2}l{wide} {sign * tall}l{wide} {-sign * tall}"
    return [Trace(d, ink="strong", fill="paper", width=EDGE)]


def _href(paths: str | None, node_id: UUID) -> str:
    return f"{paths}{node_id}" if paths else ""

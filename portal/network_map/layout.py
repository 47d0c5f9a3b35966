"""Where everything stands on the map: pure geometry, the same for the same nodes every time.

The owner is in the middle of four circles, cut into six sectors. Nodes are placed one after the
other, each at the first free spot of its own sector and circle; so one that is added last moves
nobody else. Where a circle has no room left, it grows, and all that lies further out moves outward.
How much depends on the nodes before alone, so the map never shrinks for one more.
No two nodes or labels ever overlap, since a spot is only taken when it is free.

Angles are in radians, clockwise from the right; y grows downwards.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from math import ceil, cos, floor, radians, sin
from typing import NamedTuple

from portal.network_map.lettering import shortened, width_of
from portal.network_map.places import GAP, LEANS, WEDGE, places_in

CIRCLES = 4
FIRST = radians(-90)
ME = 27.0
HOLE = 36.0
BAND = 58.0
GROWTH = 22.0
AIR = 1.5
SMALL = 12.0
STEP = 24.0


@dataclass(frozen=True, slots=True)
class Spot:
    """What the layout knows of a node: its sector and circle (both from 0), and its name."""

    sector: int
    circle: int
    name: str


@dataclass(frozen=True, slots=True)
class Size:
    """How big things are drawn: the radius of a node, and the type and widest name beside it."""

    node: float
    type: float
    widest: float


SIZES = ((20, Size(17, 14, 132)), (40, Size(15, 13, 104)), (10_000, Size(13, 12, 84)))
"""Up to so many nodes in all, this size."""


class Box(NamedTuple):
    """An upright rectangle: left, top, right, bottom."""

    left: float
    top: float
    right: float
    bottom: float

    def overlaps(self, other: Box) -> bool:
        """Whether the two share more than an edge."""
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )


@dataclass(frozen=True, slots=True)
class Placed:
    """A node in its place: its centre, its label (shortened) with the middle of its base line."""

    x: float
    y: float
    label: str
    label_x: float
    label_y: float
    label_box: Box


@dataclass(frozen=True, slots=True)
class Layout:
    """The whole map around (0, 0). ``edges``: the radius of each circle, inner first.

    ``names``: the place of each sector's name; ``rungs``: of each circle's name.
    """

    size: Size
    edges: tuple[float, ...]
    nodes: tuple[Placed, ...]
    names: tuple[Placed, ...]
    rungs: tuple[Placed, ...]
    frame: Box


def laid_out(spots: Sequence[Spot], sectors: Sequence[str], circles: Sequence[str]) -> Layout:
    """Place the nodes in the order given; the names of sectors and circles stand around them."""
    size = next(size for most, size in SIZES if len(spots) <= most)
    spots = [
        Spot(spot.sector, spot.circle, shortened(spot.name, size.type, size.widest))
        for spot in spots
    ]
    bands = [BAND] * CIRCLES
    while True:
        edges = _edges(bands)
        table = _Table(size, edges, _sector_names(sectors, edges[-1]), _rungs(circles, edges))
        left = table.place(spots)
        if not left:
            return table.layout()
        full = left[0].circle
        bands[full] += GROWTH * max(1, bands[full] // (4 * GROWTH))


def _edges(bands: Sequence[float]) -> tuple[float, ...]:
    reach, found = HOLE, []
    for band in bands:
        reach += band
        found.append(reach)
    return tuple(found)


def _sector_names(names: Sequence[str], reach: float) -> tuple[Placed, ...]:
    """The names of the sectors, outside the last circle, each by the middle of its sector."""
    found = []
    for number, name in enumerate(names):
        turn = FIRST + WEDGE * (number + 0.5)
        right = cos(turn)
        wide = width_of(name, 15)
        x = (reach + 10) * right + (wide / 2 if right > 0 else -wide / 2) * min(1, abs(right) * 1.4)
        y = (reach + 18) * sin(turn) + 5
        found.append(_text(name, x, y, 15))
    return tuple(found)


def _rungs(names: Sequence[str], edges: Sequence[float]) -> tuple[Placed, ...]:
    """The names of the circles, at the top, just inside each edge."""
    return tuple(
        _text(name, 0.0, SMALL + 4 - edge, SMALL) for name, edge in zip(names, edges, strict=True)
    )


def _text(words: str, x: float, y: float, type_size: float) -> Placed:
    half = width_of(words, type_size) / 2
    box = Box(x - half, y - type_size, x + half, y + type_size * 0.35)
    return Placed(x, y, words, x, y, box)


@dataclass
class _Table:
    """The map while it is being laid: what lies where, and which spots are still untried."""

    size: Size
    edges: tuple[float, ...]
    names: tuple[Placed, ...]
    rungs: tuple[Placed, ...]
    nodes: list[Placed] = field(default_factory=list)
    taken: dict[tuple[int, int], list[Box]] = field(default_factory=dict)
    tried: dict[tuple[int, int, int], int] = field(default_factory=dict)

    PATCH = 64.0

    def place(self, spots: Sequence[Spot]) -> Sequence[Spot]:
        """Place the nodes; gives those that are left when one finds no room."""
        self._take(Box(-ME, -ME, ME, ME))
        for name in (*self.names, *self.rungs):
            self._take(name.label_box)
        for number, spot in enumerate(spots):
            placed = self._first_free(spot)
            if placed is None:
                return spots[number:]
            self.nodes.append(placed)
            self._take(_glyph(placed.x, placed.y, self.size.node))
            self._take(placed.label_box)
        return ()

    def layout(self) -> Layout:
        """The finished map, in a frame around everything on it."""
        boxes = [
            Box(-self.edges[-1], -self.edges[-1], self.edges[-1], self.edges[-1]),
            *(each.label_box for each in (*self.names, *self.nodes)),
        ]
        frame = Box(
            floor(min(box.left for box in boxes)) - 8,
            floor(min(box.top for box in boxes)) - 8,
            ceil(max(box.right for box in boxes)) + 8,
            ceil(max(box.bottom for box in boxes)) + 8,
        )
        return Layout(self.size, self.edges, tuple(self.nodes), self.names, self.rungs, frame)

    def _first_free(self, spot: Spot) -> Placed | None:
        steps = ceil(width_of(spot.name, self.size.type) / STEP)
        inner = self.edges[spot.circle - 1] if spot.circle else HOLE
        places = places_in(inner, self.edges[spot.circle], self.size.node, LEANS[spot.circle])
        middle = FIRST + WEDGE * (spot.sector + 0.5)
        # A spot that was not free for a name will not be free for another one as wide.
        key = (spot.sector, spot.circle, steps)
        for number in range(self.tried.get(key, 0), len(places)):
            reach, turn = places[number]
            x, y = (
                float(round(reach * cos(middle + turn))),
                float(round(reach * sin(middle + turn))),
            )
            if not self._is_free(_glyph(x, y, self.size.node)):
                continue
            for label_y in (y + self.size.node + self.size.type, y - self.size.node - GAP - 2):
                placed = _node(x, y, spot.name, float(round(label_y)), steps * STEP / 2, self.size)
                if self._is_free(placed.label_box):
                    self.tried[key] = number
                    return placed
        return None

    def _take(self, box: Box) -> None:
        for patch in self._patches(box):
            self.taken.setdefault(patch, []).append(box)

    def _is_free(self, box: Box) -> bool:
        return not any(
            box.overlaps(other)
            for patch in self._patches(box)
            for other in self.taken.get(patch, ())
        )

    def _patches(self, box: Box) -> Iterator[tuple[int, int]]:
        for column in range(int(box.left // self.PATCH), int(box.right // self.PATCH) + 1):
            for row in range(int(box.top // self.PATCH), int(box.bottom // self.PATCH) + 1):
                yield column, row


def _node(x: float, y: float, label: str, label_y: float, half: float, size: Size) -> Placed:
    top, bottom = label_y - size.type - AIR, label_y + size.type * 0.3 + AIR
    return Placed(x, y, label, x, label_y, Box(x - half - GAP, top, x + half + GAP, bottom))


def _glyph(x: float, y: float, node: float) -> Box:
    reach = node + GAP / 2
    return Box(x - reach, y - reach, x + reach, y + reach)

"""The map's geometry, for any people on it: nothing overlaps, everything is where it belongs."""

from collections.abc import Sequence
from itertools import combinations
from math import asin, atan2, cos, hypot, pi, radians, sin

from hypothesis import example, given, settings
from hypothesis import strategies as st

from portal.network_map.layout import (
    CIRCLES,
    FIRST,
    HOLE,
    ME,
    SIZES,
    Box,
    Layout,
    Placed,
    Spot,
    laid_out,
)
from portal.network_map.lettering import shortened, width_of
from portal.network_map.places import SECTORS, WEDGE

SECTOR_NAMES = ("Family", "Friends", "Work or study", "Leisure", "Neighbourhood", "Services")
CIRCLE_NAMES = ("Closest", "Near", "Within reach", "Further out")
MOST = 60

names = st.text(min_size=1, max_size=60) | st.sampled_from(
    ["Lise", "Mamma", "Bjørn Åge", "WWWWWWWWWWWWWWWWWWWWWWWW", "iiiiiiiiii", "李小龍", "👩‍👩‍👧"]
)
spots = st.builds(Spot, st.integers(0, SECTORS - 1), st.integers(0, CIRCLES - 1), names)
maps = st.lists(spots, max_size=MOST)
CROWDED = [
    [Spot(sector, circle, "Mrs Olsen from the corner shop")] * MOST
    for sector in (0, 1, 3)
    for circle in range(CIRCLES)
]
many = settings(max_examples=60, deadline=None)


def lay(found: list[Spot]) -> Layout:
    return laid_out(found, SECTOR_NAMES, CIRCLE_NAMES)


def label_box(placed: Placed, type_size: float) -> Box:
    """Where the letters of a label are at most, worked out apart from the layout."""
    half = width_of(placed.label, type_size) / 2
    x, y = placed.label_x, placed.label_y
    return Box(x - half, y - type_size, x + half, y + type_size * 0.3)


def overlapping(layout: Layout) -> list[tuple[str, str]]:
    """Every pair of labels, every pair of nodes and every node with a label that touch."""
    reach, type_size = layout.size.node, layout.size.type
    nodes = [Box(n.x - reach, n.y - reach, n.x + reach, n.y + reach) for n in layout.nodes]
    labels = [label_box(node, type_size) for node in layout.nodes]
    around = [name.label_box for name in (*layout.names, *layout.rungs)]
    boxes = (
        [("node", box) for box in (*nodes, Box(-ME, -ME, ME, ME))]
        + [("label", box) for box in labels]
        + [("name", box) for box in around]
    )
    return [
        (one, other)
        for (one, box), (other, another) in combinations(boxes, 2)
        if box.overlaps(another) and {one, other} != {"name"}
    ]


def turn_in_sector(placed: Placed, sector: int) -> float:
    """How far a node stands from the middle line of a sector, as an angle without sign."""
    middle = radians(-90 + 60 * (sector + 0.5))
    along = placed.x * cos(middle) + placed.y * sin(middle)
    aside = placed.y * cos(middle) - placed.x * sin(middle)
    assert along > 0
    return asin(min(1.0, abs(aside) / hypot(placed.x, placed.y)))


def cell_of(placed: Placed, edges: Sequence[float]) -> tuple[int, int]:
    """The sector and the circle in which a node's middle lies."""
    turn = (atan2(placed.y, placed.x) - FIRST) % (2 * pi)
    return int(turn / WEDGE), sum(hypot(placed.x, placed.y) > edge for edge in edges)


@given(maps)
@example([])
@example(CROWDED[0])
@example(CROWDED[5])
@example(CROWDED[11])
@many
def test_no_two_nodes_or_labels_overlap(found: list[Spot]) -> None:
    assert overlapping(lay(found)) == []


@given(maps)
@example(CROWDED[0])
@example(CROWDED[7])
@many
def test_every_node_lies_wholly_within_its_circle_and_sector(found: list[Spot]) -> None:
    layout = lay(found)
    assert len(layout.nodes) == len(found)
    for spot, placed in zip(found, layout.nodes, strict=True):
        reach, node = hypot(placed.x, placed.y), layout.size.node
        inner = layout.edges[spot.circle - 1] if spot.circle else HOLE
        assert inner <= reach - node
        assert reach + node <= layout.edges[spot.circle]
        assert turn_in_sector(placed, spot.sector) + asin(node / reach) <= pi / 6
        assert cell_of(placed, layout.edges) == (spot.sector, spot.circle)


@given(maps, spots)
@many
def test_one_more_moves_nobody_unless_the_map_has_to_grow(found: list[Spot], one: Spot) -> None:
    before, after = lay(found), lay([*found, one])
    if (before.edges, before.size) == (after.edges, after.size):
        assert after.nodes[:-1] == before.nodes
    elif before.size == after.size:
        assert after.edges > before.edges
        assert all(now >= was for was, now in zip(before.edges, after.edges, strict=True))
        inner = next(at for at in range(CIRCLES) if before.edges[at] != after.edges[at])
        assert before.edges[:inner] == after.edges[:inner]


@given(maps)
@settings(max_examples=20, deadline=None)
def test_the_same_people_are_always_drawn_alike(found: list[Spot]) -> None:
    assert lay(found) == lay(list(found))


@given(maps)
@many
def test_everything_lies_within_the_frame(found: list[Spot]) -> None:
    layout = lay(found)
    far = layout.edges[-1]
    boxes = [each.label_box for each in (*layout.nodes, *layout.names)]
    for box in (*boxes, Box(-far, -far, far, far)):
        assert layout.frame.left <= box.left
        assert layout.frame.top <= box.top
        assert box.right <= layout.frame.right
        assert box.bottom <= layout.frame.bottom


@given(st.text(max_size=80), st.floats(8, 20), st.floats(60, 200))
def test_shortened_words_fit_and_begin_as_before(words: str, size: float, widest: float) -> None:
    short = shortened(words, size, widest)
    assert width_of(short, size) <= widest
    if not short.endswith("…"):
        assert short == " ".join(words.split())
    else:
        assert " ".join(words.split()).startswith(short[:-1])


def test_few_people_make_a_map_that_a_desk_shows_whole() -> None:
    found = [Spot(at % SECTORS, at % CIRCLES, "My sister") for at in range(12)]
    layout = lay(found)
    assert layout.frame.right - layout.frame.left < 900
    assert layout.size == SIZES[0][1]


def test_names_that_fit_are_not_shortened() -> None:
    layout = lay([Spot(0, 0, "My sister"), Spot(1, 1, "Anna Berg")])
    assert [node.label for node in layout.nodes] == ["My sister", "Anna Berg"]

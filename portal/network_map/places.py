"""The spots of one sector and circle of the map where a node lies wholly inside."""

from functools import lru_cache
from math import asin, radians

SECTORS = 6
WEDGE = radians(360 / SECTORS)
GAP = 3.0
LEANS = (0.0, -0.45, 0.45, -0.1)
"""By circle: how far the first node of a sector stands from its middle line."""


@lru_cache(maxsize=256)
def places_in(
    inner: float, outer: float, node: float, lean: float
) -> tuple[tuple[float, float], ...]:
    """The spots of a circle where a node lies wholly inside, as (reach, turn), best ones first.

    The turn is counted from the middle of a sector. A few spots that lie far apart come first, so
    that few nodes stand airily; then all others, from the middle outwards. The first one leans a
    little to one side, by another turn in each circle, so that few lines run over each other.
    """
    low, high = inner + node + GAP, outer - node - GAP
    ideal = (low + high) / 2
    rows = max(1, int((high - low) / 11) + 1)
    reaches = [low + (high - low) * (row + 0.5) / rows for row in range(rows)]
    airy = [
        (reach, share * _swing(reach, node))
        for reach in ((ideal,) if rows < 5 else (ideal, high, low))
        for share in (lean, -0.8, 0.8, -0.4, 0.4, 0.0)
    ]
    dense = []
    for reach in (low, *reaches, high):
        swing = _swing(reach, node)
        turns = max(1, int(2 * swing * reach / 14))
        dense += [(reach, (2 * (turn + 0.5) / turns - 1) * swing) for turn in range(turns)]
    dense.sort(key=lambda spot: (abs(spot[0] - ideal) + abs(spot[1]) * ideal * 0.6, spot))
    return (*airy, *dense)


def _swing(reach: float, node: float) -> float:
    """How far from the middle of its sector a node may turn and still lie inside."""
    return max(0.0, WEDGE / 2 - asin(min(1.0, (node + GAP) / reach)))

"""What stands beside a chart: the owner's own words, 1 to 7, or hours."""

import math
from collections.abc import Iterable, Sequence

from portal.core.languages import _
from portal.toolbox.charts.shapes import Axis, Value


def words_axis(words: Sequence[str]) -> Axis:
    """An axis in somebody's own words, the lowest first."""
    return Axis(tuple((float(place), word) for place, word in enumerate(words, start=1)))


def seven_axis(low: str, high: str) -> Axis:
    """From 1 to 7, with words for the two ends."""
    legend = str(_("1: %(low)s · 7: %(high)s")) % {"low": low, "high": high}
    return Axis(tuple((float(place), str(place)) for place in range(1, 8)), legend)


def sparse_seven_axis() -> Axis:
    """From 1 to 7 with its ends and its middle; what they mean stands elsewhere."""
    return Axis(((1.0, "1"), (4.0, "4"), (7.0, "7")))


def hours_axis(values: Iterable[Value]) -> Axis:
    """Hours, as far up as the values go."""
    highest = max((value.y for value in values), default=0)
    step = 2 if highest <= 12 else 4
    top = max(8, math.ceil(highest / step) * step)
    return Axis(tuple((float(h), str(h)) for h in range(0, top + 1, step)), str(_("Hours")))

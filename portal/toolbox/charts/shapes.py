"""What goes into a chart, and what comes out of it."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from datetime import date, time, timedelta

from portal.core.drawing import Drawing
from portal.core.sheet import Grid

DAY = timedelta(days=1)
WEEK = timedelta(weeks=1)


class Scale(enum.Enum):
    """How much time a chart shows: two weeks by day, twelve weeks by week, a year by month."""

    DAYS = "days"
    WEEKS = "weeks"
    MONTHS = "months"


@dataclass(frozen=True, slots=True)
class Span:
    """The days that a chart shows, both ends included."""

    scale: Scale
    first: date
    last: date

    @property
    def days(self) -> int:
        """How many days that are."""
        return (self.last - self.first).days + 1

    @property
    def earlier(self) -> date:
        """The day on which the span before this one ends."""
        return self.first - DAY

    def has(self, on: date) -> bool:
        """Whether a day lies in the span."""
        return self.first <= on <= self.last


@dataclass(frozen=True, slots=True)
class Value:
    """One value of one day: where it stands on the axis, and in words; ``clock`` when known."""

    on: date
    y: float
    text: str
    clock: time | None = None


@dataclass(frozen=True, slots=True)
class Marker:
    """Something that happened on a day, in the owner's words."""

    on: date
    text: str


@dataclass(frozen=True, slots=True)
class Axis:
    """What stands beside the frame, from bottom to top; ``legend`` explains it in one line."""

    ticks: tuple[tuple[float, str], ...]
    legend: str = ""

    @property
    def low(self) -> float:
        """The lowest place on the axis."""
        return self.ticks[0][0]

    @property
    def high(self) -> float:
        """The highest."""
        return self.ticks[-1][0]


@dataclass(frozen=True, slots=True)
class Frame:
    """Where the dots may stand, and how big they are; lengths of the drawing.

    ``labels``: where the axis stands. A long chart on a screen begins at its newest end, and has
    its axis there.
    """

    left: float
    right: float
    top: float
    bottom: float
    dot: float
    labels: str = "left"


@dataclass(frozen=True, slots=True)
class Chart:
    """A drawing, its twin in words, and what happened meanwhile: letter, day, words.

    Charts of the same days share those letters, so a page says the words once for all of them.
    """

    drawing: Drawing
    table: Grid
    happened: tuple[tuple[str, date, str], ...]
    is_wide: bool

    @property
    def is_empty(self) -> bool:
        """Whether the span holds nothing at all."""
        return not self.table.rows

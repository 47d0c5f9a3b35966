"""What the pages of check-ins get to see."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from portal.check_ins.shapes.bodies import CheckInBody, Item, SetupBody
from portal.dyads.shapes import DyadCard
from portal.toolbox.charts import Chart, Scale, Span
from portal.toolbox.shapes import People


@dataclass(frozen=True, slots=True)
class Entry:
    """One check-in of one day."""

    id: UUID
    on: date
    body: CheckInBody
    made_at: datetime


@dataclass(frozen=True, slots=True)
class Said:
    """Words of one day, and the check-in that they stand in."""

    entry_id: UUID
    on: date
    text: str


@dataclass(frozen=True, slots=True)
class ItemView:
    """One thing over some days: a chart, or for words without a scale the words themselves."""

    item: Item
    chart: Chart | None
    said: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class CheckInsPage:
    """The first page. ``later``: the last day of the next span; None on the newest.

    ``happened``: its letter in the charts (empty without any), its day, its words.
    ``is_one``: a page for one thing alone. A year of all things leaves their tables to such pages.
    """

    setup: SetupBody
    people: People
    span: Span
    later: date | None
    views: tuple[ItemView, ...]
    good: tuple[Said, ...]
    happened: tuple[tuple[str, date, str], ...]
    has_any: bool
    is_one: bool

    @property
    def has_tables(self) -> bool:
        """Whether each chart has its table on this page."""
        return self.is_one or self.span.scale is not Scale.MONTHS


@dataclass(frozen=True, slots=True)
class AskPage:
    """What a check-in asks. ``weary``: things skipped three times in a row; shall they stop?"""

    setup: SetupBody
    today: date
    weary: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class DayLine:
    """One check-in in a list: its day, and what it says, item by item."""

    entry: Entry
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DaysPage:
    """What was written, newest first; ``older``: where the next page begins."""

    days: tuple[DayLine, ...]
    away: tuple[DayLine, ...]
    older: str | None


@dataclass(frozen=True, slots=True)
class CopyChoice:
    """What may go into a copy for a pair's meeting."""

    dyad: DyadCard
    setup: SetupBody


@dataclass(frozen=True, slots=True)
class CopyWish:
    """What the owner picked for a copy: names of things, and how far back."""

    wanted: frozenset[str]
    scale: Scale

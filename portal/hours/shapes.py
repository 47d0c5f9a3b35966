"""What a worker's time is made of, and what pages get to see of it."""

from dataclasses import dataclass
from datetime import date, time
from typing import NamedTuple
from uuid import UUID

import msgspec

from portal.core.clock import Window

STANDARD_WORKING = tuple(Window(day, time(8), time(16)) for day in range(5))
STANDARD_READING = (Window(0, time(8), time(9)), Window(2, time(8), time(9)))


class NoteBody(msgspec.Struct, frozen=True):
    """A plain line about an absence."""

    note: str = ""


class PhraseBody(msgspec.Struct, frozen=True):
    """A phrase of the worker's own. ``is_away``: put away, not offered when writing."""

    text: str
    is_away: bool = False


class WeekBody(NamedTuple):
    """A worker's week: when they work and when they read, at most one span a weekday each."""

    working: tuple[Window, ...]
    reading: tuple[Window, ...]


class NewAbsence(NamedTuple):
    """Days away, both ends included, and a line that all their people may read."""

    from_on: date
    until_on: date
    note: str = ""


class AbsenceCard(NamedTuple):
    """An absence as the worker sees it."""

    id: UUID
    from_on: date
    until_on: date
    note: str
    is_now: bool


class AbsenceShown(NamedTuple):
    """An absence as the owner of a pair sees it, now or soon."""

    from_on: date
    until_on: date
    note: str
    is_now: bool


class Phrase(NamedTuple):
    """A phrase of the worker's own."""

    id: UUID
    text: str
    is_away: bool


@dataclass(frozen=True, slots=True)
class HoursPage:
    """The worker's own page: their week, days away from today on, and their room."""

    week: WeekBody
    absences: list[AbsenceCard]
    cap: int
    in_use: int


@dataclass(frozen=True, slots=True)
class HoursShown:
    """A worker's time as the owner of a pair sees it."""

    dyad_id: UUID
    worker_name: str
    working: tuple[Window, ...]
    absences: list[AbsenceShown]

"""Repeats: on which days something comes round again.

A repeat knows days only. The time of day is joined to the day by `at_local`, in the zone where
the person lives then, so nine o'clock stays nine o'clock when the clocks change.
"""

import calendar
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum

_DAY = timedelta(days=1)
_WEEK = 7
_MONDAY_TO_FRIDAY = 5
_MONTHS = 12


class RepeatKind(Enum):
    """How something comes round."""

    NONE = "none"
    DAILY = "daily"
    WEEKDAYS = "weekdays"
    WEEKLY = "weekly"
    EVERY_N_WEEKS = "every_n_weeks"
    MONTHLY = "monthly"


@dataclass(frozen=True, slots=True)
class Repeat:
    """A rhythm that starts on a day and keeps that day's weekday, or day of the month.

    `weeks` (1 to 52) counts only for `EVERY_N_WEEKS`. A month without the day takes its last one.
    """

    kind: RepeatKind
    from_on: date
    weeks: int = 1

    def __post_init__(self) -> None:
        """Refuse a rhythm that would never come round."""
        if not 1 <= self.weeks <= 52:
            raise ValueError("weeks must be from 1 to 52")


def next_on(repeat: Repeat, after_on: date) -> date | None:
    """The rhythm's first day strictly after this one; None when it does not come again."""
    earliest = max(repeat.from_on, after_on + _DAY)
    match repeat.kind:
        case RepeatKind.NONE:
            return repeat.from_on if repeat.from_on > after_on else None
        case RepeatKind.DAILY:
            return earliest
        case RepeatKind.WEEKDAYS:
            return _next_weekday(earliest)
        case RepeatKind.WEEKLY:
            return _next_step(repeat.from_on, earliest, _WEEK)
        case RepeatKind.EVERY_N_WEEKS:
            return _next_step(repeat.from_on, earliest, _WEEK * repeat.weeks)
        case RepeatKind.MONTHLY:
            return _next_in_month(repeat.from_on.day, earliest)


def _next_weekday(earliest: date) -> date:
    past_friday = earliest.weekday() - _MONDAY_TO_FRIDAY
    return earliest if past_friday < 0 else earliest + timedelta(days=2 - past_friday)


def _next_step(from_on: date, earliest: date, step_days: int) -> date:
    return earliest + timedelta(days=-(earliest - from_on).days % step_days)


def _next_in_month(day_of_month: int, earliest: date) -> date:
    this_month = _in_month(earliest.year, earliest.month, day_of_month)
    if this_month >= earliest:
        return this_month
    year, month = divmod(earliest.year * _MONTHS + earliest.month, _MONTHS)
    return _in_month(year, month + 1, day_of_month)


def _in_month(year: int, month: int, day_of_month: int) -> date:
    return date(year, month, min(day_of_month, calendar.monthrange(year, month)[1]))

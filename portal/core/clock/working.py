"""Working time: when a worker reads, and by when an answer is due.

Two things are kept apart. *Windows* are the agreed hours on agreed weekdays in which the worker
reads; they may lie on any day. *Working days* are the days that an agreed number of days is
counted in: the weekdays on which the worker says they work, a Saturday or Sunday too where they
name it, without the country's public holidays and the worker's own absence, whether or not the
worker reads on that day. So "within 2 working days" never stretches to weeks because somebody
reads only on Tuesdays; the hours enter where counting begins (the next reading) and where it ends
(the close of that day's window, or of the office day when it has none).

Sources: Strand 2017 (silence was read as not being believed); frictions 2, 3, 6, 14, 18 and 19 of
the product page.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from portal.core.clock.zones import at_local, local_day
from portal.core.days_off import public_holidays

LOOK_AHEAD_DAYS = 400
OFFICE_CLOSES = time(16)
_DAY = timedelta(days=1)
_WEEK = 7
_OFFICE_WEEK = frozenset(range(5))


@dataclass(frozen=True, slots=True, order=True)
class Window:
    """Agreed reading hours on one weekday: 0 is Monday; from `start` up to `end`, same day."""

    weekday: int
    start: time
    end: time

    def __post_init__(self) -> None:
        """Refuse a window that no clock could show."""
        if not 0 <= self.weekday < _WEEK:
            raise ValueError("weekday must be from 0, Monday, to 6, Sunday")
        if self.start >= self.end:
            raise ValueError("a reading window must start before it ends")


@dataclass(frozen=True, slots=True, order=True)
class Absence:
    """Days on which the worker is away, both ends included."""

    from_on: date
    until_on: date

    def covers(self, day: date) -> bool:
        """Whether the worker is away on this day."""
        return self.from_on <= day <= self.until_on


@dataclass(frozen=True, slots=True)
class Reading:
    """One time of reading: a window laid on a real day, as instants in UTC."""

    starts_at: datetime
    ends_at: datetime

    @property
    def middle_at(self) -> datetime:
        """Half way through, when a bundle still unopened is mentioned once more."""
        return self.starts_at + (self.ends_at - self.starts_at) / 2


@dataclass(frozen=True, slots=True)
class WorkCalendar:
    """All that decides a worker's time in one dyad.

    `country` is a two-letter code for public holidays, with an optional part of the country after
    a hyphen ("NO", "DE-BY"); empty means no public holidays. `weekdays` are those on which the
    worker works, from 0, Monday, to 6, Sunday; Monday to Friday unless they say otherwise.
    """

    windows: tuple[Window, ...]
    absences: tuple[Absence, ...]
    country: str
    zone: ZoneInfo
    weekdays: frozenset[int] = _OFFICE_WEEK


def is_working_day(calendar: WorkCalendar, day: date) -> bool:
    """Whether the day counts when working days are counted."""
    return day.weekday() in calendar.weekdays and not _is_away(calendar, day)


def reading_now(calendar: WorkCalendar, at: datetime) -> Reading | None:
    """The reading that is going on at this moment, the one that ends last; None when none is."""
    today = _readings_on(calendar, local_day(at, calendar.zone))
    return max(
        (reading for reading in today if reading.starts_at <= at < reading.ends_at),
        key=lambda reading: reading.ends_at,
        default=None,
    )


def coming_reading(calendar: WorkCalendar, after: datetime) -> Reading | None:
    """The first reading that starts strictly after this moment.

    Skips public holidays and absence. None when nothing starts within 400 days. Ask `reading_now`
    first to tell whether the worker reads at this very moment.
    """
    first_on = local_day(after, calendar.zone)
    for ahead in range(LOOK_AHEAD_DAYS + 1):
        for reading in _readings_on(calendar, first_on + ahead * _DAY):
            if reading.starts_at > after:
                return reading
    return None


def add_working_days(calendar: WorkCalendar, start_on: date, days: int) -> date:
    """The day that lies this many working days after `start_on`.

    The start itself does not count. With 0, the first working day from the start on. An absence
    without a foreseeable end cannot push the day past 400 days; from there weekdays alone count.
    """
    if days < 0:
        raise ValueError("days must be 0 or more")
    day = start_on if days == 0 else start_on + _DAY
    left = max(days, 1)
    while True:
        left -= _counts(calendar, day, start_on)
        if left == 0:
            return day
        day += _DAY


def answer_due(
    calendar: WorkCalendar, received_at: datetime, within_working_days: int
) -> datetime | None:
    """By when the agreed answer is due, counted from the worker's reading, not from the night.

    A message that comes while the worker reads counts from that day, any other from the next
    reading. Due at the end of the agreed hours on the last day, or at 16:00 where that day has
    none. None when the worker does not read within 400 days: then there is nothing to promise.
    """
    reading = reading_now(calendar, received_at) or coming_reading(calendar, received_at)
    if reading is None:
        return None
    read_on = local_day(reading.starts_at, calendar.zone)
    due_on = (
        read_on
        if within_working_days == 0
        else add_working_days(calendar, read_on, within_working_days)
    )
    return _close_of(calendar, due_on)


def _is_away(calendar: WorkCalendar, day: date) -> bool:
    if any(absence.covers(day) for absence in calendar.absences):
        return True
    return bool(calendar.country) and day in public_holidays(calendar.country, day.year)


def _readings_on(calendar: WorkCalendar, day: date) -> Iterator[Reading]:
    """The readings of one local day, earliest first. A window that the clock skips is none."""
    windows = [window for window in calendar.windows if window.weekday == day.weekday()]
    if not windows or _is_away(calendar, day):
        return
    for window in sorted(windows):
        starts_at = at_local(day, window.start, calendar.zone)
        ends_at = at_local(day, window.end, calendar.zone)
        if starts_at < ends_at:
            yield Reading(starts_at, ends_at)


def _counts(calendar: WorkCalendar, day: date, start_on: date) -> int:
    if (day - start_on).days > LOOK_AHEAD_DAYS:
        return int(day.weekday() in (calendar.weekdays or _OFFICE_WEEK))
    return int(is_working_day(calendar, day))


def _close_of(calendar: WorkCalendar, day: date) -> datetime:
    ends = [reading.ends_at for reading in _readings_on(calendar, day)]
    return max(ends, default=at_local(day, OFFICE_CLOSES, calendar.zone))

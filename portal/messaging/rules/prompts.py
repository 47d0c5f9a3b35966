"""When a worker is told that something waits: only inside their own reading hours (Friction 19).

Once when a reading begins, once more half way through, and not at all when nothing waits.
"""

import enum
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from portal.core.clock import WorkCalendar, coming_reading, local_day, reading_now

_WEEK = 7
_SOON = timedelta(days=3)


class Prompt(enum.Enum):
    """What the worker is told of; the notice itself says nothing of it."""

    WAITING = "waiting"
    DUE = "due"


@dataclass(frozen=True, slots=True)
class Slot:
    """A moment for telling inside one reading, and whether it is the reading's beginning."""

    at: datetime
    is_start: bool


def next_prompt_at(calendar: WorkCalendar, after: datetime) -> datetime | None:
    """The next moment for telling strictly after this one: a reading's start or its middle."""
    reading = reading_now(calendar, after)
    if reading is not None and reading.middle_at > after:
        return reading.middle_at
    coming = coming_reading(calendar, after)
    return coming.starts_at if coming else None


def slot_at(calendar: WorkCalendar, now: datetime) -> Slot | None:
    """The telling moment that now belongs to; None outside the reading hours."""
    reading = reading_now(calendar, now)
    if reading is None:
        return None
    is_start = now < reading.middle_at
    return Slot(at=reading.starts_at if is_start else reading.middle_at, is_start=is_start)


def prompts_due(
    calendar: WorkCalendar,
    now: datetime,
    *,
    unopened_since: datetime | None,
    due_at: datetime | None,
) -> frozenset[Prompt]:
    """What to tell at this moment: something unopened, or an answer for today or for before."""
    slot = slot_at(calendar, now)
    if slot is None:
        return frozenset()
    found = set()
    if unopened_since is not None and unopened_since <= now:
        found.add(Prompt.WAITING)
    today = local_day(now, calendar.zone)
    if slot.is_start and due_at is not None and local_day(due_at, calendar.zone) <= today:
        found.add(Prompt.DUE)
    return frozenset(found)


def hello_due_on(
    *, every_weeks: int | None, weekday: int | None, agreed_on: date, wrote_on: date | None
) -> date | None:
    """The day of the next agreed hello (Friction 5); None when the two agreed on none.

    The first comes on the agreed weekday after both accepted. From then on any words of the
    worker count as having written: the next is that weekday about ``every_weeks`` later.
    """
    if every_weeks is None or weekday is None:
        return None
    if wrote_on is None or wrote_on < agreed_on:
        return _next_weekday(agreed_on + timedelta(days=1), weekday)
    return _next_weekday(wrote_on + timedelta(weeks=every_weeks) - _SOON, weekday)


def _next_weekday(from_on: date, weekday: int) -> date:
    return from_on + timedelta(days=(weekday - from_on.weekday()) % _WEEK)

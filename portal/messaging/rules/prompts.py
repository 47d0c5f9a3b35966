"""When a worker is told that something waits: only inside their own reading hours (Friction 19).

Once when a reading begins, once more half way through, and not at all when nothing waits.
"""

import enum
from dataclasses import replace
from datetime import date, datetime, timedelta

from portal.core.clock import (
    WorkCalendar,
    add_working_days,
    coming_reading,
    is_working_day,
    local_day,
    reading_now,
)

_WEEK = 7
_SOON = timedelta(days=3)


class Prompt(enum.Enum):
    """What the worker is told of; the notice itself says nothing of it."""

    WAITING = "waiting"
    DUE = "due"


def next_prompt_at(calendar: WorkCalendar, after: datetime) -> datetime | None:
    """The next moment for telling strictly after this one: a reading's start or its middle."""
    reading = reading_now(calendar, after)
    if reading is not None and reading.middle_at > after:
        return reading.middle_at
    coming = coming_reading(calendar, after)
    return coming.starts_at if coming else None


def slot_at(calendar: WorkCalendar, now: datetime) -> datetime | None:
    """The telling moment that now belongs to; None outside the reading hours."""
    reading = reading_now(calendar, now)
    if reading is None:
        return None
    return reading.starts_at if now < reading.middle_at else reading.middle_at


def prompts_due(
    calendar: WorkCalendar,
    now: datetime,
    *,
    unopened_since: datetime | None,
    due_at: datetime | None,
) -> frozenset[Prompt]:
    """What to tell at this moment: something unopened, or an answer that cannot wait longer."""
    if slot_at(calendar, now) is None:
        return frozenset()
    found = set()
    if unopened_since is not None and unopened_since <= now:
        found.add(Prompt.WAITING)
    if due_at is not None and _is_last_chance(calendar, now, due_at):
        found.add(Prompt.DUE)
    return frozenset(found)


def _is_last_chance(calendar: WorkCalendar, now: datetime, due_at: datetime) -> bool:
    """Whether the answer is due today or earlier, or before the worker reads again."""
    if local_day(due_at, calendar.zone) <= local_day(now, calendar.zone):
        return True
    coming = coming_reading(calendar, now)
    return coming is None or due_at < coming.starts_at


def hello_due_on(
    *, every_weeks: int | None, weekday: int | None, agreed_on: date, wrote_on: date | None
) -> date | None:
    """The day of the next agreed hello (Friction 5); None when the two agreed on none.

    The first comes on the agreed weekday after both accepted. From then on any words of the
    worker count as having written: the next is that weekday about ``every_weeks`` later. Agreeing
    anew does not begin it again; it is only never due before they agreed.
    """
    if every_weeks is None or weekday is None:
        return None
    first_on = _next_weekday(agreed_on + timedelta(days=1), weekday)
    if wrote_on is None:
        return first_on
    return max(first_on, _next_weekday(wrote_on + timedelta(weeks=every_weeks) - _SOON, weekday))


def day_at_work(calendar: WorkCalendar, on: date) -> date:
    """The day itself, or the next working day where the worker is away or it is a holiday."""
    weekdays = calendar.weekdays | {on.weekday()}
    if is_working_day(replace(calendar, weekdays=weekdays), on):
        return on
    return add_working_days(calendar, on, 0)


def _next_weekday(from_on: date, weekday: int) -> date:
    return from_on + timedelta(days=(weekday - from_on.weekday()) % _WEEK)

"""When the morning comes, and what the first page shows then. Pure decisions."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from portal.core.clock import DEFAULT_QUIET_END, QuietHours, last_at_local, local_day
from portal.night.shapes import NightLine, Standing

SHOWN_FOR = timedelta(hours=12)
"""So long after their morning the first page shows the lines of a night."""

REACH = timedelta(days=2)
"""No line that the first page shows was put down longer ago."""

_DAY = timedelta(days=1)


def morning_after(at: datetime, quiet: QuietHours) -> datetime:
    """The next end of somebody's quiet hours; at eight for whom has none."""
    ends = DEFAULT_QUIET_END if quiet.start == quiet.end else quiet.end
    today = local_day(at, quiet.zone)
    days = (today, today + _DAY, today + 2 * _DAY)
    return next(end for day in days if (end := last_at_local(day, ends, quiet.zone)) > at)


def is_shown(line: NightLine, now: datetime) -> bool:
    """Whether the first page shows a line: in its own morning, until it is taken up or left."""
    body = line.body
    in_time = body.until <= now < body.until + SHOWN_FOR
    return in_time and not body.is_left and body.standing is not Standing.TAKEN_UP


def of_last_night(lines: Iterable[NightLine], now: datetime) -> tuple[NightLine, ...]:
    """The lines that the first page shows, oldest first."""
    return tuple(sorted((each for each in lines if is_shown(each, now)), key=_put_down_at))


def _put_down_at(line: NightLine) -> datetime:
    return line.made_at

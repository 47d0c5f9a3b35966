"""Quiet hours: nobody is nudged at night, in their own time zone, right across clock changes.

Source: humane rule 10 of the product page (notices keep quiet from 21 to 08 by default).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from portal.core.clock.zones import at_local, last_at_local, local_day

DEFAULT_QUIET_START = time(21)
DEFAULT_QUIET_END = time(8)
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class QuietHours:
    """The hours of each local day in which a person wants no nudge.

    From `start` up to, not including, `end`. An end before the start lies on the next day. Equal
    times mean that the person has no quiet hours.
    """

    zone: ZoneInfo
    start: time = DEFAULT_QUIET_START
    end: time = DEFAULT_QUIET_END


def is_quiet(at: datetime, quiet: QuietHours) -> bool:
    """Whether this moment lies in the person's quiet hours."""
    return _quiet_until(at, quiet) is not None


def first_allowed(at: datetime, quiet: QuietHours) -> datetime:
    """The first moment, from `at` on, that lies outside the quiet hours.

    Quiet lasts from the first time that the clock shows its start until the last time that it
    shows its end, so an hour that comes twice never lets a nudge slip through.
    """
    while (until := _quiet_until(at, quiet)) is not None:
        at = until
    return at


def _quiet_until(at: datetime, quiet: QuietHours) -> datetime | None:
    """When the quiet span around this moment ends; None outside quiet hours."""
    today = local_day(at, quiet.zone)
    for starts_at, ends_at in _spans(today, quiet):
        if starts_at <= at < ends_at:
            return ends_at
    return None


def _spans(today: date, quiet: QuietHours) -> Iterator[tuple[datetime, datetime]]:
    if quiet.start == quiet.end:
        return
    wraps = quiet.end < quiet.start
    for start_on in (today - _DAY, today) if wraps else (today,):
        end_on = start_on + _DAY if wraps else start_on
        yield (
            at_local(start_on, quiet.start, quiet.zone),
            last_at_local(end_on, quiet.end, quiet.zone),
        )

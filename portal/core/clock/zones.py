"""Local days and times of day, turned into one certain instant.

Twice a year a local clock jumps. A time that the clock skips becomes the first moment after the
jump; a time that it shows twice becomes the first of the two. Both keep order: a later local time
never becomes an earlier instant (PEP 495 describes the two cases).
"""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

_SECOND = timedelta(seconds=1)


def utc_now() -> datetime:
    """The present moment, in UTC. Only the edges of the program ask this; rules are told."""
    return datetime.now(UTC)


def local_day(at: datetime, zone: ZoneInfo) -> date:
    """The calendar day that people in this zone live in at that moment."""
    return at.astimezone(zone).date()


def at_local(day: date, clock_time: time, zone: ZoneInfo) -> datetime:
    """When the clocks in this zone show this time on this day, as an instant in UTC.

    A time skipped by daylight saving moves forward to the first moment after the jump; a time
    shown twice means the first. On the first and the last day of the calendar, where UTC may lie
    beyond it, it is the nearest instant that there is.
    """
    return _instant(datetime.combine(day, clock_time.replace(tzinfo=None, fold=0), tzinfo=zone))


def last_at_local(day: date, clock_time: time, zone: ZoneInfo) -> datetime:
    """As `at_local`, but a time shown twice means the second."""
    return _instant(datetime.combine(day, clock_time.replace(tzinfo=None, fold=1), tzinfo=zone))


def _instant(local: datetime) -> datetime:
    try:
        return _jump(local) if _is_skipped(local) else local.astimezone(UTC)
    except OverflowError:
        first, last = datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)
        return first if local.year == first.year else last


def _is_skipped(local: datetime) -> bool:
    """Whether no clock in the zone ever shows this time: it goes by more before than after."""
    before, after = local.replace(fold=0).utcoffset(), local.replace(fold=1).utcoffset()
    return before is not None and after is not None and before < after


def _jump(skipped: datetime) -> datetime:
    """The first moment after the jump that skipped this local time, found by halving."""
    zone = skipped.tzinfo
    before = skipped.replace(fold=1).astimezone(UTC)
    after = skipped.replace(fold=0).astimezone(UTC)
    new_offset = after.astimezone(zone).utcoffset()
    while after - before > _SECOND:
        middle = (before + (after - before) / 2).replace(microsecond=0)
        if middle <= before:
            break
        if middle.astimezone(zone).utcoffset() == new_offset:
            after = middle
        else:
            before = middle
    return after.replace(microsecond=0)

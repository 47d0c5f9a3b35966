"""Which of a section's wordings stood on a day, and the days on which something changed."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from datetime import date


def stood_on(day: date, begun_on: date, ended_on: Sequence[date]) -> int | None:
    """The place of the wording that stood when a day ended; None before the first was written.

    ``ended_on``: for each former wording, oldest first, the day on which others took its place. The
    place after the last of them is that of today's words.
    """
    return None if day < begun_on else bisect_right(ended_on, day)


def days_of_change(days: Iterable[date]) -> tuple[date, ...]:
    """Each day once, newest first."""
    return tuple(sorted(set(days), reverse=True))


def day_to_show(days: Sequence[date], asked: date | None) -> date | None:
    """The day that was asked for; else the last on which other words stood than now, if any."""
    if asked is not None:
        return asked
    return days[1] if len(days) > 1 else None

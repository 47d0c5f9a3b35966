"""When the owner looks at the plan again: after six months, unless they say otherwise."""

from calendar import monthrange
from datetime import date, time

MONTHS = 6
AT = time(10)
"""When on that day they are told."""


def months_after(day: date, months: int = MONTHS) -> date:
    """The same day so many months later, or the last day of that month."""
    number = day.month - 1 + months
    year, month = day.year + number // 12, number % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))

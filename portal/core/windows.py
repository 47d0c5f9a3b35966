"""Times of a week in a column of their own: for agreements, and for a worker's week."""

from datetime import time
from typing import Any

from sqlalchemy import Dialect, String, TypeDecorator

from portal.core.clock import Window


class Windows(TypeDecorator[tuple[Window, ...]]):
    """Times of a week as short text that a person can read: ``0 08:00-09:00,2 08:00-09:00``."""

    impl = String(400)
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:
        """Write the times, earliest in the week first."""
        if value is None:
            return None
        return ",".join(f"{w.weekday} {w.start:%H:%M}-{w.end:%H:%M}" for w in sorted(value))

    def process_result_value(self, value: Any, dialect: Dialect) -> tuple[Window, ...] | None:
        """Read the times back."""
        if value is None:
            return None
        return tuple(_window(part) for part in value.split(",") if part)


def _window(part: str) -> Window:
    weekday, _, span = part.partition(" ")
    start, _, end = span.partition("-")
    return Window(int(weekday), time.fromisoformat(start), time.fromisoformat(end))

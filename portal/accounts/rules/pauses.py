"""How long to wait after wrong tries: longer each time, never for good.

Source: OWASP ASVS 5.0, 6.3.1. Three tries are free; then 1, 2, 4 … seconds up to a limit.
"""

from datetime import datetime, timedelta

FREE = 3
PASSWORD_LIMIT = timedelta(seconds=30)
CODE_LIMIT = timedelta(minutes=5)
FORGOTTEN_AFTER = timedelta(hours=24)


def pause_after(wrong: int, limit: timedelta = PASSWORD_LIMIT) -> timedelta:
    """How long to wait after so many wrong tries in a row."""
    if wrong <= FREE:
        return timedelta()
    return min(timedelta(seconds=2 ** min(wrong - FREE - 1, 30)), limit)


def still_counts(changed_at: datetime, now: datetime) -> bool:
    """Whether earlier wrong tries still count; a day later they are forgotten."""
    return now - changed_at < FORGOTTEN_AFTER

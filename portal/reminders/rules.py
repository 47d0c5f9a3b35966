"""When a reminder comes round again."""

from datetime import datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from portal.core.clock import Repeat, at_local, local_day, next_on

TOLD = "reminder:"
TURN_MARK = "@"
_DAY = timedelta(days=1)


def next_due(
    repeat: Repeat, clock_time: time, zone: ZoneInfo, due_at: datetime, now: datetime
) -> datetime | None:
    """The rhythm's first moment after both the last one and now; None when it is over.

    What lies between is passed over: after a pause a person is reminded once, not many times.
    """
    after_on = max(local_day(due_at, zone), local_day(now, zone) - _DAY)
    while (day := next_on(repeat, after_on)) is not None:
        at = at_local(day, clock_time, zone)
        if at > now:
            return at
        after_on = day
    return None


def told_key(reminder_id: UUID, turn: int) -> str:
    """The key of the notice that a reminder leads to at this turn.

    A cause that is forgotten and given a new reminder starts its turns again, so the key is made of
    the reminder's own id and not of its cause: what was told for an earlier one stays told.
    """
    return f"{TOLD}{reminder_id.hex}{TURN_MARK}{turn}"

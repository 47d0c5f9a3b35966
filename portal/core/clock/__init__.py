"""The clocks: working time, quiet hours, repeats, and local time made certain.

Pure: no database, no request, and no reading of the present time except in `utc_now`, so every
rule here can be asked about any moment in any time zone.
"""

from portal.core.clock.quiet import (
    DEFAULT_QUIET_END,
    DEFAULT_QUIET_START,
    QuietHours,
    first_allowed,
    is_quiet,
)
from portal.core.clock.repeats import Repeat, RepeatKind, next_on
from portal.core.clock.working import (
    Absence,
    Reading,
    Window,
    WorkCalendar,
    add_working_days,
    answer_due,
    coming_reading,
    is_working_day,
    reading_now,
)
from portal.core.clock.zones import at_local, last_at_local, local_day, utc_now
from portal.core.days_off import public_holidays

__all__ = [
    "DEFAULT_QUIET_END",
    "DEFAULT_QUIET_START",
    "Absence",
    "QuietHours",
    "Reading",
    "Repeat",
    "RepeatKind",
    "Window",
    "WorkCalendar",
    "add_working_days",
    "answer_due",
    "at_local",
    "coming_reading",
    "first_allowed",
    "is_quiet",
    "is_working_day",
    "last_at_local",
    "local_day",
    "next_on",
    "public_holidays",
    "reading_now",
    "utc_now",
]

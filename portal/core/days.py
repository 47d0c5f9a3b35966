"""Days that people write into a form or that an address names: within what calendars hold."""

from datetime import date
from typing import Any

from wtforms import DateField

from portal.core.errors import BadRequest
from portal.core.languages import _

FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2199, 12, 31)
"""Beyond these, adding a week or asking for a time zone may leave the calendar."""


class Day(DateField):
    """A day; one that no calendar here holds is sent back as it was typed."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Take the day; raises ValueError with a sentence for the field."""
        super().process_formdata(valuelist)
        if self.data is not None and not FIRST_DAY <= self.data <= LAST_DAY:
            self.data = None
            raise ValueError(_("Please pick a day between the years 1900 and 2199."))


def day_named(text: str | None) -> date | None:
    """The day that an address names, or None without one; BadRequest for anything else."""
    try:
        day = date.fromisoformat(text) if text else None
    except ValueError as problem:
        raise BadRequest from problem
    if day is not None and not FIRST_DAY <= day <= LAST_DAY:
        raise BadRequest
    return day


__all__ = ["FIRST_DAY", "LAST_DAY", "Day", "day_named"]

"""Forms of meetings: a time and a place; a line to keep."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from wtforms import DateField, TimeField
from wtforms.validators import InputRequired

from portal.core.clock import at_local
from portal.core.forms import Line, PortalForm, at_most, needed
from portal.core.languages import _
from portal.meetings.shapes import Offer


class TimeForm(PortalForm):
    """A day, a time, and a place or a link."""

    on = DateField(_("Day"), validators=[InputRequired(_("Please pick a day."))])
    clock = TimeField(_("Time"), validators=[InputRequired(_("Please pick a time."))])
    venue = Line(_("Place or link"), validators=[at_most(300)])

    def __init__(self, *args: Any, zone: ZoneInfo, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.zone = zone

    def to_body(self) -> Offer:
        """The offer, as an instant in the person's own time zone."""
        starts_at: datetime = at_local(self.on.data, self.clock.data, self.zone)
        return Offer(starts_at, self.venue.data)


class LineForm(PortalForm):
    """A line for the meeting's list."""

    line = Line(_("Keep something for the meeting"), validators=[needed(), at_most(300)])

    def to_body(self) -> str:
        """The line as typed."""
        line: str = self.line.data
        return line

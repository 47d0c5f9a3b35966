"""Forms of meetings: a time and a place; a line to keep."""

from datetime import date, datetime, time
from typing import Any, cast
from zoneinfo import ZoneInfo

from wtforms import TimeField
from wtforms.validators import InputRequired

from portal.core.clock import at_local
from portal.core.days import Day
from portal.core.forms import Line, PortalForm, at_most, needed
from portal.core.languages import _
from portal.meetings.shapes import Offer


class TimeForm(PortalForm):
    """A day, a time, and a place or a link."""

    on = Day(_("Day"), validators=[InputRequired(_("Please pick a day."))])
    clock = TimeField(_("Time"), validators=[InputRequired(_("Please pick a time."))])
    venue = Line(_("Place or link"), validators=[at_most(300)])

    def __init__(self, *args: Any, zone: ZoneInfo, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.zone = zone

    def start_from(self, asked_at: datetime, place: str) -> None:
        """Begin with the time and place as they are; words of a sent or kept form stay."""
        if self.was_kept or self.is_submitted():
            return
        local = asked_at.astimezone(self.zone)
        self.on.data, self.clock.data, self.venue.data = local.date(), local.time(), place

    def to_body(self) -> Offer:
        """The offer, as an instant in the person's own time zone."""
        on, clock = cast("date", self.on.data), cast("time", self.clock.data)
        return Offer(at_local(on, clock, self.zone), self.venue.data or "")


class LineForm(PortalForm):
    """A line for the meeting's list."""

    line = Line(_("Keep something for the meeting"), validators=[needed(), at_most(300)])

    def to_body(self) -> str:
        """The line as typed."""
        return self.line.data or ""

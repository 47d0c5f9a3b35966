"""Forms of a worker's time: the week, days away, how many people, a phrase."""

from collections.abc import Iterator
from datetime import date, time
from typing import ClassVar, cast

from wtforms import DateField, Field, IntegerField, TimeField
from wtforms.validators import InputRequired, NumberRange, Optional

from portal.core.clock import Window
from portal.core.errors import FieldError
from portal.core.forms import Line, PortalForm, Words, at_most, needed
from portal.core.languages import _
from portal.hours.shapes import NewAbsence, PhraseBody, WeekBody

DAYS = range(7)
KINDS = ("working", "reading")
ENDS = ("from", "until")


class WeekForm(PortalForm):
    """For each weekday: from when until when one works, and reads. Empty means not at all."""

    draft_place: ClassVar[str] = "hours:week"

    def field_of(self, kind: str, day: int, end: str) -> Field:
        """The field for one end of one span."""
        found: Field = self[f"{kind}_{day}_{end}"]
        return found

    def to_body(self) -> WeekBody:
        """The week; FieldError for a span that has only one end, or ends before it begins."""
        working, reading = (tuple(self._spans(kind)) for kind in KINDS)
        return WeekBody(working, reading)

    def _spans(self, kind: str) -> Iterator[Window]:
        for day in DAYS:
            start, end = (self.field_of(kind, day, each).data for each in ENDS)
            if start is None and end is None:
                continue
            if start is None or end is None:
                missing = "from" if start is None else "until"
                raise FieldError(f"{kind}_{day}_{missing}", _("Please write both times, or none."))
            if start >= end:
                raise FieldError(f"{kind}_{day}_until", _("This is before the start."))
            yield Window(day, start, end)


for _day in DAYS:
    for _kind in KINDS:
        for _end, _label in zip(ENDS, (_("From"), _("Until")), strict=True):
            setattr(WeekForm, f"{_kind}_{_day}_{_end}", TimeField(_label, validators=[Optional()]))


def times_of(week: WeekBody) -> dict[str, time]:
    """A week as the form's own values. Where a day has several spans, the first."""
    values: dict[str, time] = {}
    for kind, spans in zip(KINDS, week, strict=True):
        for span in sorted(spans, reverse=True):
            values[f"{kind}_{span.weekday}_from"] = span.start
            values[f"{kind}_{span.weekday}_until"] = span.end
    return values


class AbsenceForm(PortalForm):
    """Days away and a line about them."""

    from_on = DateField(_("First day away"), validators=[InputRequired(_("Please pick a day."))])
    until_on = DateField(_("Last day away"), validators=[InputRequired(_("Please pick a day."))])
    note = Line(_("A line for the people you work with"), validators=[at_most(200)])

    def to_body(self) -> NewAbsence:
        """The new absence."""
        from_on, until_on = cast("date", self.from_on.data), cast("date", self.until_on.data)
        return NewAbsence(from_on, until_on, self.note.data or "")


class RoomForm(PortalForm):
    """How many people one takes on."""

    cap = IntegerField(
        _("At most so many people"),
        validators=[
            InputRequired(_("Please write a number.")),
            NumberRange(0, 500, _("Please choose a number from 0 to 500.")),
        ],
    )

    def to_body(self) -> int:
        """The number."""
        return self.cap.data or 0


class PhraseForm(PortalForm):
    """A phrase of one's own."""

    text = Words(_("A new phrase"), validators=[needed(), at_most(500)])

    def to_body(self) -> PhraseBody:
        """The phrase."""
        return PhraseBody(self.text.data or "")

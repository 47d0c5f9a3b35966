"""Forms of a worker's time: the week, days away, how many people, a phrase."""

from datetime import date
from typing import Any, ClassVar, cast

from wtforms import IntegerField
from wtforms.validators import InputRequired, ValidationError

from portal.core.days import Day
from portal.core.forms import Line, PortalForm, Words, at_most, needed
from portal.core.languages import _
from portal.core.spans import Spans, day_fields, span_values
from portal.hours.shapes import NewAbsence, PhraseBody, WeekBody

KINDS = ("working", "reading")
MOST_PEOPLE = 500


class WeekForm(Spans, PortalForm):
    """On which days and when one works, and reads. No day means not at all."""

    draft_place: ClassVar[str] = "hours:week"

    def to_body(self) -> WeekBody:
        """The week; FieldError for a time that has only one end, or ends before it begins."""
        return WeekBody(self.spans("working"), self.spans("reading"))


for _kind in KINDS:
    for _name, _field in day_fields(_kind).items():
        setattr(WeekForm, _name, _field)


def times_of(week: WeekBody) -> dict[str, Any]:
    """A week as the form's own values. Where a day has several spans, the first."""
    return span_values("working", week.working) | span_values("reading", week.reading)


class AbsenceForm(PortalForm):
    """Days away and a line about them."""

    from_on = Day(_("First day away"), validators=[InputRequired(_("Please pick a day."))])
    until_on = Day(_("Last day away"), validators=[InputRequired(_("Please pick a day."))])
    note = Line(_("A line for the people you work with"), validators=[at_most(200)])

    def to_body(self) -> NewAbsence:
        """The new absence."""
        from_on, until_on = cast("date", self.from_on.data), cast("date", self.until_on.data)
        return NewAbsence(from_on, until_on, self.note.data or "")


def _is_in_range(_form: Any, field: IntegerField) -> None:
    """A number from 0 to 500; WTForms' own check stops at one of 400 digits."""
    if field.data is None or not 0 <= field.data <= MOST_PEOPLE:
        raise ValidationError(str(_("Please choose a number from 0 to 500.")))


class RoomForm(PortalForm):
    """How many people one takes on."""

    cap = IntegerField(
        _("At most so many people"),
        validators=[InputRequired(_("Please write a number.")), _is_in_range],
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

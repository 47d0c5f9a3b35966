"""Days and their times in a form: some days, the same time on each, other times where needed.

A form that asks for them has this class among its bases and the fields of ``day_fields``. Their
names begin with what the times are for: ``reading_days``, ``reading_from``, ``reading_until``, and
for other times on single days ``reading_0_from`` to ``reading_6_until``.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import time
from typing import Any, ClassVar

from wtforms import Field, SelectMultipleField, TimeField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # older stubs
from wtforms.validators import InputRequired, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from portal.core.clock import Window
from portal.core.errors import FieldError
from portal.core.languages import _

DAYS = range(7)
ENDS = ("from", "until")
WEEKDAYS = (
    _("Monday"),
    _("Tuesday"),
    _("Wednesday"),
    _("Thursday"),
    _("Friday"),
    _("Saturday"),
    _("Sunday"),
)


class Spans:
    """The base of a form with days and times; gives them as windows."""

    _fields: ClassVar[dict[str, Field]]

    def span_field(self, kind: str, end: str, day: int | None = None) -> Field:
        """The field for one end: of every day, or of one day's own time."""
        return self._fields[f"{kind}_{end}" if day is None else f"{kind}_{day}_{end}"]

    def has_own_times(self, kind: str) -> bool:
        """Whether some day has a time of its own, or a mistake in it; then it is not folded."""
        fields = (self.span_field(kind, end, day) for day in DAYS for end in ENDS)
        return any(field.data or field.errors for field in fields)

    def spans(self, kind: str) -> tuple[Window, ...]:
        """The windows, earliest in the week first. Raises FieldError where they make no sense."""
        picked = self._fields[f"{kind}_days"].data or []
        stray = [day for day in DAYS if day not in picked and any(self._own(kind, day))]
        if stray:
            raise FieldError(
                f"{kind}_{stray[0]}_from",
                _("Pick this day above too, or leave its times empty."),
            )
        return tuple(self._span(kind, day) for day in sorted(picked))

    def _span(self, kind: str, day: int) -> Window:
        own = self._own(kind, day)
        where = f"{kind}_{day}" if any(own) else kind
        start, end = own if any(own) else self._times(kind, None)
        if start is None or end is None:
            missing = "from" if start is None else "until"
            raise FieldError(f"{where}_{missing}", _("Please pick both times."))
        if start >= end:
            raise FieldError(f"{where}_until", _("This should end after it begins."))
        return Window(day, start, end)

    def _own(self, kind: str, day: int) -> tuple[time | None, time | None]:
        return self._times(kind, day)

    def _times(self, kind: str, day: int | None) -> tuple[time | None, time | None]:
        start, end = (self.span_field(kind, each, day).data for each in ENDS)
        return start, end


def day_fields(kind: str, *, needed: str = "") -> dict[str, Any]:
    """The fields for one kind of times; ``needed`` says what to do when no day is picked."""
    days = SelectMultipleField(
        _("Days"),
        choices=[SelectChoice(day, name) for day, name in enumerate(WEEKDAYS)],
        coerce=int,
        widget=ListWidget(),
        option_widget=CheckboxInput(),
        validators=[InputRequired(needed)] if needed else [Optional()],
    )
    return {f"{kind}_days": days} | dict(_times_of(kind))


def span_values(kind: str, windows: Sequence[Window]) -> dict[str, Any]:
    """Windows as the fields show them: the time most of them share, and the others by themselves.

    Where a day has several windows, the first.
    """
    first = {window.weekday: window for window in sorted(windows, reverse=True)}
    values: dict[str, Any] = {f"{kind}_days": sorted(first)}
    usual = _usual(first[day] for day in sorted(first))
    if usual is None:
        return values
    values |= dict(zip((f"{kind}_from", f"{kind}_until"), usual, strict=True))
    for day, window in first.items():
        if (window.start, window.end) != usual:
            values |= {f"{kind}_{day}_from": window.start, f"{kind}_{day}_until": window.end}
    return values


def _usual(windows: Iterable[Window]) -> tuple[time, time] | None:
    counted = Counter((window.start, window.end) for window in windows)
    return counted.most_common(1)[0][0] if counted else None


def _times_of(kind: str) -> Iterator[tuple[str, Any]]:
    labels = dict(zip(ENDS, (_("From"), _("Until")), strict=True))
    for prefix in (kind, *(f"{kind}_{day}" for day in DAYS)):
        for end, label in labels.items():
            yield f"{prefix}_{end}", TimeField(label, validators=[Optional()])

"""What a chart says in words: its description, and the table beside it."""

from collections.abc import Sequence
from datetime import date
from functools import partial
from itertools import groupby

from portal.core.dates import Local, names_of
from portal.core.languages import _
from portal.core.sheet import Grid
from portal.toolbox.charts.shapes import DAY, Span, Value


def description(values: Sequence[Value], span: Span, local: Local) -> str:
    """What the drawing shows, for who does not see it: the days, the first and the last word."""
    days = local.span(span.first, span.last)
    if not values:
        return str(_("%(days)s. Nothing is written here for these days.")) % {"days": days}
    said = {
        "days": days,
        "first": values[0].text,
        "from": local.plain_day(values[0].on),
        "last": values[-1].text,
        "to": local.plain_day(values[-1].on),
    }
    words = _("%(days)s. On %(from)s: %(first)s. On %(to)s: %(last)s. The table says all of it.")
    return str(words) % said


def table_of(
    title: str,
    values: Sequence[Value],
    happened: Sequence[tuple[str, date, str]],
    span: Span,
    local: Local,
    *,
    by_week: bool,
) -> Grid:
    """A row a day, or a row a week where there are many days; only what is there.

    What happened is there by its letter, as in the drawing: its words stand once for all charts.
    """
    rows: dict[date, list[str]] = {}
    for on, same_day in groupby(values, key=lambda value: value.on):
        text = ", ".join(value.text for value in same_day)
        said = f"{_weekday(on, local)} {text}" if by_week else text
        rows.setdefault(_row_of(on, by_week=by_week), []).append(said)
    for letter, on, _text in happened:
        said = f"{_weekday(on, local)} {letter}" if by_week else letter
        rows.setdefault(_row_of(on, by_week=by_week), []).append(said)
    heads = (str(_("Week")) if by_week else str(_("Day")), str(_("What I said")))
    label = partial(_week, local=local, span=span) if by_week else local.short_day
    return Grid(title, heads, tuple((label(on), " · ".join(rows[on])) for on in sorted(rows)))


def _row_of(on: date, *, by_week: bool) -> date:
    return on - on.weekday() * DAY if by_week else on


def _week(monday: date, *, local: Local, span: Span) -> str:
    return local.span(max(monday, span.first), min(monday + 6 * DAY, span.last))


def _weekday(on: date, local: Local) -> str:
    return names_of(local.language).short_weekdays[on.weekday()]

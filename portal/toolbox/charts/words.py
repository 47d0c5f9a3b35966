"""What a chart says in words: its description, and the table beside it."""

from collections.abc import Sequence
from datetime import date
from itertools import groupby

from portal.core.dates import Local, names_of
from portal.core.languages import _
from portal.core.sheet import Grid
from portal.toolbox.charts.shapes import DAY, Scale, Span, Value


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
) -> Grid:
    """A row a day, or a row a week where the span is long; only what is there."""
    is_daily = span.scale is Scale.DAYS
    said: dict[date, list[str]] = {}
    for on, same_day in groupby(values, key=lambda value: value.on):
        text = ", ".join(value.text for value in same_day)
        said.setdefault(_row_of(on, span), []).append(
            text if is_daily else f"{_weekday(on, local)} {text}"
        )
    events: dict[date, list[str]] = {}
    for letter, on, text in happened:
        events.setdefault(_row_of(on, span), []).append(f"{letter}: {text}")
    rows = []
    for start in sorted({*said, *events}):
        label = local.short_day(start) if is_daily else local.span(start, start + 6 * DAY)
        cells = [label, " · ".join(said.get(start, ()))]
        rows.append((*cells, ", ".join(events.get(start, ()))) if events else tuple(cells))
    heads = [str(_("Day")) if is_daily else str(_("Week")), str(_("What I said"))]
    if events:
        heads.append(str(_("What happened")))
    return Grid(title, tuple(heads), tuple(rows))


def _row_of(on: date, span: Span) -> date:
    return on if span.scale is Scale.DAYS else on - on.weekday() * DAY


def _weekday(on: date, local: Local) -> str:
    return names_of(local.language).short_weekdays[on.weekday()]

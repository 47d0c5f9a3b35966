"""Which days a chart shows."""

from collections.abc import Iterator
from datetime import date

from portal.toolbox.charts.shapes import DAY, WEEK, Scale, Span


def span_until(scale: Scale, last: date) -> Span:
    """The usual span of a scale that holds ``last`` and ends with its day, week or month."""
    if scale is Scale.DAYS:
        return Span(scale, last - 13 * DAY, last)
    if scale is Scale.WEEKS:
        monday = last - last.weekday() * DAY
        return Span(scale, monday - 11 * WEEK, monday + 6 * DAY)
    begin = _month_after(last, -11)
    return Span(scale, begin, _month_after(last, 1) - DAY)


def span_over(first: date, last: date) -> Span:
    """A span for everything between two days, in the scale that fits."""
    days = (last - first).days
    if days < span_until(Scale.DAYS, last).days:
        return span_until(Scale.DAYS, last)
    if days < span_until(Scale.WEEKS, last).days - 7:
        return span_until(Scale.WEEKS, last)
    return Span(Scale.MONTHS, _month_after(first, 0), _month_after(last, 1) - DAY)


def days_of(span: Span) -> Iterator[date]:
    """Every day of a span, in order."""
    return (span.first + number * DAY for number in range(span.days))


def _month_after(on: date, months: int) -> date:
    number = on.year * 12 + on.month - 1 + months
    return date(number // 12, number % 12 + 1, 1)

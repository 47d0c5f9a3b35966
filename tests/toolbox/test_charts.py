"""Charts: every dot inside its frame, in the order of time, and no line across a gap."""

import itertools
import re
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.core.dates import Local
from portal.core.drawing import Label, Trace
from portal.toolbox import charts
from portal.toolbox.charts.chart import frame_for, place_of, runs_of

LAST = date(2026, 11, 22)
LOCAL = Local(ZoneInfo("Europe/Oslo"), "en", datetime(2026, 11, 22, 12, tzinfo=UTC))
SEVEN = charts.seven_axis("very hard now", "good as it is")
WORDS = charts.words_axis(("not at all", "a little", "in between", "quite", "very"))

DAYS = st.dates(LAST - timedelta(days=800), LAST + timedelta(days=10))
CLOCKS = st.none() | st.times()
VALUES = st.lists(
    st.builds(charts.Value, on=DAYS, y=st.floats(-5, 40), text=st.just("x"), clock=CLOCKS),
    max_size=60,
)
SPANS = st.builds(charts.span_until, st.sampled_from(charts.Scale), DAYS) | st.builds(
    lambda one, other: charts.span_over(min(one, other), max(one, other)), DAYS, DAYS
)


def value(day: int, y: float = 4, text: str = "4", clock: time | None = None) -> charts.Value:
    """A value so many days before the last one."""
    return charts.Value(LAST - timedelta(days=day), y, text, clock)


def pictured(values: list[charts.Value], scale: charts.Scale = charts.Scale.DAYS) -> charts.Chart:
    """A chart of some values from 1 to 7, until the last day."""
    span = charts.span_until(scale, LAST)
    return charts.draw_chart("Energy", values, axis=SEVEN, span=span, local=LOCAL)


def numbers(chart: charts.Chart, *, is_round: bool) -> list[list[tuple[float, float]]]:
    """Where the drawing's paths go: each path a list of places."""
    traces = [p for p in chart.drawing.parts if isinstance(p, Trace) and p.is_round is is_round]
    paths = [path for trace in traces for path in trace.d.split("M")[1:]]
    found = [re.findall(r"(-?[\d.]+) (-?[\d.]+)", path) for path in paths]
    return [[(float(x), float(y)) for x, y in path] for path in found]


@given(VALUES, SPANS, st.booleans())
def test_every_dot_stands_whole_inside_the_frame(
    values: list[charts.Value], span: charts.Span, wide: bool
) -> None:
    frame = frame_for(SEVEN, wide=wide, dense=False, marked=False)
    for each in values:
        if span.has(each.on):
            x, y = place_of(each, SEVEN, span, frame)
            assert frame.left <= x - frame.dot + 0.01
            assert x + frame.dot <= frame.right + 0.01
            assert frame.top <= y - frame.dot
            assert y + frame.dot <= frame.bottom


@given(VALUES, SPANS)
def test_dots_stand_in_the_order_of_time_one_for_each_value(
    values: list[charts.Value], span: charts.Span
) -> None:
    chart = charts.draw_chart("Energy", values, axis=WORDS, span=span, local=LOCAL)
    dots = [path[0] for path in numbers(chart, is_round=True)]
    assert len(dots) == sum(span.has(each.on) for each in values)
    assert [x for x, _y in dots] == sorted(x for x, _y in dots)


@given(VALUES)
def test_a_gap_is_never_bridged(values: list[charts.Value]) -> None:
    runs = runs_of(sorted(values, key=lambda each: each.on))
    assert sum(len(run) for run in runs) == len(values)
    for run in runs:
        steps = [after.on - before.on for before, after in itertools.pairwise(run)]
        assert all(step <= timedelta(days=1) for step in steps)
    for run, after in itertools.pairwise(runs):
        assert after[0].on - run[-1].on > timedelta(days=1)


def test_lines_join_neighbours_only() -> None:
    chart = pictured([value(0), value(1), value(3), value(6), value(7)])
    assert [len(path) for path in numbers(chart, is_round=False)] == [2, 2]
    assert len(numbers(chart, is_round=True)) == 5


@given(VALUES, SPANS)
def test_everything_drawn_is_said_in_the_table(
    values: list[charts.Value], span: charts.Span
) -> None:
    chart = charts.draw_chart("Energy", values, axis=SEVEN, span=span, local=LOCAL)
    said = " ".join(cells[1] for cells in chart.table.rows)
    assert said.count("x") == sum(span.has(each.on) for each in values)
    assert all(len(cells) == len(chart.table.heads) for cells in chart.table.rows)


@given(DAYS)
def test_spans_hold_their_last_day_and_follow_each_other(on: date) -> None:
    for scale in charts.Scale:
        span = charts.span_until(scale, on)
        assert span.has(on)
        assert charts.span_until(scale, span.earlier).last == span.earlier


@given(DAYS, DAYS)
def test_a_span_over_two_days_holds_both(one: date, other: date) -> None:
    span = charts.span_over(min(one, other), max(one, other))
    assert span.has(one)
    assert span.has(other)


def test_what_happened_has_a_letter_in_the_drawing_and_in_the_table() -> None:
    span = charts.span_until(charts.Scale.WEEKS, LAST)
    moved = charts.Marker(LAST - timedelta(days=20), "Moved house")
    chart = charts.draw_chart(
        "Energy", [value(0)], axis=SEVEN, span=span, local=LOCAL, markers=[moved]
    )
    assert chart.happened == (("A", moved.on, "Moved house"),)
    assert any(isinstance(part, Label) and part.text == "A" for part in chart.drawing.parts)
    assert chart.table.rows[0] == ("2–8 November", "Mon A")


def test_the_axis_speaks_the_owners_words_shortened_where_they_are_long() -> None:
    long = "as good as I can remember it"
    span = charts.span_until(charts.Scale.DAYS, LAST)
    axis = charts.words_axis(("bad", long))
    chart = charts.draw_chart("Sleep", [value(0, 2, long)], axis=axis, span=span, local=LOCAL)
    texts = [part.text for part in chart.drawing.parts if isinstance(part, Label)]
    assert texts[:2] == ["bad", "as good as I ca…"]
    assert chart.table.rows == (("Sun 22 Nov", long),)


@pytest.mark.parametrize(("hours", "top"), [((), 8), ((3, 7.5), 8), ((9,), 10), ((13, 20), 20)])
def test_hours_reach_as_far_as_they_were(hours: tuple[float, ...], top: int) -> None:
    axis = charts.hours_axis([value(0, each) for each in hours])
    assert (axis.low, axis.high) == (0, top)


def test_an_empty_chart_says_so() -> None:
    chart = pictured([])
    assert chart.is_empty
    assert "Nothing is written here" in chart.drawing.desc


def test_a_year_of_days_is_small_and_in_weeks() -> None:
    chart = pictured([value(day, day % 7 + 1) for day in range(366)], charts.Scale.MONTHS)
    paths = sum(len(part.d) for part in chart.drawing.parts if isinstance(part, Trace))
    assert paths < 12_000
    assert 50 <= len(chart.table.rows) <= 54


@given(VALUES, SPANS)
def test_a_small_chart_is_narrow_and_low_and_holds_its_dots(
    values: list[charts.Value], span: charts.Span
) -> None:
    chart = charts.draw_chart(
        "Energy",
        values,
        axis=charts.sparse_seven_axis(),
        span=span,
        local=LOCAL,
        is_small=True,
    )
    assert not chart.is_wide
    assert (chart.drawing.width, chart.drawing.height) == (320, 120)
    dots = [path[0] for path in numbers(chart, is_round=True)]
    assert len(dots) == sum(span.has(each.on) for each in values)
    assert all(0 < x < 320 and 12 <= y <= 90 for x, y in dots)
    labels = [p.text for p in chart.drawing.parts if isinstance(p, Label)]
    assert labels[:3] == ["1", "4", "7"]

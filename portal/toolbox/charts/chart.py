"""Drawing a chart: where each dot stands, what joins neighbours, what stands beside the frame."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, time
from itertools import pairwise

from portal.core.dates import Local, names_of
from portal.core.drawing import Drawing, Label, Line, Trace
from portal.toolbox.charts.shapes import DAY, Axis, Chart, Frame, Marker, Scale, Span, Value
from portal.toolbox.charts.spans import days_of
from portal.toolbox.charts.words import description, table_of

NOON = time(12)
LETTER = 6.6  # how wide a letter of a label is, about
LEAST, LOW = 104.0, 78.0  # how high a frame is at least: any, and a small one
LONGEST = 16  # letters of a word beside the frame; the table has all of it


def draw_chart(
    title: str,
    values: Iterable[Value],
    *,
    axis: Axis,
    span: Span,
    local: Local,
    markers: Iterable[Marker] = (),
    for_paper: bool = False,
    is_small: bool = False,
) -> Chart:
    """A chart of the values within a span. ``local``: whose dates they are, in which language.

    ``is_small``: narrow and low whatever the span, to stand beside words on paper.
    """
    found = sorted((v for v in values if span.has(v.on)), key=lambda v: (v.on, v.clock or NOON))
    marked = sorted((m for m in markers if span.has(m.on)), key=lambda m: m.on)
    happened = tuple((_letter(at), m.on, m.text) for at, m in enumerate(marked))
    wide = not is_small and (for_paper or span.scale is not Scale.DAYS)
    dense = span.days > 100
    frame = frame_for(axis, wide=wide, dense=dense, marked=bool(marked), is_small=is_small)
    if wide:
        frame = _axis_at_the_right(frame)
    width, height = width_of(wide=wide, is_small=is_small), frame.bottom + 30
    parts = (
        *_axis_parts(axis, frame),
        *_day_parts(span, frame, local, wide=wide),
        *_marker_parts(happened, span, frame),
        *_dot_parts(found, axis, span, frame),
    )
    drawing = Drawing(width, height, title, description(found, span, local), parts)
    table = table_of(title, found, happened, span, local, by_week=wide)
    return Chart(drawing, table, happened, is_wide=wide)


def frame_for(
    axis: Axis, *, wide: bool, dense: bool, marked: bool, is_small: bool = False
) -> Frame:
    """The frame of a chart: room for the axis on its left, for its legend and letters above."""
    letters = max(len(_short(text)) for _place, text in axis.ticks)
    top = 12 + 22 * bool(axis.legend) + 18 * marked
    gap = 26 if len(axis.ticks) > 5 else 34
    height = max(LOW if is_small else LEAST, gap * (len(axis.ticks) - 1))
    width = width_of(wide=wide, is_small=is_small)
    return Frame(14 + letters * LETTER, width - 10, top, top + height, 2.6 if dense else 4.5)


def width_of(*, wide: bool, is_small: bool = False) -> float:
    """How wide a drawing is: on a narrow one the same type is larger beside the words."""
    return 720 if wide else 320 if is_small else 360


def _axis_at_the_right(frame: Frame) -> Frame:
    """The same frame, mirrored: room for the axis on its right."""
    moved = frame.left - 10
    return replace(frame, left=10, right=frame.right - moved, labels="right")


def place_of(value: Value, axis: Axis, span: Span, frame: Frame) -> tuple[float, float]:
    """Where the dot of a value stands."""
    reach = axis.high - axis.low or 1
    share = (min(max(value.y, axis.low), axis.high) - axis.low) / reach
    inner = frame.bottom - frame.top - 4 * frame.dot
    return _x(value.on, value.clock, span, frame), frame.bottom - 2 * frame.dot - share * inner


def runs_of(values: Sequence[Value]) -> list[list[Value]]:
    """Values in order, parted wherever a day or more lies without any."""
    runs: list[list[Value]] = [[values[0]]] if values else []
    for before, after in pairwise(values):
        if after.on - before.on > DAY:
            runs.append([])
        runs[-1].append(after)
    return runs


def _x(on: date, clock: time | None, span: Span, frame: Frame) -> float:
    at = clock or NOON
    share = (on - span.first).days + (at.hour * 60 + at.minute) / 1440
    inner = frame.right - frame.left - 2 * frame.dot
    return frame.left + frame.dot + share / span.days * inner


def _axis_parts(axis: Axis, frame: Frame) -> Iterable[Line | Label]:
    if axis.legend:
        x, anchor = (frame.left, "start") if frame.labels == "left" else (718, "end")
        yield Label(x, 16, axis.legend, 13, anchor, "soft")
    span = Span(Scale.DAYS, date.min, date.min)
    for place, text in axis.ticks:
        _unused, y = place_of(Value(date.min, place, text), axis, span, frame)
        yield Line(frame.left, round(y, 1), frame.right, round(y, 1), "sage", 1)
        x, anchor = (
            (frame.left - 7, "end") if frame.labels == "left" else (frame.right + 7, "start")
        )
        yield Label(x, round(y + 4.5, 1), _short(text), 13, anchor)


def _day_parts(span: Span, frame: Frame, local: Local, *, wide: bool) -> Iterable[Line | Label]:
    yield Line(frame.left, frame.bottom, frame.right, frame.bottom, "line", 1)
    for on, text in _day_marks(span, local, wide=wide):
        at = time(0) if span.scale is Scale.MONTHS else NOON
        x = round(_x(on, at, span, frame), 1)
        yield Line(x, frame.bottom, x, frame.bottom + 5, "line", 1)
        anchor = "start" if span.scale is Scale.MONTHS else "middle"
        yield Label(x, frame.bottom + 21, text, 13, anchor, "soft")


def _day_marks(span: Span, local: Local, *, wide: bool) -> Iterable[tuple[date, str]]:
    names = names_of(local.language)
    if span.scale is Scale.MONTHS:
        months = [each for each in days_of(span) if each.day == 1]
        step = 1 if len(months) <= 12 else math.ceil(len(months) / 7)
        for each in months[::step]:
            year = f" {each.year}" if len(months) > 12 else ""
            yield each, names.short_months[each.month] + year
        return
    step = 14 if span.scale is Scale.WEEKS else 2 if wide else 3
    before = 0
    for each in list(days_of(span))[::step]:
        month = f" {names.short_months[each.month]}" if each.month != before or wide else ""
        yield each, f"{each.day}{names.after_day}{month}"
        before = each.month


def _marker_parts(
    happened: Iterable[tuple[str, date, str]], span: Span, frame: Frame
) -> Iterable[Line | Label]:
    for letter, on, _text in happened:
        x = round(_x(on, None, span, frame), 1)
        yield Line(x, frame.top, x, frame.bottom, "soft", 1, dash=True)
        yield Label(x, frame.top - 4, letter, 13, is_strong=True)


def _dot_parts(values: Sequence[Value], axis: Axis, span: Span, frame: Frame) -> Iterable[Trace]:
    lines, dots = [], []
    for run in runs_of(values):
        places = [_rounded(place_of(value, axis, span, frame)) for value in run]
        if len(places) > 1:
            lines.append("M" + "L".join(places))
        dots += [f"M{place}h.01" for place in places]
    if lines:
        yield Trace("".join(lines), ink="strong", width=1)
    if dots:
        yield Trace("".join(dots), ink="strong", width=2 * frame.dot, is_round=True)


def _rounded(place: tuple[float, float]) -> str:
    return " ".join(f"{round(each, 1):g}" for each in place)


def _short(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1].rstrip()}…"


def _letter(number: int) -> str:
    return chr(ord("A") + number % 26) + (str(number // 26) if number >= 26 else "")

"""Reading check-ins: some days for the charts, a page of days for the list."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, and_, or_

from portal.access.service import visible
from portal.check_ins import rules
from portal.check_ins.models import CheckIn
from portal.check_ins.service.setup import setup_of
from portal.check_ins.shapes.bodies import CheckInBody, Item, Kind, SetupBody
from portal.check_ins.shapes.pages import (
    AskPage,
    CheckInsPage,
    DayLine,
    DaysPage,
    Entry,
    ItemView,
    Said,
)
from portal.core.clock import local_day
from portal.core.dates import Local
from portal.core.db import db
from portal.core.errors import BadRequest
from portal.meetings.shapes import KeptFrom
from portal.toolbox import service as toolbox
from portal.toolbox.charts import Scale, Span, draw_chart, span_until
from portal.vault.models import Part
from portal.vault.viewer import Viewer

PAGE = 30
LATELY = 20


def check_ins_page(
    viewer: Viewer, scale: Scale, until: date | None, only: UUID | None = None
) -> CheckInsPage:
    """The viewer's charts for some days, up to today or up to a day before; or ``only`` one."""
    today = local_day(viewer.now, viewer.zone)
    around = toolbox.people_around(viewer, Part.CHECK_INS)
    people = toolbox.with_copies(viewer, around, KeptFrom.CHECK_INS)
    setup = setup_of(viewer)
    span = span_until(scale, min(until or today, today))
    entries = entries_in(viewer, span)
    later = min(span.last + timedelta(days=span.days), today)
    items = [item for item in setup.items if only in (None, item.id)]
    views = views_of(viewer, items, entries, span)
    shown = tuple(v for v in views if not v.item.is_stopped or v.said or _has_dots(v))
    return CheckInsPage(
        setup=setup,
        people=people,
        span=span,
        later=later if span.last < today else None,
        views=shown,
        good=tuple(Said(e.id, e.on, e.body.good) for e in reversed(entries) if e.body.good),
        happened=happened_in(shown, entries),
        has_any=bool(entries),
        is_one=only is not None,
    )


def views_of(
    viewer: Viewer,
    items: Sequence[Item],
    entries: Sequence[Entry],
    span: Span,
    *,
    for_paper: bool = False,
    with_events: bool = True,
) -> tuple[ItemView, ...]:
    """Each thing over a span: a chart, or the words."""
    local = Local(viewer.zone, viewer.language, viewer.now)
    markers = rules.markers_of(entries) if with_events else []
    found = []
    for item in items:
        if item.kind is Kind.TEXT:
            found.append(ItemView(item, None, rules.said_of(item, entries)))
            continue
        values = rules.values_of(item, entries)
        chart = draw_chart(
            item.name,
            values,
            axis=rules.axis_of(item, values),
            span=span,
            local=local,
            markers=markers,
            for_paper=for_paper,
        )
        found.append(ItemView(item, chart, ()))
    return tuple(found)


def happened_in(
    views: Iterable[ItemView], entries: Iterable[Entry]
) -> tuple[tuple[str, date, str], ...]:
    """What happened meanwhile, once for all charts, with the letters that stand in them."""
    for view in views:
        if view.chart is not None:
            return view.chart.happened
    return tuple(("", marker.on, marker.text) for marker in rules.markers_of(entries))


def entries_in(viewer: Viewer, span: Span) -> list[Entry]:
    """The viewer's check-ins of some days, oldest day first, without those put away."""
    wanted = CheckIn.on_day.between(span.first, span.last)
    rows = toolbox.rows_of(viewer, CheckIn, viewer.person_id, wanted)
    entries = _entries(viewer, [row for row, _audience in rows])
    here = [entry for entry in entries if not entry.body.is_away]
    return sorted(here, key=lambda entry: (entry.on, entry.made_at))


def entry_with_items(viewer: Viewer, check_in_id: UUID) -> tuple[Entry, list[Item]]:
    """One of the viewer's check-ins, with what it answers and what is asked now; or NotVisible."""
    setup = setup_of(viewer)
    row, body, _audience = toolbox.own_row(viewer, CheckIn, check_in_id, CheckInBody)
    said = {answer.item_id for answer in body.answers}
    items = [item for item in setup.items if item.id in said or not item.is_stopped]
    return Entry(row.id, row.on_day, body, row.made_at), items


def ask_page(viewer: Viewer) -> AskPage:
    """What a check-in asks now, and for which things it asks whether to go on."""
    setup = setup_of(viewer)
    rows = toolbox.rows_of(viewer, CheckIn, viewer.person_id, most=LATELY)
    lately = _entries(viewer, [row for row, _audience in reversed(rows)])
    weary = tuple(item for item in setup.asked if rules.weary_of(item, lately))
    return AskPage(setup, local_day(viewer.now, viewer.zone), weary)


def days_page(viewer: Viewer, before: str | None) -> DaysPage:
    """A page of what the viewer wrote, newest day first."""
    setup = setup_of(viewer)
    rows = db.session.scalars(
        visible(CheckIn, viewer, viewer.person_id)
        .where(*_before(before))
        .order_by(CheckIn.on_day.desc(), CheckIn.id.desc())
        .limit(PAGE + 1)
    ).all()
    entries = _entries(viewer, rows[:PAGE])
    lines = [DayLine(entry, lines_of(setup, entry)) for entry in entries]
    last = entries[-1] if len(rows) > PAGE else None
    return DaysPage(
        days=tuple(line for line in lines if not line.entry.body.is_away),
        away=tuple(line for line in lines if line.entry.body.is_away),
        older=f"{last.on.isoformat()}.{last.id.hex}" if last else None,
    )


def lines_of(setup: SetupBody, entry: Entry) -> tuple[str, ...]:
    """What a check-in says, in the order of its questions."""
    said = [entry.body.good]
    for item in setup.items:
        answer = entry.body.answer(item.id)
        if answer is not None:
            said.append(f"{item.name}: {rules.in_words(item.kind, answer)}")
    return tuple(filter(None, [*said, entry.body.note, entry.body.happened]))


def _before(place: str | None) -> list[ColumnElement[bool]]:
    if not place:
        return []
    day, _dot, last = place.partition(".")
    try:
        on, last_id = date.fromisoformat(day), UUID(last)
    except ValueError as problem:
        raise BadRequest from problem
    return [or_(CheckIn.on_day < on, and_(CheckIn.on_day == on, CheckIn.id < last_id))]


def _entries(viewer: Viewer, rows: Iterable[CheckIn]) -> list[Entry]:
    return list(viewer.box.each(rows, lambda row: _entry(viewer, row)))


def _entry(viewer: Viewer, row: CheckIn) -> Entry:
    return Entry(row.id, row.on_day, viewer.box.open(row, CheckInBody), row.made_at)


def _has_dots(view: ItemView) -> bool:
    return view.chart is not None and not view.chart.is_empty

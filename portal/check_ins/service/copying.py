"""A dated copy for a meeting: the only way for a worker to see a check-in."""

from collections.abc import Iterable
from uuid import UUID

from portal.check_ins.service.reading import entries_in, happened_in, views_of
from portal.check_ins.service.setup import setup_of
from portal.check_ins.shapes.bodies import Item
from portal.check_ins.shapes.pages import (
    CopyChoice,
    CopyWish,
    Entry,
    ItemView,
    Said,
)
from portal.core.clock import local_day
from portal.core.dates import Local
from portal.core.languages import _
from portal.core.sheet import Block, Grid, Picture, Section, Sheet, Words
from portal.dyads.shapes import DyadCard
from portal.meetings.shapes import KeptFrom
from portal.toolbox import service as toolbox
from portal.toolbox.charts import Scale, span_until
from portal.toolbox.shapes import CopyPreview
from portal.vault.models import Part
from portal.vault.viewer import Viewer

GOOD, NOTES, HAPPENED = "good", "notes", "happened"
TITLE = _("My check-ins")


def choice_for(viewer: Viewer, dyad_id: UUID) -> CopyChoice:
    """What the viewer could take to the meeting of one of their pairs."""
    return CopyChoice(_dyad(viewer, dyad_id), setup_of(viewer))


def preview_for(viewer: Viewer, dyad_id: UUID, wish: CopyWish) -> CopyPreview:
    """Exactly the copy that would be taken along. Nothing has been yet."""
    dyad = _dyad(viewer, dyad_id)
    return toolbox.preview_copy(viewer, dyad, sheet_for(viewer, wish))


def take_copy(viewer: Viewer, dyad_id: UUID, wish: CopyWish, *, seen: str) -> None:
    """Take the copy that was seen to a pair's next meeting. Raises Conflict when it has changed."""
    copy = preview_for(viewer, dyad_id, wish)
    toolbox.take_copy(viewer, copy, source=KeptFrom.CHECK_INS, seen=seen)


def sheet_for(viewer: Viewer, wish: CopyWish | None = None) -> Sheet:
    """The picked things over the picked time, with charts and tables; else all of twelve weeks."""
    setup = setup_of(viewer)
    wish = wish or whole_wish(setup.items)
    today = local_day(viewer.now, viewer.zone)
    span = span_until(wish.scale, today)
    local = Local(viewer.zone, viewer.language, viewer.now)
    entries = entries_in(viewer, span)
    items = [item for item in setup.items if item.id.hex in wish.wanted]
    views = views_of(
        viewer, items, entries, span, for_paper=True, with_events=HAPPENED in wish.wanted
    )
    sections = [
        *_words(wish, GOOD, str(_("What was all right")), entries, local),
        *(_happened(views, entries, local) if HAPPENED in wish.wanted else ()),
        *(_section(view, local) for view in views),
        *_words(wish, NOTES, str(_("Notes")), entries, local),
    ]
    return Sheet(
        title=str(TITLE),
        name=viewer.name,
        on=today,
        sections=tuple(sections),
        lead=local.span(span.first, min(span.last, today)),
        foot=str(_("For our talk, not a test.")),
    )


def whole_wish(items: Iterable[Item]) -> CopyWish:
    """Everything, over twelve weeks: what the owner prints for themselves."""
    names = (GOOD, NOTES, HAPPENED, *(item.id.hex for item in items))
    return CopyWish(frozenset(names), Scale.WEEKS)


def _dyad(viewer: Viewer, dyad_id: UUID) -> DyadCard:
    return toolbox.dyad_to_meet(viewer, dyad_id, Part.CHECK_INS)


def _section(view: ItemView, local: Local) -> Section:
    blocks: tuple[Block, ...]
    if view.chart is None:
        blocks = (_grid(view.item.name, view.said, local),) if view.said else ()
    elif view.chart.is_empty:
        blocks = ()
    else:
        blocks = (Picture(view.chart.drawing), view.chart.table)
    nothing = Words(str(_("Nothing is written here for these days.")))
    return Section(view.item.name, blocks or (nothing,))


def _words(
    wish: CopyWish, name: str, title: str, entries: Iterable[Entry], local: Local
) -> list[Section]:
    texts = {GOOD: "good", NOTES: "note"}
    found = [(entry, getattr(entry.body, texts[name])) for entry in entries]
    said = tuple(Said(entry.id, entry.on, text) for entry, text in found if text)
    if name not in wish.wanted or not said:
        return []
    return [Section(title, (_grid(title, said, local),))]


def _happened(views: Iterable[ItemView], entries: Iterable[Entry], local: Local) -> list[Section]:
    found = happened_in(views, entries)
    rows = tuple(
        (local.short_day(on), f"{letter}: {text}" if letter else text) for letter, on, text in found
    )
    title = str(_("What happened"))
    heads = (str(_("Day")), str(_("What I said")))
    return [Section(title, (Grid(title, heads, rows),))] if rows else []


def _grid(title: str, said: Iterable[Said], local: Local) -> Grid:
    rows = tuple((local.short_day(each.on), each.text) for each in said)
    return Grid(title, (str(_("Day")), str(_("What I said"))), rows)

"""The page itself: what was picked, as a sheet for one side of A4."""

from collections.abc import Iterator

from portal.agreements.shapes import Entry
from portal.core.clock import local_day
from portal.core.dates import Local
from portal.core.languages import _
from portal.core.sheet import Block, Facts, Points, Section, Sheet, Words
from portal.core.typesetting import page_count
from portal.record.shapes import Offered, OfferedGoal, OfferedLine, RecordWish
from portal.vault.viewer import Viewer


def sheet_for(viewer: Viewer, offered: Offered, wish: RecordWish) -> Sheet:
    """Exactly the page that the viewer would approve today."""
    local = Local(viewer.zone, viewer.language, viewer.now)
    owner, worker = offered.dyad.owner_name, offered.dyad.worker_name
    today = local.whole_day(viewer.now)
    return Sheet(
        title=str(_("A page for the record")),
        name=owner,
        on=local_day(viewer.now, viewer.zone),
        lead=str(
            _(
                "%(owner)s approved this page on %(day)s, for the record that %(worker)s keeps. "
                "Nothing else from the portal was meant for it.",
                owner=owner,
                day=today,
                worker=worker,
            )
        ),
        sections=tuple(_sections(offered, wish, local)),
    )


def fits_one_page(viewer: Viewer, sheet: Sheet) -> bool:
    """Whether a page is no longer than one side of A4, as its PDF is set."""
    return page_count(sheet, language=viewer.language, of=line_under(viewer, sheet)) == 1


def line_under(viewer: Viewer, sheet: Sheet) -> str:
    """The line under a page's title: whose it is, and of which day."""
    local = Local(viewer.zone, viewer.language, viewer.now)
    day = local.whole_day(sheet.on)
    return str(_("%(name)s · %(day)s")) % {"name": sheet.name, "day": day}


def _sections(offered: Offered, wish: RecordWish, local: Local) -> Iterator[Section]:
    if wish.with_matters and offered.matters:
        yield Section(str(_("What matters to me")), (Words(offered.matters),))
    if wish.words:
        yield Section(str(_("In my own words")), (Words(wish.words),))
    for goal in offered.goals:
        if str(goal.id) in wish.goals:
            yield _goal(goal, wish)
    if life := _picked(offered.life, wish.life):
        rows = tuple((_dated(each, local), each.text) for each in life)
        yield Section(str(_("How it is")), (Facts(rows),))
    if kept := _picked(offered.kept, wish.kept):
        lines = tuple(each.text for each in kept)
        yield Section(str(_("On our list for the meeting")), (Points(lines),))
    if wish.with_agreement and offered.agreement:
        since = local.whole_day(offered.agreement.line.accepted_at)
        rows = tuple(row for entry in offered.agreement.entries for row in _agreed(entry))
        note = str(_("Agreed on %(day)s.", day=since))
        yield Section(str(_("How we use the portal")), (Facts(rows),), note)


def _goal(goal: OfferedGoal, wish: RecordWish) -> Section:
    blocks: list[Block] = []
    if goal.why and str(goal.id) in wish.whys:
        blocks.append(Words(goal.why))
    if goal.pieces and str(goal.id) in wish.pieces:
        blocks.append(Points(goal.pieces))
    return Section(str(_("Goal: %(title)s", title=goal.title)), tuple(blocks), goal.note)


def _picked(lines: tuple[OfferedLine, ...], ids: frozenset[str]) -> list[OfferedLine]:
    return [each for each in lines if str(each.id) in ids]


def _dated(line: OfferedLine, local: Local) -> str:
    return f"{line.name}, {local.plain_day(line.on)}" if line.on else line.name


def _agreed(entry: Entry) -> Iterator[tuple[str, str]]:
    """One answer, a row for each thing it says, and whether it is settled at all."""
    more = ""
    if entry.is_kept:
        more = str(_("Kept for the meeting. This stands until you have talked."))
    elif entry.tried_name:
        more = str(_("%(name)s’s answer, tried for four weeks.", name=entry.tried_name))
    for line in entry.lines:
        yield line.label or entry.label.rstrip("?"), "\n".join(filter(None, (line.text, more)))

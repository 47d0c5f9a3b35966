"""Life domains on paper: what was written last of each, or one entry. Nothing is added up.

All of them together have their last twelve weeks beside the words, as a picture and as a table.
"""

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from msgspec.structs import replace

from portal.core.clock import local_day
from portal.core.dates import Local, names_of
from portal.core.errors import NotVisible
from portal.core.languages import _
from portal.core.sheet import Block, Facts, Grid, Picture, Section, Sheet, Words
from portal.life_domains.service.reading import Life, life_of
from portal.life_domains.shapes import Entry, OwnDomain
from portal.toolbox.charts import Scale, Span, Value, draw_chart, span_until, sparse_seven_axis
from portal.vault.viewer import Viewer

MIN_DOTS = 2


def domains_sheet(viewer: Viewer, entry_id: UUID | None) -> Sheet:
    """The newest entry of each of the viewer's domains, or one entry; or NotVisible."""
    life = life_of(viewer, viewer.person_id)
    if entry_id is None:
        return _whole_sheet(viewer, life)
    for domain in life.domains:
        if any(row.id == entry_id for row in life.rows(domain.id)):
            entry = next((e for e in life.entries(domain.id) if e.id == entry_id), None)
            if entry is not None:
                return sheet_of_entries(viewer, [(domain, entry)])
    raise NotVisible


def _whole_sheet(viewer: Viewer, life: Life) -> Sheet:
    """Everything written last, with the charts; what their ends mean is said once."""
    span = span_until(Scale.WEEKS, local_day(viewer.now, viewer.zone))
    sections = []
    for domain in life.shown:
        entry = life.newest(domain.id)
        if entry is not None:
            chart = _chart(viewer, domain, life.rated(domain.id, span.first), span)
            sections.append(_section(viewer, domain, entry, chart))
    has_charts = any(isinstance(each, Picture) for part in sections for each in part.blocks)
    lead = _("The pictures show twelve weeks: 1 is very hard now, 7 good as it is.")
    empty = sheet_of_entries(viewer, [])
    return replace(empty, sections=tuple(sections), lead=str(lead) if has_charts else "")


def sheet_of_entries(viewer: Viewer, found: Iterable[tuple[OwnDomain, Entry | None]]) -> Sheet:
    """Some domains with an entry each; those without one are left out."""
    return Sheet(
        title=str(_("How it is, in my own words")),
        name=viewer.name,
        on=local_day(viewer.now, viewer.zone),
        sections=tuple(_section(viewer, domain, entry) for domain, entry in found if entry),
    )


def _section(
    viewer: Viewer, domain: OwnDomain, entry: Entry, chart: tuple[Block, ...] = ()
) -> Section:
    blocks: list[Block] = []
    if entry.body.status:
        blocks.append(Words(entry.body.status))
    if entry.facts:
        blocks.append(Facts(tuple(entry.facts)))
    written = Local(viewer.zone, viewer.language, viewer.now).whole_day(entry.made_at)
    return Section(str(domain.name), (*blocks, *chart), note=written)


def _chart(
    viewer: Viewer, domain: OwnDomain, rated: list[tuple[datetime, int]], span: Span
) -> tuple[Block, ...]:
    """A small chart of a domain and its table; nothing where it would be a single dot."""
    if len(rated) < MIN_DOTS:
        return ()
    local = Local(viewer.zone, viewer.language, viewer.now)
    placed = [(at.astimezone(viewer.zone), str(rating)) for at, rating in sorted(rated)]
    chart = draw_chart(
        str(_("%(domain)s over time")) % {"domain": str(domain.name)},
        [Value(at.date(), float(rating), rating, at.time()) for at, rating in placed],
        axis=sparse_seven_axis(),
        span=span,
        local=local,
        is_small=True,
    )
    drawing = replace(chart.drawing, desc=str(_("The table beside it says the same.")))
    rows = tuple((_short(at.date(), local.language), rating) for at, rating in placed)
    heads = (str(_("Day")), str(_("1 to 7")))
    twin = Grid(str(_("Over twelve weeks")), heads, rows, is_across=True)
    return twin, Picture(drawing, is_beside=True)


def _short(on: date, language: str) -> str:
    """``26 Nov``: within twelve weeks no year is needed."""
    names = names_of(language)
    return f"{on.day}{names.after_day} {names.short_months[on.month]}"

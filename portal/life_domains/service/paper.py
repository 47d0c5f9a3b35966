"""Life domains on paper: what was written last of each, or one entry. Nothing is added up."""

from collections.abc import Iterable
from uuid import UUID

from portal.core.clock import local_day
from portal.core.dates import Local
from portal.core.errors import NotVisible
from portal.core.languages import _
from portal.core.sheet import Block, Facts, Section, Sheet, Words
from portal.life_domains.service.reading import life_of
from portal.life_domains.shapes import Entry, OwnDomain
from portal.vault.viewer import Viewer


def domains_sheet(viewer: Viewer, entry_id: UUID | None) -> Sheet:
    """The newest entry of each of the viewer's domains, or one entry; or NotVisible."""
    life = life_of(viewer, viewer.person_id)
    if entry_id is None:
        found = [(each, life.newest(each.id)) for each in life.shown]
        return sheet_of_entries(viewer, found)
    for domain in life.domains:
        if any(row.id == entry_id for row in life.rows(domain.id)):
            entry = next((e for e in life.entries(domain.id) if e.id == entry_id), None)
            if entry is not None:
                return sheet_of_entries(viewer, [(domain, entry)])
    raise NotVisible


def sheet_of_entries(viewer: Viewer, found: Iterable[tuple[OwnDomain, Entry | None]]) -> Sheet:
    """Some domains with an entry each; those without one are left out."""
    return Sheet(
        title=str(_("How it is, in my own words")),
        name=viewer.name,
        on=local_day(viewer.now, viewer.zone),
        sections=tuple(_section(viewer, domain, entry) for domain, entry in found if entry),
    )


def _section(viewer: Viewer, domain: OwnDomain, entry: Entry) -> Section:
    blocks: list[Block] = []
    if entry.body.status:
        blocks.append(Words(entry.body.status))
    if entry.facts:
        blocks.append(Facts(tuple(entry.facts)))
    written = Local(viewer.zone, viewer.language, viewer.now).whole_day(entry.made_at)
    return Section(str(domain.name), tuple(blocks), note=written)

"""Life domains as the toolbox's pages of sharing need them. What is shared is an entry."""

from collections.abc import Collection
from uuid import UUID

from portal.core.dates import Local
from portal.core.errors import NotVisible
from portal.dyads.shapes import DyadCard
from portal.life_domains.models import EntryRow
from portal.life_domains.service.arranging import name_goes_along
from portal.life_domains.service.reading import life_of
from portal.life_domains.shapes import EntryBody, SeenDomains
from portal.toolbox import service as toolbox
from portal.toolbox.shapes import ItemCard
from portal.vault.models import Audience
from portal.vault.viewer import Viewer


def entries_to_share(viewer: Viewer) -> list[ItemCard]:
    """The viewer's entries that could be shared, domain by domain, newest first."""
    life = life_of(viewer, viewer.person_id)
    days = Local(viewer.zone, viewer.language, viewer.now)
    return [
        ItemCard(
            entry.id,
            f"{domain.name}, {days.plain_day(entry.made_at)}",
            entry.is_shared,
            max(entry.changed_at, life.named_at(domain.id)),
            more=entry.short,
        )
        for domain in life.shown
        for entry in life.entries(domain.id)
    ]


def domains_shown(viewer: Viewer, dyad: DyadCard, only: Collection[UUID] | None) -> SeenDomains:
    """What the worker of a pair sees: shared entries; the owner's preview goes here too."""
    life = life_of(viewer, dyad.owner_id)
    found = []
    for domain in life.shown:
        entries = [e for e in life.entries(domain.id) if only is None or e.id in only]
        if entries:
            found.append((domain.name, tuple(entries)))
    return SeenDomains(dyad.owner_name, tuple(found))


def line_of(viewer: Viewer, entry_id: UUID) -> str:
    """What the meeting's list says of an entry: its domain, and none of its words."""
    life = life_of(viewer, viewer.person_id)
    for domain in life.shown:
        if any(row.id == entry_id for row in life.rows(domain.id)):
            return str(domain.name)
    raise NotVisible


def move_entry(viewer: Viewer, entry_id: UUID, audience: Audience) -> None:
    """Let an entry go along when the part is shared, or keep it back; its domain's name follows."""
    row, _body, _audience = toolbox.own_row(viewer, EntryRow, entry_id, EntryBody)
    toolbox.move_rows(viewer, [row], audience)
    name_goes_along(viewer, row.domain_id)

"""Writing entries. Each starts as its owner's alone, and what is put away is again."""

from uuid import UUID

from msgspec.structs import replace

from portal.core.db import db
from portal.core.errors import FieldError
from portal.core.languages import _
from portal.life_domains.models import EntryRow
from portal.life_domains.service.arranging import name_goes_along, own_domain
from portal.life_domains.service.reading import settings_of
from portal.life_domains.shapes import EntryBody, OwnDomain
from portal.toolbox import service as toolbox
from portal.vault.models import Audience
from portal.vault.viewer import Viewer


def add_entry(viewer: Viewer, domain_id: UUID, body: EntryBody, *, once: str | None) -> UUID:
    """Write how it goes in a domain now. The same press twice writes it once."""
    _say_something(body)
    domain, _body, _audience = own_domain(viewer, settings_of(viewer).domain(domain_id))
    entry_id = toolbox.id_of_press(viewer, once)
    row = EntryRow(id=entry_id, owner_id=viewer.person_id, domain_id=domain.id)
    toolbox.add_once(viewer, row, body, Audience.ONLY_ME)
    return entry_id


def entry_for(viewer: Viewer, entry_id: UUID) -> tuple[EntryBody, OwnDomain]:
    """One of the viewer's entries and its domain; or NotVisible."""
    life = settings_of(viewer)
    row, body, _audience = toolbox.own_row(viewer, EntryRow, entry_id, EntryBody)
    return body, life.domain(row.domain_id)


def change_entry(viewer: Viewer, entry_id: UUID, words: EntryBody) -> None:
    """Other words for an entry; its day and its audience stay."""
    _say_something(words)
    row, body, audience = toolbox.own_row(viewer, EntryRow, entry_id, EntryBody)
    changed = replace(words, is_away=body.is_away)
    if changed != body:
        toolbox.keep_row(viewer, row, changed, audience)


def put_away(viewer: Viewer, entry_id: UUID, *, is_away: bool) -> UUID:
    """Put an entry away, or bring it back; it is the viewer's alone then. Gives its domain."""
    row, body, _audience = toolbox.own_row(viewer, EntryRow, entry_id, EntryBody)
    if body.is_away != is_away:
        toolbox.keep_row(viewer, row, replace(body, is_away=is_away), Audience.ONLY_ME)
        name_goes_along(viewer, row.domain_id)
    return row.domain_id


def delete_entry(viewer: Viewer, entry_id: UUID) -> UUID:
    """Delete an entry that was put away, for good. Gives its domain."""
    row, body, _audience = toolbox.own_row(viewer, EntryRow, entry_id, EntryBody)
    toolbox.refuse_unless_away(is_away=body.is_away)
    domain_id = row.domain_id
    db.session.delete(row)
    toolbox.flush()
    return domain_id


def _say_something(body: EntryBody) -> None:
    if body == EntryBody():
        raise FieldError("status", _("Write a word, or answer one of the questions below."))

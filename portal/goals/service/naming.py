"""What the part of life is called in which a goal lies; no more names are opened than are shown."""

from collections.abc import Callable, Iterable
from typing import Any
from uuid import UUID

from portal.life_domains.models import DomainRow
from portal.life_domains.rules import GIVEN, id_of
from portal.life_domains.service.statements import DOMAIN
from portal.life_domains.shapes import DomainBody
from portal.vault.viewer import Viewer

DomainNames = Callable[[str], str]
"""What the domain with a key is called; empty when the viewer may not know."""


def names_in(viewer: Viewer, owner_id: UUID, rows: Iterable[Any]) -> DomainNames:
    """The names of an owner's domains out of rows that a page has loaded, each opened when asked.

    Whoever does not see the owner's own names gets those that came with the portal, and none for
    a domain that the owner added.
    """
    closed: dict[UUID | None, Any] = {row.id: row for row in rows if row.kind == DOMAIN}
    known: dict[str, str] = {}

    def name_of(key: str) -> str:
        if key not in known:
            known[key] = _name(viewer, owner_id, closed, key)
        return known[key]

    return name_of


def _name(viewer: Viewer, owner_id: UUID, closed: dict[UUID | None, Any], key: str) -> str:
    given = GIVEN.get(key)
    row = closed.get(_row_id(owner_id, key)) if key and closed else None
    own = viewer.box.open(row, DomainBody, table=DomainRow).name if row is not None else ""
    return own or (given.name if given else "")


def _row_id(owner_id: UUID, key: str) -> UUID | None:
    """The id of the row of a domain: worked out for those given, the key of those added."""
    if key in GIVEN:
        return id_of(owner_id, key)
    try:
        return UUID(key)
    except ValueError:
        return None

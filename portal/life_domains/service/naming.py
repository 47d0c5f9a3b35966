"""The domains for other rooms: those that a goal can lie in, and what each is called."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from portal.core.errors import NotVisible
from portal.life_domains.service.reading import domains_in, settings_of
from portal.life_domains.shapes import Domain, OwnDomain
from portal.vault.viewer import Viewer


def domains_of(viewer: Viewer) -> list[Domain]:
    """The domains that the viewer can put a goal in, in the order of the pages."""
    return for_goals(settings_of(viewer).domains)


def for_goals(domains: Iterable[OwnDomain], now: str = "") -> list[Domain]:
    """Those of some domains that a goal can lie in: parts of life that are not off.

    And the one in which it lies ``now``, whatever has become of it.
    """
    return [d for d in domains if d.key == now or not (d.is_off or d.is_help)]


def named_domain(viewer: Viewer, key: str) -> OwnDomain:
    """The viewer's domain with a key, hidden or not; or NotVisible."""
    for each in settings_of(viewer).domains:
        if each.key == key and not each.is_help:
            return each
    raise NotVisible


def domains_by_key(viewer: Viewer, owner_id: UUID, rows: Iterable[Any]) -> dict[str, OwnDomain]:
    """An owner's domains by key, under the names that the viewer may know.

    Out of rows that a page has loaded: whoever does not see the owner's own names gets the names
    that came with the portal, and none for a domain that the owner added.
    """
    return {each.key: each for each in domains_in(viewer, owner_id, rows)[1]}

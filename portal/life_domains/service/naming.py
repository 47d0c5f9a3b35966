"""The domains for other rooms: those that a goal can lie in, and what each is called."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from portal.life_domains.rules import GIVEN
from portal.life_domains.service.reading import domains_in, settings_of
from portal.life_domains.shapes import Domain
from portal.vault.viewer import Viewer


def domains_of(viewer: Viewer) -> list[Domain]:
    """The domains that the viewer can put a goal in, in the order of the pages."""
    return for_goals(settings_of(viewer).domains)


def for_goals(domains: Iterable[Any]) -> list[Domain]:
    """Those of some domains that a goal can lie in: parts of life that are not off."""
    return [each for each in domains if not each.is_off and not each.is_help]


def names_in(viewer: Viewer, owner_id: UUID, rows: Iterable[Any]) -> dict[str, str]:
    """What an owner's domains are called, by key, as far as the viewer may know it.

    Out of rows that a page has loaded: whoever does not see the owner's own names gets the names
    that came with the portal, and none for a domain that the owner added.
    """
    return {each.key: each.name for each in domains_in(viewer, owner_id, rows)[1]}


def names_of_domains() -> dict[str, str]:
    """What the domains that come with the portal are called, by key, in the reader's language."""
    return {key: each.name for key, each in GIVEN.items()}

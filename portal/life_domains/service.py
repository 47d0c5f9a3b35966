"""The life domains a person has."""

from __future__ import annotations

from portal.core.languages import _
from portal.life_domains.shapes import Domain
from portal.vault.viewer import Viewer

DEFAULT_DOMAINS = (
    Domain("home", _("Home")),
    Domain("money", _("Money")),
    Domain("days", _("Work, study or days")),
    Domain("family", _("Family and partner")),
    Domain("friends", _("Friends")),
    Domain("free-time", _("Free time")),
    Domain("body", _("Body")),
    Domain("mind", _("Mind")),
    Domain("safety", _("Feeling safe")),
)
"""The domains everybody starts with, in the order of the pages."""

MORE_DOMAINS = (
    Domain("alcohol-and-drugs", _("Alcohol and drugs")),
    Domain("meaning", _("Meaning")),
)
"""Domains that are off until somebody wants them."""


def domains_of(viewer: Viewer) -> list[Domain]:
    """The domains that the viewer can put a goal in, in the order of the pages."""
    del viewer  # everybody has the same ones until they can be renamed and hidden
    return list(DEFAULT_DOMAINS)


def names_of_domains() -> dict[str, str]:
    """What every domain is called, by its key, as sentences in the reader's language."""
    return {domain.key: domain.name for domain in (*DEFAULT_DOMAINS, *MORE_DOMAINS)}

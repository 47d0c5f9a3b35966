"""Which parts of a portal can be shared with a worker."""

from portal.vault.models import Part

SHAREABLE = (
    Part.WHAT_MATTERS,
    Part.LIFE_DOMAINS,
    Part.GOALS,
    Part.NETWORK_MAP,
    Part.CRISIS_PLAN,
    Part.MEDICINES,
    Part.REFLECTIONS,
)
"""In the order of the page. Check-ins are not among them: the owner takes a copy to a meeting."""


def part_named(name: str) -> Part | None:
    """The shareable part of this name, or None."""
    return next((part for part in SHAREABLE if part.value == name), None)

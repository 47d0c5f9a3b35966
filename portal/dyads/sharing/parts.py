"""Which parts of a portal can be shared with a worker today."""

from portal.vault.models import Part

SHAREABLE = (Part.GOALS,)


def part_named(name: str) -> Part | None:
    """The shareable part of this name, or None."""
    return next((part for part in SHAREABLE if part.value == name), None)

"""When a check-in asks whether to stop asking. Skips are nowhere written down: they show."""

from collections.abc import Sequence

from portal.check_ins.shapes.bodies import Item
from portal.check_ins.shapes.pages import Entry

SKIPS_BEFORE_ASKING = 3


def weary_of(item: Item, newest_first: Sequence[Entry]) -> bool:
    """Whether a thing was skipped in the last three check-ins that asked for it."""
    asked = [entry for entry in newest_first if entry.made_at > item.since]
    last = asked[:SKIPS_BEFORE_ASKING]
    skipped = all(entry.body.answer(item.id) is None for entry in last)
    return len(last) == SKIPS_BEFORE_ASKING and skipped

"""Where rooms above take part: a line was taken off the list of a meeting.

The factory fills the list once, so that meetings need not know who listens. A listener runs in the
same transaction and is told ids and moments, no words.
"""

from collections.abc import Callable
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from portal.meetings.shapes import KeptFrom
from portal.vault.viewer import Viewer


class TakenOff(NamedTuple):
    """What the line came from, since when it stood there; ``is_own``: its author took it off."""

    dyad_id: UUID
    source: KeptFrom
    source_id: UUID | None
    kept_at: datetime
    is_own: bool


Listener = Callable[[Viewer, TakenOff], object]

after_taken_off: list[Listener] = []


def taken_off(viewer: Viewer, line: TakenOff) -> None:
    """A line is off the list: whatever it came from should not say that it is still there."""
    for listener in after_taken_off:
        listener(viewer, line)

"""Where rooms above take part: something is kept for the meeting, or no more; two have agreed.

The factory fills these lists once, so that agreements need not know who listens. A listener runs in
the same transaction: ``listener(viewer, dyad_id, line, source_id)``. The line is a question of the
agreement in words; the source stays the same when the same thing is kept twice. When the two
settle it after all: ``listener(viewer, dyad_id, source_id)``. When new terms stand:
``listener(worker_id, now)``, after they can be read.
"""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from portal.vault.viewer import Viewer

Listener = Callable[[Viewer, UUID, str, UUID], object]
Releaser = Callable[[Viewer, UUID, UUID], object]
Planner = Callable[[UUID, datetime], object]

after_kept: list[Listener] = []
after_unkept: list[Releaser] = []
after_agreed: list[Planner] = []


def kept(viewer: Viewer, dyad_id: UUID, line: str, source_id: UUID) -> None:
    """Something is kept for the meeting."""
    for listener in after_kept:
        listener(viewer, dyad_id, line, source_id)


def unkept(viewer: Viewer, dyad_id: UUID, source_id: UUID) -> None:
    """What was kept is settled; it need not be talked about."""
    for listener in after_unkept:
        listener(viewer, dyad_id, source_id)


def agreed(worker_id: UUID, now: datetime) -> None:
    """Two have agreed anew: whatever the worker's prompts were planned by is looked at again."""
    for listener in after_agreed:
        listener(worker_id, now)

"""Where rooms above take part: when something of an agreement is kept for the meeting, or no more.

The factory fills these lists once, so that agreements need not know who listens. A listener runs in
the same transaction: ``listener(viewer, dyad_id, line, source_id)``. The line is a question of the
agreement in words; the source stays the same when the same thing is kept twice. When the two
settle it after all: ``listener(viewer, dyad_id, source_id)``.
"""

from collections.abc import Callable
from uuid import UUID

from portal.vault.viewer import Viewer

Listener = Callable[[Viewer, UUID, str, UUID], object]
Releaser = Callable[[Viewer, UUID, UUID], object]

after_kept: list[Listener] = []
after_unkept: list[Releaser] = []


def kept(viewer: Viewer, dyad_id: UUID, line: str, source_id: UUID) -> None:
    """Something is kept for the meeting."""
    for listener in after_kept:
        listener(viewer, dyad_id, line, source_id)


def unkept(viewer: Viewer, dyad_id: UUID, source_id: UUID) -> None:
    """What was kept is settled; it need not be talked about."""
    for listener in after_unkept:
        listener(viewer, dyad_id, source_id)

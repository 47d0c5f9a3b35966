"""Where rooms above take part: when something of an agreement is kept for the meeting.

The factory fills this list once, so that agreements need not know who listens. A listener runs in
the same transaction: ``listener(viewer, dyad_id, line, source_id)``. The line is a question of the
agreement in words; the source stays the same when the same thing is kept twice.
"""

from collections.abc import Callable
from uuid import UUID

from portal.vault.viewer import Viewer

Listener = Callable[[Viewer, UUID, str, UUID], object]

after_kept: list[Listener] = []


def kept(viewer: Viewer, dyad_id: UUID, line: str, source_id: UUID) -> None:
    """Something is kept for the meeting."""
    for listener in after_kept:
        listener(viewer, dyad_id, line, source_id)

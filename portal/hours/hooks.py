"""Where rooms above take part: when a worker's week or days away change.

The factory fills this list once, so that the hours need not know who plans by them. A listener runs
in the same transaction, after the change can be read, and is told whose time it is and the moment.
"""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

Listener = Callable[[UUID, datetime], object]

after_change: list[Listener] = []


def changed(worker_id: UUID, now: datetime) -> None:
    """A worker's time has changed: whatever was planned by it is to be planned anew."""
    for listener in after_change:
        listener(worker_id, now)

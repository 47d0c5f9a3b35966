"""Where rooms above take part: when a worker's week or days away change.

The factory fills these lists once, so that the hours need not know who plans by them. A listener
runs in the same transaction, after the change can be read, and is told whose time it is and the
moment. Those of ``after_days_away`` hear of new days away, before those of ``after_change`` do.
``waits`` answers whether somebody waits for the worker.
"""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

Listener = Callable[[UUID, datetime], object]

Asked = Callable[[UUID, datetime], bool]

after_change: list[Listener] = []
after_days_away: list[Listener] = []
waits: list[Asked] = []


def changed(worker_id: UUID, now: datetime) -> None:
    """A worker's time has changed: whatever was planned by it is to be planned anew."""
    for listener in after_change:
        listener(worker_id, now)


def went_away(worker_id: UUID, now: datetime) -> None:
    """A worker has put in days away: what was promised for these days is to be counted anew."""
    for listener in (*after_days_away, *after_change):
        listener(worker_id, now)


def somebody_waits(worker_id: UUID, now: datetime) -> bool:
    """Whether somebody waits for this worker; never how many."""
    return any(asked(worker_id, now) for asked in waits)

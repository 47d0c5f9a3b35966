"""Where rooms above take part: when workers read, so that nothing reaches them at other hours.

The factory sets it once. ``readings(worker_ids, now)`` gives each worker's times of reading from
now on, earliest first; one who reads at no time has none, and is told by day like anybody.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from portal.core.clock import Reading

Readings = Mapping[UUID, Sequence[Reading]]
Asked = Callable[[Collection[UUID], datetime], Readings]

readings: list[Asked] = []


def readings_of(worker_ids: Collection[UUID], now: datetime) -> Readings:
    """When each of some workers reads; asks nobody where there is no worker."""
    found: dict[UUID, Sequence[Reading]] = {}
    for asked in readings if worker_ids else ():
        found |= asked(worker_ids, now)
    return found

"""When a worker reads at all: their usual hours, and those agreed with anybody."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select

from portal.agreements.models import Agreement
from portal.core.clock import Reading, Window, WorkCalendar, coming_reading, reading_now
from portal.core.db import db
from portal.dyads.models import IS_LIVE, Dyad
from portal.hours.service import calendars_of

_AHEAD = timedelta(days=7)


def readings_of(worker_ids: Collection[UUID], now: datetime) -> dict[UUID, tuple[Reading, ...]]:
    """By worker, the readings of the week from now on, or the first one after it (two queries).

    Earliest first; empty for one who reads at no time. For jobs and notices: no key is needed.
    """
    agreed = _agreed_windows(worker_ids)
    return {
        worker_id: tuple(_ahead(_with(calendar, agreed[worker_id]), now))
        for worker_id, calendar in calendars_of(worker_ids).items()
    }


def last_reading_before(worker_id: UUID, at: datetime, now: datetime) -> datetime | None:
    """When the worker reads last before a moment, from now on and at most a week before it.

    The moment itself for one who reads at no time; None when it comes before they read again.
    """
    readings = readings_of([worker_id], max(now, at - _AHEAD)).get(worker_id, ())
    if not readings:
        return at
    return max((each.starts_at for each in readings if now < each.starts_at <= at), default=None)


def _agreed_windows(worker_ids: Collection[UUID]) -> dict[UUID, set[Window]]:
    rows = db.session.execute(
        select(Dyad.worker_id, Agreement.windows)
        .join(Agreement, Agreement.dyad_id == Dyad.id)
        .where(
            Dyad.worker_id.in_(worker_ids),
            IS_LIVE,
            Agreement.ended_at.is_(None),
        )
    )
    found: dict[UUID, set[Window]] = defaultdict(set)
    for worker_id, windows in rows:
        found[worker_id] |= set(windows)
    return found


def _with(calendar: WorkCalendar, windows: set[Window]) -> WorkCalendar:
    return replace(calendar, windows=tuple(sorted({*calendar.windows, *windows})))


def _ahead(calendar: WorkCalendar, now: datetime) -> list[Reading]:
    reading = reading_now(calendar, now)
    found, after = ([reading] if reading else []), now
    while reading := coming_reading(calendar, after):
        if found and reading.starts_at > now + _AHEAD:
            break
        found.append(reading)
        after = reading.starts_at
    return found

"""Notices: so many that are due, looked at, decided and put in the outbox."""

import time
from collections.abc import Iterator
from datetime import UTC, datetime

from bench.figures.pages import Line
from bench.town import Town
from portal.core.db import new_id
from portal.core.work import unit_of_work
from portal.notifications.service import tell_all
from portal.notifications.service.gathering import gather_due
from portal.notifications.shapes import NoticeKind, Telling


def notices(town: Town, *, count: int) -> Iterator[Line]:
    """Put notices for the two people of the town due, and let a job take them all."""
    now = datetime(2026, 11, 25, 12, tzinfo=UTC)
    people = (town.owner.id, town.worker.id)
    tellings = [
        Telling(people[number % 2], NoticeKind.MEETING_OFFERED, now, f"bench:{new_id().hex}")
        for number in range(count)
    ]
    with unit_of_work(town.app):
        tell_all(tellings, now=now)
    begun = time.perf_counter()
    while True:
        with unit_of_work(town.app):
            if not gather_due(now):
                break
    took = time.perf_counter() - begun
    yield f"{count} notices gathered for the outbox", f"{took:.2f} s", "1 s for 10000"

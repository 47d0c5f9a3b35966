"""Notices: so many that are due, looked at, decided and put in the outbox."""

import time
from collections.abc import Iterator
from datetime import UTC, datetime
from uuid import UUID

from sqlalchemy import insert

from bench.figures.pages import Line
from bench.town import Town
from portal.accounts.models import Person
from portal.core.db import db, new_id
from portal.core.work import unit_of_work
from portal.notifications.service import tell_all
from portal.notifications.service.gathering import gather_due
from portal.notifications.shapes import NoticeKind, Telling
from portal.vault.viewer import Role


def notices(town: Town, *, count: int) -> Iterator[Line]:
    """Put a notice each for many people due, and let a job take them all."""
    now = datetime(2026, 11, 25, 12, tzinfo=UTC)
    tellings = [
        Telling(person_id, NoticeKind.MEETING_OFFERED, now, f"bench:{person_id.hex}")
        for person_id in _crowd(town, count)
    ]
    with unit_of_work(town.app):
        tell_all(tellings, now=now)
    begun, worked = time.perf_counter(), time.process_time()
    while True:
        with unit_of_work(town.app):
            if not gather_due(now):
                break
    took, worked = time.perf_counter() - begun, time.process_time() - worked
    figure = f"{took:.2f} s ({worked:.2f} s of CPU)"
    yield f"{count} notices gathered for the outbox", figure, "1 s for 10000"


def _crowd(town: Town, count: int) -> list[UUID]:
    """So many people who only have an address and a time zone."""
    now, ids = datetime.now(UTC), [new_id() for _ in range(count)]
    rows = [
        {
            "id": each,
            "role": Role.OWNER,
            "address": b"",
            "address_index": each.bytes,
            "zone": "Europe/Oslo",
            "language": "en",
            "made_at": now,
            "is_active": True,
            "needs_factor": False,
        }
        for each in ids
    ]
    with unit_of_work(town.app):
        db.session.execute(insert(Person), rows)
    return ids

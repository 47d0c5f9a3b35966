"""Notices: so many that are due, decided and put in the outbox, by one job and by four."""

import multiprocessing
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from queue import Empty
from typing import Any
from uuid import UUID

from sqlalchemy import func, insert, select

from bench.figures.pages import Line
from bench.load import spread
from bench.town import Town
from portal import create_app
from portal.accounts.models import Person
from portal.core.db import db
from portal.core.row_ids import new_id
from portal.core.work import unit_of_work
from portal.notifications.models import Letter
from portal.notifications.service import gather_due, tell_all
from portal.notifications.shapes import NoticeKind, Telling
from portal.vault.viewer import Role

NOON = datetime(2026, 11, 25, 12, tzinfo=UTC)
CLAIMERS = 4
ROUNDS = 5
_processes = multiprocessing.get_context("spawn")


def notices(town: Town, *, count: int) -> Iterator[Line]:
    """Put a notice each for many people due, and let one job take them all; then four at once."""
    took, worked = [], []
    for number in range(ROUNDS):
        _make_due(town, count, f"one{number}")
        begun, busy = time.perf_counter(), time.process_time()
        _gather(town.app)
        took.append(time.perf_counter() - begun)
        worked.append(time.process_time() - busy)
    figure = f"{spread(took, ' s')}, CPU {spread(worked, ' s')}"
    yield f"{count} notices gathered for the outbox", figure, "1 s for 10000"
    before = _letters(town)
    _make_due(town, count, "four")
    by_four = _by_four(town)
    letters = _letters(town) - before
    figure = f"{by_four:.2f} s, {letters} letters, {letters - count} twice"
    yield f"the same by {CLAIMERS} claimers at once", figure, "each once"


def _gather(app: Any) -> int:
    taken = 0
    while True:
        with unit_of_work(app):
            found = gather_due(NOON)
        if not found:
            return taken
        taken += found


def _by_four(town: Town) -> float:
    """Seconds from the moment that all claimers are ready until the last of them finds no more."""
    ready, go, done = _processes.Semaphore(0), _processes.Event(), _processes.SimpleQueue()
    given = (town.settings, ready, go, done)
    children = [_processes.Process(target=_claim, args=given) for _ in range(CLAIMERS)]
    for child in children:
        child.start()
    for _ in children:
        if not ready.acquire(timeout=120):
            raise Empty
    begun = time.perf_counter()
    go.set()
    for _ in children:
        done.get()
    took = time.perf_counter() - begun
    for child in children:
        child.join(30)
    return took


def _claim(settings: Any, ready: Any, go: Any, done: Any) -> None:
    app = create_app(settings)
    ready.release()
    go.wait()
    done.put(_gather(app))


def _make_due(town: Town, count: int, name: str) -> None:
    tellings = [
        Telling(person_id, NoticeKind.MEETING_OFFERED, NOON, f"bench:{name}:{person_id.hex}")
        for person_id in _crowd(town, count)
    ]
    with unit_of_work(town.app):
        tell_all(tellings, now=NOON)


def _letters(town: Town) -> int:
    with unit_of_work(town.app):
        return db.session.scalar(select(func.count()).select_from(Letter)) or 0


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

"""The days by which answers were promised, when the worker puts in days away.

Counted anew by the same clock as at first, from when the words arrived: later, never earlier.
Otherwise the owner would read that an answer is late on a day on which everybody knows why.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from sqlalchemy import Row, exists, select, update

from portal.agreements.service import terms_of_dyads
from portal.core.clock import answer_due
from portal.core.db import db
from portal.dyads.models import IS_LIVE, Dyad
from portal.hours.service import calendar_of
from portal.messaging.models import Message, Thread
from portal.messaging.service.counters import refresh_waiting, waits_for_worker
from portal.messaging.shapes import Outcome

_Row = Row[UUID, UUID, datetime, datetime | None]


def is_waited_for(worker_id: UUID, now: datetime) -> bool:
    """Whether somebody waits for an answer of this worker's (one query)."""
    waiting = exists().where(
        Thread.worker_id == worker_id, Thread.waits_since <= now, Thread.dyad_id == Dyad.id
    )
    return bool(db.session.scalar(select(waiting.where(IS_LIVE))))


def move_answer_days(worker_id: UUID, now: datetime) -> None:
    """Move the days of what waits for a worker to after new days away.

    What is late already stays late. A day that the worker named with a press stays, too: it is
    their own word, and they can name another.
    """
    waiting = _waiting(worker_id, now)
    if not waiting:
        return
    calendar, terms = calendar_of(worker_id), terms_of_dyads({row.dyad_id for row in waiting})
    moved = set()
    for row in waiting:
        agreed = terms.get(row.dyad_id)
        if agreed is None or agreed.answer_within_days is None:
            continue
        theirs = replace(calendar, windows=agreed.windows)
        due_at = answer_due(theirs, row.undo_until, agreed.answer_within_days)
        if due_at is not None and row.due_at is not None and due_at > row.due_at:
            _move(row, due_at)
            moved.add(row.dyad_id)
    for dyad_id in sorted(moved):
        refresh_waiting(dyad_id)


def _waiting(worker_id: UUID, now: datetime) -> Sequence[_Row]:
    """What waits and is not late: the message, its pair, when it arrived, the day so far."""
    return db.session.execute(
        select(Message.id, Message.dyad_id, Message.undo_until, Message.due_at)
        .join(Thread, Thread.dyad_id == Message.dyad_id)
        .join(Dyad, Dyad.id == Message.dyad_id)
        .where(
            Thread.worker_id == worker_id,
            Thread.waits_since.is_not(None),
            IS_LIVE,
            waits_for_worker(),
            Message.outcome.is_(None) | (Message.outcome != Outcome.ANSWERS_BY),
            Message.due_at > now,
        )
        .order_by(Message.dyad_id, Message.number)
    ).all()


def _move(row: _Row, due_at: datetime) -> None:
    db.session.execute(
        update(Message)
        .where(Message.id == row.id, Message.due_at == row.due_at, waits_for_worker())
        .values(due_at=due_at)
        .execution_options(synchronize_session=False)
    )

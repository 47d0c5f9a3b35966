"""Telling the worker: only inside the agreed reading hours, and only while something waits.

Jobs hold no keys; everything here reads plain marks. A thread says when to look next
(``prompt_at``); looking again, late or on two machines tells nobody twice.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import Row, case, exists, select, update

from portal.agreements.models import Agreement
from portal.agreements.service import terms_of_dyads
from portal.agreements.shapes import Terms
from portal.core.clock import WorkCalendar, coming_reading, local_day, reading_now
from portal.core.db import db
from portal.dyads.models import Dyad, DyadState
from portal.hours.service import calendar_of
from portal.messaging.models import Thread
from portal.messaging.rules.prompts import (
    Prompt,
    hello_due_on,
    next_prompt_at,
    prompts_due,
    slot_at,
)
from portal.messaging.service.pair import Pair
from portal.notifications.service import tell, withdraw
from portal.notifications.shapes import NoticeKind

BATCH = 100
PAUSE = timedelta(hours=1)
_KINDS = {
    Prompt.WAITING: NoticeKind.MESSAGE_WAITING,
    Prompt.DUE: NoticeKind.ANSWER_DUE_TODAY,
}
_Due = Row[UUID, UUID, datetime | None, datetime | None, datetime | None]


def plan_prompt(pair: Pair, *, after: datetime) -> None:
    """Say when to look next whether the worker should be told; never while nothing waits."""
    if pair.calendar is None:
        return
    look_at = next_prompt_at(pair.calendar, after)
    db.session.execute(
        update(Thread)
        .where(Thread.dyad_id == pair.dyad.id)
        .values(prompt_at=case((Thread.waits_since.is_not(None), look_at), else_=None))
        .execution_options(synchronize_session=False)
    )


def stop_telling(pair: Pair, now: datetime) -> None:
    """The worker has opened what came: a notice still on its way stops, if nothing else waits."""
    slot = slot_at(pair.calendar, now) if pair.calendar else None
    worker_id = pair.dyad.worker_id
    others = exists().where(
        Thread.worker_id == worker_id,
        Thread.dyad_id != pair.dyad.id,
        Thread.waits_unopened_since <= now,
    )
    if slot is not None and not db.session.scalar(select(others)):
        withdraw(_key(Prompt.WAITING, worker_id, slot.at))


def tell_workers(now: datetime) -> int:
    """Look at every thread whose moment has come, at most a hundred; gives how many."""
    rows = db.session.execute(
        select(
            Thread.dyad_id,
            Thread.worker_id,
            Thread.prompt_at,
            Thread.waits_unopened_since,
            Thread.waits_due_at,
        )
        .join(Dyad, Dyad.id == Thread.dyad_id)
        .where(Thread.prompt_at <= now, Dyad.state == DyadState.LIVE)
        .order_by(Thread.prompt_at)
        .limit(BATCH)
    ).all()
    terms = terms_of_dyads([row.dyad_id for row in rows])
    for row in rows:
        _look(row, terms.get(row.dyad_id), now)
    return len(rows)


def tell_hellos(now: datetime) -> int:
    """Tell workers of the hellos that are due, once each, at their next reading; gives how many."""
    dyads = _with_hello(now)
    terms = terms_of_dyads([row.dyad_id for row in dyads])
    told = 0
    for row in dyads:
        agreed = terms[row.dyad_id]
        calendar = replace(calendar_of(row.worker_id), windows=agreed.windows)
        due_on = hello_day(agreed, calendar, row.worker_wrote_at)
        reading = reading_now(calendar, now) or coming_reading(calendar, now)
        if due_on is None or reading is None or due_on > local_day(now, calendar.zone):
            continue
        key = f"hello:{row.dyad_id}:{due_on.isoformat()}"
        tell(row.worker_id, NoticeKind.HELLO_DUE, at=reading.starts_at, key=key, now=now)
        told += 1
    return told


def hello_day(
    terms: Terms, calendar: WorkCalendar, worker_wrote_at: datetime | None
) -> date | None:
    """The day of the next agreed hello, in the worker's zone."""
    wrote_on = local_day(worker_wrote_at, calendar.zone) if worker_wrote_at else None
    return hello_due_on(
        every_weeks=terms.hello_every_weeks,
        weekday=terms.hello_weekday,
        agreed_on=local_day(terms.accepted_at, calendar.zone),
        wrote_on=wrote_on,
    )


def _look(row: _Due, terms: Terms | None, now: datetime) -> None:
    if terms is None:
        _move_on(row, now + PAUSE)
        return
    calendar = replace(calendar_of(row.worker_id), windows=terms.windows)
    if not _move_on(row, next_prompt_at(calendar, now)):
        return
    slot = slot_at(calendar, now)
    if slot is None:
        return
    due = prompts_due(
        calendar, now, unopened_since=row.waits_unopened_since, due_at=row.waits_due_at
    )
    for prompt in due:
        key = _key(prompt, row.worker_id, slot.at)
        tell(row.worker_id, _KINDS[prompt], at=now, key=key, now=now)


def _move_on(row: _Due, look_at: datetime | None) -> bool:
    """Take this moment for oneself; False when another job was faster."""
    moved = db.session.execute(
        update(Thread)
        .where(Thread.dyad_id == row.dyad_id, Thread.prompt_at == row.prompt_at)
        .values(prompt_at=look_at)
        .execution_options(synchronize_session=False)
    )
    return bool(moved.rowcount)  # type: ignore[attr-defined]  # an UPDATE has a rowcount


def _with_hello(now: datetime) -> Sequence[Row[UUID, UUID, datetime | None]]:
    """Living dyads with an agreed hello whose worker has not written for some days."""
    quiet_since = now - timedelta(days=4)
    return db.session.execute(
        select(Agreement.dyad_id, Dyad.worker_id, Thread.worker_wrote_at)
        .join(Dyad, Dyad.id == Agreement.dyad_id)
        .outerjoin(Thread, Thread.dyad_id == Agreement.dyad_id)
        .where(
            Agreement.ended_at.is_(None),
            Agreement.hello_every_weeks.is_not(None),
            Dyad.state == DyadState.LIVE,
            Thread.worker_wrote_at.is_(None) | (Thread.worker_wrote_at < quiet_since),
        )
    ).all()


def _key(prompt: Prompt, worker_id: UUID, at: datetime) -> str:
    return f"{prompt.value}:{worker_id}:{at:%Y%m%dT%H%M}"

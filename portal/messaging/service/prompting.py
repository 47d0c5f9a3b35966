"""Telling the worker: only inside the agreed reading hours, and only while something waits.

Jobs hold no keys; everything here reads plain marks. A thread says when to look next
(``prompt_at``); looking again, late or on two machines tells nobody twice.
"""

from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import Row, case, exists, select, update

from portal.agreements.service import terms_of_dyads
from portal.agreements.shapes import Terms
from portal.core.db import db
from portal.dyads.models import IS_LIVE, Dyad
from portal.hours.service import calendar_of
from portal.messaging.models import Thread
from portal.messaging.rules.prompts import Prompt, next_prompt_at, prompts_due, slot_at
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


def next_look(pair: Pair, after: datetime) -> datetime | None:
    """When a job next looks whether the worker should be told of what came."""
    return None if pair.calendar is None else next_prompt_at(pair.calendar, after)


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


def replan_prompts(worker_id: UUID, now: datetime) -> None:
    """A worker's time or terms changed: what waits for them is told when they now read next.

    A look that is due already is left to its job, which goes by the new times anyhow. The day by
    which an answer was promised stays: the owner has read it.
    """
    waiting = select(Thread.dyad_id).join(Dyad, Dyad.id == Thread.dyad_id)
    dyad_ids = db.session.scalars(
        waiting.where(
            Thread.worker_id == worker_id,
            Thread.waits_since.is_not(None),
            Thread.prompt_at.is_(None) | (Thread.prompt_at > now),
            IS_LIVE,
        )
    ).all()
    if not dyad_ids:
        return
    calendar = calendar_of(worker_id)
    terms = terms_of_dyads(dyad_ids)
    for dyad_id in sorted(terms):
        look_at = next_prompt_at(replace(calendar, windows=terms[dyad_id].windows), now)
        db.session.execute(
            update(Thread)
            .where(Thread.dyad_id == dyad_id)
            .values(prompt_at=look_at)
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
        withdraw(_key(Prompt.WAITING, worker_id, slot))


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
        .where(Thread.prompt_at <= now, IS_LIVE)
        .order_by(Thread.prompt_at)
        .limit(BATCH)
    ).all()
    terms = terms_of_dyads([row.dyad_id for row in rows])
    for row in rows:
        _look(row, terms.get(row.dyad_id), now)
    return len(rows)


def _look(row: _Due, terms: Terms | None, now: datetime) -> None:
    if terms is None:
        _move_on(row, now + PAUSE)
        return
    calendar = replace(calendar_of(row.worker_id), windows=terms.windows)
    waits = row.waits_unopened_since is not None or row.waits_due_at is not None
    if not _move_on(row, next_prompt_at(calendar, now) if waits else None):
        return
    slot = slot_at(calendar, now)
    if slot is None:
        return
    due = prompts_due(
        calendar, now, unopened_since=row.waits_unopened_since, due_at=row.waits_due_at
    )
    for prompt in due:
        key = _key(prompt, row.worker_id, slot)
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


def _key(prompt: Prompt, worker_id: UUID, at: datetime) -> str:
    return f"{prompt.value}:{worker_id}:{at:%Y%m%dT%H%M}"

"""The sweep: what is due becomes notices, and rhythms move on.

One transaction a batch: reminder and notice change together or not at all, so a killed job neither
loses a reminder nor tells it twice; the notice's key says which turn of the rhythm it is.
"""

from datetime import date, datetime, time
from typing import Any, NamedTuple
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import bindparam, select, update

from portal.accounts.models import Person
from portal.core.clock import Repeat, RepeatKind
from portal.core.db import db
from portal.notifications.service import tell_all, zone_named
from portal.notifications.service.statements import take
from portal.notifications.shapes import NoticeKind, Telling
from portal.reminders.models import Reminder
from portal.reminders.rules import next_due
from portal.reminders.shapes import ReminderState


class _Due(NamedTuple):
    """A reminder that is due, as it stood when it was taken."""

    id: UUID
    person_id: UUID
    kind: NoticeKind
    dedupe_key: str
    due_at: datetime
    repeat_kind: RepeatKind
    repeat_from_on: date
    repeat_weeks: int
    clock_time: time
    ignored: int
    told_key: str | None


_COLUMNS = [getattr(Reminder, name) for name in _Due._fields]


def sweep_due(now: datetime) -> int:
    """Tell of a batch of reminders that are due; gives how many, 0 when none is left."""
    taken = _take_due(now)
    tell_all(
        [Telling(row.person_id, row.kind, row.due_at, _told_key(row)) for row in taken], now=now
    )
    _move_on(taken, now)
    return len(taken)


def _take_due(now: datetime) -> list[_Due]:
    """Take a batch, as if all were done; those with a rhythm are moved on below."""
    is_due = (Reminder.state == ReminderState.WAITING, Reminder.due_at <= now)
    rows = db.session.execute(
        update(Reminder)
        .where(Reminder.id.in_(take(Reminder, *is_due, by=Reminder.due_at)))
        .values(state=ReminderState.DONE)
        .returning(*_COLUMNS)
        .execution_options(synchronize_session=False)
    )
    return [_Due(*row) for row in rows]


def _move_on(taken: list[_Due], now: datetime) -> None:
    """Note what was told, count what was ignored, and set the next due time of each rhythm."""
    zones = _zones(taken)
    moves = [_move(row, zones[row.person_id], now) for row in taken]
    if moves:
        db.session.connection().execute(
            update(Reminder)
            .where(Reminder.id == bindparam("reminder_id"))
            .values(
                state=bindparam("to_state"),
                due_at=bindparam("to_due_at"),
                ignored=bindparam("to_ignored"),
                told_key=bindparam("to_told_key"),
            ),
            moves,
        )


def _move(row: _Due, zone: ZoneInfo, now: datetime) -> dict[str, Any]:
    repeat = Repeat(row.repeat_kind, row.repeat_from_on, row.repeat_weeks)
    due_at = next_due(repeat, row.clock_time, zone, row.due_at, now)
    was_ignored = row.told_key is not None
    return {
        "reminder_id": row.id,
        "to_state": ReminderState.DONE if due_at is None else ReminderState.WAITING,
        "to_due_at": due_at or row.due_at,
        "to_ignored": row.ignored + 1 if was_ignored else row.ignored,
        "to_told_key": _told_key(row),
    }


def _told_key(row: _Due) -> str:
    return f"{row.dedupe_key}@{row.due_at:%Y%m%dT%H%M%S}"


def _zones(taken: list[_Due]) -> dict[UUID, ZoneInfo]:
    """The zones in which these people live now; a rhythm keeps its time of day there."""
    ids = {row.person_id for row in taken}
    rows = db.session.execute(select(Person.id, Person.zone).where(Person.id.in_(ids)))
    return {person_id: zone_named(name) for person_id, name in rows}

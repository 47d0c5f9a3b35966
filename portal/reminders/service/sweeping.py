"""The sweep: what is due becomes notices, and rhythms move on.

One transaction a batch: reminder and notice change together or not at all, so a killed job neither
loses a reminder nor tells it twice; the notice's key says which turn of the reminder it is.
"""

from collections.abc import Iterable
from datetime import date, datetime, time
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import Select, String, bindparam, case, cast, select, update

from portal.accounts.models import Person
from portal.core.clock import Repeat, RepeatKind
from portal.notifications.service import tell_found, zone_named
from portal.notifications.service.statements import MANY, hex_of, run, table_of, take
from portal.reminders.models import Reminder
from portal.reminders.rules import TOLD, TURN_MARK, next_due
from portal.reminders.shapes import ReminderState

_reminders, _persons = table_of(Reminder), table_of(Person)
_MOVE = (
    update(_reminders)
    .where(_reminders.c.id == bindparam("reminder_id"))
    .values(state=ReminderState.WAITING, due_at=bindparam("to_due_at"))
)
_zone = select(_persons.c.zone).where(_persons.c.id == _reminders.c.person_id).scalar_subquery()


class _Due(NamedTuple):
    """A reminder that is due, as it was taken, and the zone its person lives in now."""

    id: UUID
    due_at: datetime
    repeat_kind: RepeatKind
    from_on: date
    weeks: int
    clock_time: time
    zone: str


def sweep_due(now: datetime) -> int:
    """Tell of a batch of reminders that are due; gives how many, 0 when none is left."""
    taken = _take_due(now)
    if taken:
        tell_found(_told([due.id for due in taken]), now=now)
        _move_on(taken, now)
    return len(taken)


def _take_due(now: datetime) -> list[_Due]:
    """Take a batch, as if all were done, and count what was ignored; rhythms move on below."""
    table = _reminders.c
    is_due = (table.state == ReminderState.WAITING, table.due_at <= now)
    rows = run(
        update(_reminders)
        .where(table.id.in_(take(_reminders, *is_due, by="due_at", size=MANY)))
        .values(
            state=ReminderState.DONE,
            turn=table.turn + 1,
            ignored=table.ignored + case((table.is_unanswered.is_(True), 1), else_=0),
            is_unanswered=True,
        )
        .returning(
            table.id,
            table.due_at,
            table.repeat_kind,
            table.repeat_from_on,
            table.repeat_weeks,
            table.clock_time,
            _zone,
        )
    )
    return [_Due(*row) for row in rows]


def _told(reminder_ids: list[UUID]) -> Select[Any]:
    """What these reminders tell: whom, what kind, since when, by which key (`rules.told_key`)."""
    table = _reminders.c
    key = TOLD + hex_of(table.id) + TURN_MARK + cast(table.turn, String)
    columns = (table.person_id, table.kind, table.due_at.label("at"), key.label("key"))
    return select(*columns).where(table.id.in_(reminder_ids))


def _move_on(taken: Iterable[_Due], now: datetime) -> None:
    """Set the next due time of each rhythm that goes on, in the zone where its person lives."""
    moves: list[dict[str, Any]] = []
    for due in taken:
        if due.repeat_kind is RepeatKind.NONE:
            continue
        repeat = Repeat(due.repeat_kind, due.from_on, due.weeks)
        due_at = next_due(repeat, due.clock_time, zone_named(due.zone), due.due_at, now)
        if due_at is not None:
            moves.append({"reminder_id": due.id, "to_due_at": due_at})
    if moves:
        run(_MOVE, moves)

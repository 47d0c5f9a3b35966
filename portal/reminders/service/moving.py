"""Somebody lives in another time zone: their reminders keep the time of day, as it is there."""

from datetime import datetime

from sqlalchemy import bindparam, select, update

from portal.accounts.hooks import Move
from portal.core.clock import at_local, local_day
from portal.notifications.service.statements import run, table_of
from portal.reminders.models import Reminder
from portal.reminders.shapes import ReminderState

_reminders = table_of(Reminder)
_SET = (
    update(_reminders)
    .where(
        _reminders.c.id == bindparam("reminder_id"),
        _reminders.c.due_at == bindparam("seen"),
        _reminders.c.state == ReminderState.WAITING,
    )
    .values(due_at=bindparam("to_due_at"))
)


def move_reminders(move: Move, now: datetime) -> None:
    """Set what is to come to the same day and time of day in the new zone.

    What is due already is left to the sweep.
    """
    coming = run(
        select(_reminders.c.id, _reminders.c.due_at, _reminders.c.clock_time).where(
            _reminders.c.person_id == move.person_id,
            _reminders.c.state == ReminderState.WAITING,
            _reminders.c.due_at > now,
        )
    ).all()
    moves = [
        {
            "reminder_id": row.id,
            "seen": row.due_at,
            "to_due_at": at_local(local_day(row.due_at, move.before), row.clock_time, move.after),
        }
        for row in coming
    ]
    if moves:
        run(_SET, moves)

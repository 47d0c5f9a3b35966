"""Asking: a reminder that was ignored three times in a row asks whether it should stop."""

from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, select, update

from portal.core.db import db
from portal.core.errors import NotVisible
from portal.notifications.service import withdraw
from portal.reminders.models import Reminder
from portal.reminders.rules import told_key
from portal.reminders.shapes import IGNORED_BEFORE_ASKING, ReminderQuestion, ReminderState
from portal.vault.viewer import Viewer


def questions_for(viewer: Viewer) -> list[ReminderQuestion]:
    """The viewer's reminders that ask whether to go on, the one due first at the top."""
    rows = db.session.execute(
        select(Reminder.id, Reminder.kind, Reminder.repeat_kind, Reminder.due_at)
        .where(is_asking(viewer.person_id))
        .order_by(Reminder.due_at, Reminder.id)
    )
    return [ReminderQuestion(*row) for row in rows]


def is_asking(person_id: Any) -> ColumnElement[bool]:
    """The condition behind ``questions_for``, for statements of others built once."""
    return and_(
        Reminder.person_id == person_id,
        Reminder.ignored >= IGNORED_BEFORE_ASKING,
        Reminder.state == ReminderState.WAITING,
    )


def keep(viewer: Viewer, reminder_id: UUID) -> None:
    """The reminder goes on, and asks again only after three more times. Raises NotVisible."""
    _change(viewer, reminder_id, ignored=0)


def stop(viewer: Viewer, reminder_id: UUID) -> None:
    """The reminder comes no more, until its cause is given a new one. Raises NotVisible."""
    stopped = ReminderState.STOPPED
    turn = _change(viewer, reminder_id, ignored=0, state=stopped, is_unanswered=False)
    withdraw(told_key(reminder_id, turn), person_id=viewer.person_id)


def _change(viewer: Viewer, reminder_id: UUID, **values: object) -> int:
    """Change a reminder of the viewer's; gives its turn. Others' raise NotVisible."""
    turn: int | None = db.session.scalar(
        update(Reminder)
        .where(Reminder.id == reminder_id, Reminder.person_id == viewer.person_id)
        .values(**values)
        .returning(Reminder.turn)
    )
    if turn is None:
        raise NotVisible
    return turn

"""Asking: a reminder that was ignored three times in a row asks whether it should stop."""

from uuid import UUID

from sqlalchemy import select, update

from portal.core.db import db
from portal.core.errors import NotVisible
from portal.notifications.service import withdraw
from portal.reminders.models import Reminder
from portal.reminders.shapes import IGNORED_BEFORE_ASKING, ReminderQuestion, ReminderState
from portal.vault.viewer import Viewer


def questions_for(viewer: Viewer) -> list[ReminderQuestion]:
    """The viewer's reminders that ask whether to go on, the one due first at the top."""
    rows = db.session.execute(
        select(Reminder.id, Reminder.kind, Reminder.repeat_kind, Reminder.due_at)
        .where(
            Reminder.person_id == viewer.person_id,
            Reminder.ignored >= IGNORED_BEFORE_ASKING,
            Reminder.state == ReminderState.WAITING,
        )
        .order_by(Reminder.due_at, Reminder.id)
    )
    return [ReminderQuestion(*row) for row in rows]


def keep(viewer: Viewer, reminder_id: UUID) -> None:
    """The reminder goes on, and asks again only after three more times. Raises NotVisible."""
    _reminder_for(viewer, reminder_id)
    _change(reminder_id, ignored=0)


def stop(viewer: Viewer, reminder_id: UUID) -> None:
    """The reminder comes no more, until its cause is given a new one. Raises NotVisible."""
    told_key = _reminder_for(viewer, reminder_id)
    if told_key:
        withdraw(told_key, person_id=viewer.person_id)
    _change(reminder_id, state=ReminderState.STOPPED, ignored=0, told_key=None)


def _reminder_for(viewer: Viewer, reminder_id: UUID) -> str | None:
    """Which notice the viewer's reminder last led to; NotVisible when it is not theirs."""
    found = db.session.execute(
        select(Reminder.told_key).where(
            Reminder.id == reminder_id, Reminder.person_id == viewer.person_id
        )
    ).first()
    if found is None:
        raise NotVisible
    told_key: str | None = found.told_key
    return told_key


def _change(reminder_id: UUID, **values: object) -> None:
    db.session.execute(update(Reminder).where(Reminder.id == reminder_id).values(**values))

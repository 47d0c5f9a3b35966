"""Reminders as other slices set them: by a key of theirs, a kind and a time, and nothing more."""

from datetime import datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, delete, select, update

from portal.accounts.models import Person
from portal.core.clock import Repeat, RepeatKind, at_local, local_day
from portal.core.db import db
from portal.core.jobs import enqueue
from portal.core.row_ids import new_id
from portal.notifications.service import withdraw, zone_named
from portal.notifications.service.statements import put, table_of
from portal.notifications.shapes import NoticeKind
from portal.reminders.models import Reminder
from portal.reminders.rules import told_key
from portal.reminders.shapes import ReminderState
from portal.vault.viewer import Viewer

SWEEP_JOB = "reminders.sweep"
_STAYS = ("id", "person_id", "dedupe_key", "turn", "made_at")


def remind(
    person_id: UUID,
    kind: NoticeKind,
    *,
    at: datetime,
    key: str,
    now: datetime,
    repeat: Repeat | None = None,
) -> None:
    """Remind a person at a moment, and then in a rhythm at the same local time of day.

    The key names the cause (letters, digits, `:`; at most 160). Reminding the same person with the
    same key again sets the reminder anew, also one that had been stopped.
    """
    zone = _zone_of(person_id)
    rhythm = repeat or Repeat(RepeatKind.NONE, local_day(at, zone))
    row = {
        "id": new_id(),
        "person_id": person_id,
        "kind": kind,
        "dedupe_key": key,
        "due_at": at,
        "state": ReminderState.WAITING,
        "repeat_kind": rhythm.kind,
        "repeat_from_on": rhythm.from_on,
        "repeat_weeks": rhythm.weeks,
        "clock_time": at.astimezone(zone).time().replace(microsecond=0),
        "turn": 0,
        "is_unanswered": False,
        "ignored": 0,
        "made_at": now,
    }
    _withdraw_told(Reminder.dedupe_key == key, Reminder.person_id == person_id)
    changing = [name for name in row if name not in _STAYS]
    put(table_of(Reminder), row, unique=["dedupe_key", "person_id"], change=changing)
    if at <= now:
        enqueue(SWEEP_JOB)


def remind_daily(viewer: Viewer, kind: NoticeKind, clock: time, *, key: str) -> None:
    """Remind the viewer every day at a local time, from the next time the clock shows it."""
    day = local_day(viewer.now, viewer.zone)
    at = at_local(day, clock, viewer.zone)
    if at <= viewer.now:
        at = at_local(day + timedelta(days=1), clock, viewer.zone)
    rhythm = Repeat(RepeatKind.DAILY, local_day(at, viewer.zone))
    remind(viewer.person_id, kind, at=at, key=key, now=viewer.now, repeat=rhythm)


def forget(key: str, *, person_id: UUID | None = None) -> None:
    """The cause is gone: nobody is reminded any more, or this person is not."""
    ours = _ours(key, person_id)
    _withdraw_told(*ours)
    db.session.execute(delete(Reminder).where(*ours))


def answered(key: str, *, person_id: UUID | None = None) -> None:
    """The person did something about the cause: the last reminder was not ignored.

    What was to be told about it and has not gone out is taken back. The rhythm goes on.
    """
    ours = _ours(key, person_id)
    _withdraw_told(*ours)
    db.session.execute(update(Reminder).where(*ours).values(ignored=0))


def _withdraw_told(*ours: ColumnElement[bool]) -> None:
    """Take back the notices that came of these reminders, where they have not gone out."""
    told = db.session.execute(
        update(Reminder)
        .where(*ours, Reminder.is_unanswered.is_(True))
        .values(is_unanswered=False)
        .returning(Reminder.person_id, Reminder.id, Reminder.turn)
    ).all()
    for person_id, reminder_id, turn in told:
        withdraw(told_key(reminder_id, turn), person_id=person_id)


def _ours(key: str, person_id: UUID | None) -> list[ColumnElement[bool]]:
    ours = [Reminder.dedupe_key == key]
    if person_id is not None:
        ours.append(Reminder.person_id == person_id)
    return ours


def _zone_of(person_id: UUID) -> ZoneInfo:
    name = db.session.scalar(select(Person.zone).where(Person.id == person_id))
    return zone_named(str(name))

"""The table of reminders. It holds kinds and times; what a reminder is about is not here."""

from datetime import date, datetime, time
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portal.core.clock import RepeatKind
from portal.core.db import Base
from portal.core.row_ids import new_id
from portal.notifications.shapes import NoticeKind
from portal.reminders.shapes import ReminderState


class Reminder(Base):
    """One due time of one person, or a rhythm of them at a local time of day.

    `turn` counts how often it has led to a notice, `is_unanswered` says that the last one was not
    answered yet, `ignored` how many times in a row it came round unanswered. Deleting a person
    deletes their reminders.
    """

    __tablename__ = "reminders"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("persons.id", ondelete="CASCADE"))
    kind: Mapped[NoticeKind]
    dedupe_key: Mapped[str] = mapped_column(String(160))
    due_at: Mapped[datetime]
    state: Mapped[ReminderState] = mapped_column(default=ReminderState.WAITING)
    repeat_kind: Mapped[RepeatKind]
    repeat_from_on: Mapped[date]
    repeat_weeks: Mapped[int]
    clock_time: Mapped[time]
    turn: Mapped[int] = mapped_column(default=0)
    is_unanswered: Mapped[bool] = mapped_column(default=False)
    ignored: Mapped[int] = mapped_column(default=0)
    made_at: Mapped[datetime]

    __table_args__ = (
        UniqueConstraint("dedupe_key", "person_id"),
        Index("ix_reminders_state_due_at", "state", "due_at"),
        Index("ix_reminders_person_id_ignored", "person_id", "ignored"),
    )

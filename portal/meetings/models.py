"""Tables of meetings. Times are plain (clocks need them); places and lines are words: sealed."""

from datetime import datetime
from typing import ClassVar
from uuid import UUID

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from portal.meetings.shapes import KeptFrom, MeetingState
from portal.vault.models import Part
from portal.vault.sealed import SealedRow


class Meeting(SealedRow):
    """One meeting of a pair: offered by one, agreed by the other, perhaps to be moved.

    ``offered_at`` is a new time that waits for a yes; ``offered_by`` who put it forward (or, while
    the meeting itself is only offered, who offered it). Agreeing writes reminders for both.
    ``sequence`` rises each time ``starts_at`` changes: calendars outside go by it.
    """

    __tablename__ = "meetings"
    __part__: ClassVar[Part] = Part.DYAD
    __table_args__ = (Index("ix_meetings_dyad_id_starts_at", "dyad_id", "starts_at"),)

    dyad_id: Mapped[UUID] = mapped_column(ForeignKey("dyads.id", ondelete="CASCADE"))
    state: Mapped[MeetingState]
    starts_at: Mapped[datetime]
    sequence: Mapped[int] = mapped_column(default=0)
    offered_at: Mapped[datetime | None]
    offered_by: Mapped[UUID | None]


class Kept(SealedRow):
    """A thing kept for the meeting. It belongs to the first meeting after ``kept_at``."""

    __tablename__ = "kept_things"
    __part__: ClassVar[Part] = Part.DYAD
    __table_args__ = (Index("ix_kept_things_dyad_id_kept_at", "dyad_id", "kept_at"),)

    dyad_id: Mapped[UUID] = mapped_column(ForeignKey("dyads.id", ondelete="CASCADE"))
    source: Mapped[KeptFrom]
    source_id: Mapped[UUID | None]
    kept_at: Mapped[datetime]
    position: Mapped[int]

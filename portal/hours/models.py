"""Tables of a worker's time. The week and the days are plain: the clocks need them."""

from datetime import date, time
from typing import Any
from uuid import UUID

from sqlalchemy import Dialect, ForeignKey, Index, String, TypeDecorator, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portal.core.clock import Window
from portal.core.db import Base
from portal.vault.models import Part
from portal.vault.sealed import SealedRow


class Week(TypeDecorator[tuple[Window, ...]]):
    """Spans of a week as short text that a person can read: ``0 08:00-09:00,2 08:00-09:00``."""

    impl = String(400)
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:
        """Write the spans, earliest in the week first."""
        if value is None:
            return None
        return ",".join(f"{w.weekday} {w.start:%H:%M}-{w.end:%H:%M}" for w in sorted(value))

    def process_result_value(self, value: Any, dialect: Dialect) -> tuple[Window, ...] | None:
        """Read the spans back."""
        if value is None:
            return None
        return tuple(_window(part) for part in value.split(",") if part)


class WorkHours(Base):
    """A worker's week: when they work, and when they read unless an agreement says otherwise."""

    __tablename__ = "work_hours"

    worker_id: Mapped[UUID] = mapped_column(
        ForeignKey("persons.id", ondelete="CASCADE"), primary_key=True
    )
    working: Mapped[tuple[Window, ...]] = mapped_column(Week())
    reading: Mapped[tuple[Window, ...]] = mapped_column(Week())


class AwayTime(SealedRow):
    """Days on which its owner, a worker, is away; the body is their own copy of the line."""

    __tablename__ = "away_times"
    __part__ = Part.PROFILE
    __table_args__ = (Index("ix_away_times_owner_id_until_on", "owner_id", "until_on"),)

    from_on: Mapped[date]
    until_on: Mapped[date]


class AwayNote(SealedRow):
    """The line about an absence for one pair, under the key of the two; goes with the absence."""

    __tablename__ = "away_notes"
    __part__ = Part.DYAD
    __table_args__ = (UniqueConstraint("away_time_id", "dyad_id"),)

    away_time_id: Mapped[UUID] = mapped_column(ForeignKey("away_times.id", ondelete="CASCADE"))
    dyad_id: Mapped[UUID] = mapped_column(ForeignKey("dyads.id", ondelete="CASCADE"), index=True)


class PhraseRow(SealedRow):
    """A phrase of a worker's own, for writing; only they can open it."""

    __tablename__ = "phrases"
    __part__ = Part.PROFILE


def _window(part: str) -> Window:
    weekday, _, span = part.partition(" ")
    start, _, end = span.partition("-")
    return Window(int(weekday), time.fromisoformat(start), time.fromisoformat(end))

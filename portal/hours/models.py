"""Tables of a worker's time. The week and the days are plain: the clocks need them."""

from datetime import date
from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portal.core.clock import Window
from portal.core.db import Base
from portal.core.windows import Windows
from portal.vault.models import Part
from portal.vault.sealed import SealedRow


class WorkHours(Base):
    """A worker's week: when they work, and when they read unless an agreement says otherwise."""

    __tablename__ = "work_hours"

    worker_id: Mapped[UUID] = mapped_column(
        ForeignKey("persons.id", ondelete="CASCADE"), primary_key=True
    )
    working: Mapped[tuple[Window, ...]] = mapped_column(Windows())
    reading: Mapped[tuple[Window, ...]] = mapped_column(Windows())


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

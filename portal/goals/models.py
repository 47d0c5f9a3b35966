"""Tables of goals, their pieces and the ideas offered for them.

All that is said in them is sealed. A piece and an offer go with their goal: shared or kept back
with it, and gone with it. `version` guards against two pages changing one row at a time.
"""

from uuid import UUID

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from portal.vault.models import Part
from portal.vault.sealed import SealedRow


class Goal(SealedRow):
    """A goal. Its `changed_at` also moves when one of its pieces or offers changes."""

    __tablename__ = "goals"
    __part__ = Part.GOALS
    __table_args__ = (Index("ix_goals_owner_id_changed_at_id", "owner_id", "changed_at", "id"),)

    version: Mapped[int] = mapped_column()
    __mapper_args__ = {"version_id_col": version}


class Activity(SealedRow):
    """A smaller piece of a goal. Deleting the goal deletes it."""

    __tablename__ = "activities"
    __part__ = Part.GOALS

    goal_id: Mapped[UUID] = mapped_column(ForeignKey("goals.id", ondelete="CASCADE"), index=True)
    version: Mapped[int] = mapped_column()
    __mapper_args__ = {"version_id_col": version}


class Offer(SealedRow):
    """An idea from a worker for a goal; its author is the worker. Deleting the goal deletes it."""

    __tablename__ = "offers"
    __part__ = Part.GOALS

    goal_id: Mapped[UUID] = mapped_column(ForeignKey("goals.id", ondelete="CASCADE"), index=True)

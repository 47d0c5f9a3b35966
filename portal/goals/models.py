"""Tables of goals, how they were worded, their pieces, ideas offered, and the wish for all.

All that is said in them is sealed. A piece and an offer go with their goal: shared or kept back
with it, and gone with it. `version` guards against two pages changing one row at a time.
"""

from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint
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


class GoalFormer(SealedRow):
    """How a goal was worded until `made_at`; always the owner's alone. Goes with its goal."""

    __tablename__ = "goal_formers"
    __part__ = Part.GOALS
    __table_args__ = (Index("ix_goal_formers_goal_id_made_at_id", "goal_id", "made_at", "id"),)

    goal_id: Mapped[UUID] = mapped_column(ForeignKey("goals.id", ondelete="CASCADE"))


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


class Wish(SealedRow):
    """How much others may push on all goals; one row an owner.

    It always lies under the part's shared key, which is the owner's alone until goals are shared:
    whoever comes to see goals sees it too, and a new epoch seals it again with them.
    """

    __tablename__ = "goal_wishes"
    __part__ = Part.GOALS
    __table_args__ = (UniqueConstraint("owner_id"),)

    version: Mapped[int] = mapped_column()
    __mapper_args__ = {"version_id_col": version}

"""Tables of agreements: the rounds, both people's answers, what they settled, what was accepted.

Words are sealed. The terms stand in plain columns, because jobs and clocks read them and hold no
keys. Deleting a dyad deletes all of these.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import ClassVar
from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from portal.agreements.shapes import (
    AnswerWithin,
    Depth,
    Question,
    ReviewReply,
    RoundState,
    Starter,
    Why,
)
from portal.core.clock import Window
from portal.core.db import Base
from portal.core.row_ids import new_id
from portal.core.windows import Windows
from portal.vault.models import Part
from portal.vault.sealed import SealedRow


class Round(Base):
    """One time of working an agreement out. At most one round of a dyad is open at a time.

    ``revision`` moves with everything that is settled, and takes both acceptances back: nobody
    accepts a draft that they have not read. Whose yes was taken back so has it in ``lapsed_at``
    until they say yes or hand answers in again.
    """

    __tablename__ = "agreement_rounds"
    __table_args__ = (
        UniqueConstraint("dyad_id", "number"),
        Index(
            "uq_agreement_rounds_open",
            "dyad_id",
            unique=True,
            sqlite_where=text("closed_at IS NULL"),
            postgresql_where=text("closed_at IS NULL"),
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    dyad_id: Mapped[UUID] = mapped_column(ForeignKey("dyads.id", ondelete="CASCADE"))
    number: Mapped[int]
    state: Mapped[RoundState]
    is_light: Mapped[bool] = mapped_column(default=False)
    started_by: Mapped[UUID]
    started_at: Mapped[datetime]
    moved_at: Mapped[datetime]
    owner_done_at: Mapped[datetime | None]
    worker_done_at: Mapped[datetime | None]
    revision: Mapped[int] = mapped_column(default=0)
    owner_accepted_at: Mapped[datetime | None]
    worker_accepted_at: Mapped[datetime | None]
    owner_lapsed_at: Mapped[datetime | None]
    worker_lapsed_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]


class RoundAnswers(SealedRow):
    """One person's answers in a round. Their author's alone until they are handed in."""

    __tablename__ = "agreement_answers"
    __part__: ClassVar[Part] = Part.DYAD
    __table_args__ = (UniqueConstraint("round_id", "author_id"),)

    dyad_id: Mapped[UUID] = mapped_column(ForeignKey("dyads.id", ondelete="CASCADE"), index=True)
    round_id: Mapped[UUID] = mapped_column(ForeignKey("agreement_rounds.id", ondelete="CASCADE"))
    is_handed_in: Mapped[bool] = mapped_column(default=False)


class SettledPoint(SealedRow):
    """What was settled for one question of a round; ``number`` counts how often."""

    __tablename__ = "agreement_points"
    __part__: ClassVar[Part] = Part.DYAD
    __table_args__ = (UniqueConstraint("round_id", "question"),)

    dyad_id: Mapped[UUID] = mapped_column(ForeignKey("dyads.id", ondelete="CASCADE"), index=True)
    round_id: Mapped[UUID] = mapped_column(ForeignKey("agreement_rounds.id", ondelete="CASCADE"))
    question: Mapped[Question]
    number: Mapped[int]


class Agreement(SealedRow):
    """One accepted version. Only its review and its end ever change.

    The one without ``ended_at`` stands. ``review_why`` is set while a review is asked for;
    ``changed_at`` is when both last accepted or kept it.
    """

    __tablename__ = "agreements"
    __part__: ClassVar[Part] = Part.DYAD
    __table_args__ = (
        UniqueConstraint("dyad_id", "version"),
        Index(
            "uq_agreements_standing",
            "dyad_id",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
        Index("ix_agreements_review_on", "review_on"),
    )

    dyad_id: Mapped[UUID] = mapped_column(ForeignKey("dyads.id", ondelete="CASCADE"))
    round_id: Mapped[UUID] = mapped_column(ForeignKey("agreement_rounds.id", ondelete="CASCADE"))
    version: Mapped[int]
    accepted_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    is_light: Mapped[bool]

    windows: Mapped[tuple[Window, ...]] = mapped_column(Windows())
    answer_within: Mapped[AnswerWithin]
    depth: Mapped[Depth]
    who_starts: Mapped[Starter]
    hello_every_weeks: Mapped[int | None]
    hello_weekday: Mapped[int | None]
    try_until: Mapped[date | None]

    review_on: Mapped[date | None]
    review_why: Mapped[Why | None]
    review_asked_at: Mapped[datetime | None]
    owner_reply: Mapped[ReviewReply | None]
    worker_reply: Mapped[ReviewReply | None]

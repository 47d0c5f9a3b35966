"""Tables of the plan, its cards and its phones.

Which section a row is, and every state of it, is sealed with its words.
"""

from datetime import datetime
from typing import ClassVar
from uuid import UUID, uuid4

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from portal.core.db import Base
from portal.core.row_ids import new_id
from portal.vault.models import Part
from portal.vault.sealed import SealedRow


class PlanRow(SealedRow):
    """One piece of the plan: a section, how it was made, or a worker's answer.

    ``version`` refuses the later of two pages that change it at one time.
    """

    __tablename__ = "plan_rows"
    __part__: ClassVar[Part] = Part.CRISIS_PLAN

    version: Mapped[int] = mapped_column()
    __mapper_args__ = {"version_id_col": version}


class PlanFormer(SealedRow):
    """What a section said before; always the owner's alone. Goes when its section is deleted."""

    __tablename__ = "plan_formers"
    __part__: ClassVar[Part] = Part.CRISIS_PLAN

    section_id: Mapped[UUID] = mapped_column(
        ForeignKey("plan_rows.id", ondelete="CASCADE"), index=True
    )


class PlanCard(SealedRow):
    """A card for the wallet. Its body, with the code, is the owner's alone.

    ``look_up`` is a hash of the code; ``copy`` holds the chosen sections and opens with the code
    alone. Both are wiped when the card ends.
    """

    __tablename__ = "plan_cards"
    __part__: ClassVar[Part] = Part.CRISIS_PLAN

    look_up: Mapped[bytes | None] = mapped_column(unique=True)
    copy: Mapped[bytes | None]
    ended_at: Mapped[datetime | None]


class CardOpening(Base):
    """That a card was opened, in the hour from ``hour_at``; by whom, nobody knows.

    The id is random: one in the order of time would keep the moment, not the hour.
    """

    __tablename__ = "card_openings"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    card_id: Mapped[UUID] = mapped_column(
        ForeignKey("plan_cards.id", ondelete="CASCADE"), index=True
    )
    hour_at: Mapped[datetime]


class PlanPhone(Base):
    """A device on which the owner keeps the plan. Once it has ended, its next visit erases it."""

    __tablename__ = "plan_phones"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    owner_id: Mapped[UUID] = mapped_column(ForeignKey("persons.id", ondelete="CASCADE"), index=True)
    made_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]

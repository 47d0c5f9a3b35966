"""Tables of the record: approved pages, and a worker's asking for one. What they say is sealed."""

from datetime import datetime
from typing import ClassVar
from uuid import UUID

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from portal.core.db import Base
from portal.record.shapes import Reply
from portal.vault.models import Part
from portal.vault.sealed import SealedRow


class RecordPage(SealedRow):
    """One approved page, under the key of the two. ``made_at`` is when the owner approved it.

    Taking it back seals an empty body over it.
    """

    __tablename__ = "record_pages"
    __part__: ClassVar[Part] = Part.DYAD
    __table_args__ = (Index("ix_record_pages_dyad_id_made_at_id", "dyad_id", "made_at", "id"),)

    dyad_id: Mapped[UUID] = mapped_column(ForeignKey("dyads.id", ondelete="CASCADE"))
    taken_back_at: Mapped[datetime | None]


class RecordAsk(Base):
    """That the worker of a pair asked for a page, and what became of it; one row a pair."""

    __tablename__ = "record_asks"

    dyad_id: Mapped[UUID] = mapped_column(
        ForeignKey("dyads.id", ondelete="CASCADE"), primary_key=True
    )
    asked_at: Mapped[datetime]
    reply: Mapped[Reply | None]
    replied_at: Mapped[datetime | None]

"""Tables of what was typed and not yet sent."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portal.core.db import Base
from portal.core.row_ids import new_id
from portal.vault.models import Part
from portal.vault.sealed import SealedRow


class Draft(SealedRow):
    """The words of one form, under its writer's own key; one row a writer and place."""

    __tablename__ = "drafts"
    __table_args__ = (UniqueConstraint("owner_id", "place"),)
    __part__ = Part.DRAFTS

    place: Mapped[str] = mapped_column(String(200))


class LateDraft(Base):
    """Words that came when nobody was signed in any more; only their writer can open them.

    ``mac`` is a tag of this server over the row, so that nobody else can plant words here.
    """

    __tablename__ = "late_drafts"
    __table_args__ = (UniqueConstraint("person_id", "place"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("persons.id", ondelete="CASCADE"))
    place: Mapped[str] = mapped_column(String(200))
    sealed: Mapped[bytes]
    mac: Mapped[bytes]
    made_at: Mapped[datetime]

"""Tables of sharing: the grants, and who opened what in which hour."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portal.core.db import Base
from portal.core.row_ids import new_id
from portal.vault.models import Part


class Grant(Base):
    """The owner lets one person see one part. Deleting it takes effect at the next request."""

    __tablename__ = "grants"
    __table_args__ = (
        UniqueConstraint("owner_id", "grantee_id", "part"),
        Index("ix_grants_grantee_id_part", "grantee_id", "part", "owner_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    owner_id: Mapped[UUID] = mapped_column(ForeignKey("persons.id", ondelete="CASCADE"))
    grantee_id: Mapped[UUID] = mapped_column(ForeignKey("persons.id", ondelete="CASCADE"))
    part: Mapped[Part]
    made_at: Mapped[datetime]


class Opening(Base):
    """Somebody other than the owner opened a part, in this hour. One row an hour, for the owner."""

    __tablename__ = "openings"
    __table_args__ = (UniqueConstraint("owner_id", "hour_at", "viewer_id", "part"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    owner_id: Mapped[UUID] = mapped_column(ForeignKey("persons.id", ondelete="CASCADE"))
    viewer_id: Mapped[UUID] = mapped_column(ForeignKey("persons.id", ondelete="CASCADE"))
    part: Mapped[Part]
    hour_at: Mapped[datetime]

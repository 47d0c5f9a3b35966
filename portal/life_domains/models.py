"""Tables of life domains: names, how they are arranged, and what is written in them.

A domain has a row once its owner has used it. Which domain it is, is sealed; an entry names its
domain by id, so that the entries of one domain can be asked for without opening the others.
"""

from typing import ClassVar
from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from portal.vault.models import Part
from portal.vault.sealed import SealedRow


class DomainRow(SealedRow):
    """A domain that its owner has named or written in."""

    __tablename__ = "life_domains"
    __part__: ClassVar[Part] = Part.LIFE_DOMAINS

    version: Mapped[int] = mapped_column()
    __mapper_args__ = {"version_id_col": version}


class ArrangementRow(SealedRow):
    """How one owner has arranged the domains; one row an owner, always the owner's alone."""

    __tablename__ = "life_arrangements"
    __part__: ClassVar[Part] = Part.LIFE_DOMAINS

    version: Mapped[int] = mapped_column()
    __mapper_args__ = {"version_id_col": version}


class EntryRow(SealedRow):
    """What somebody wrote of one domain on one day. Deleting the domain deletes it."""

    __tablename__ = "life_entries"
    __part__: ClassVar[Part] = Part.LIFE_DOMAINS

    domain_id: Mapped[UUID] = mapped_column(
        ForeignKey("life_domains.id", ondelete="CASCADE"), index=True
    )
    version: Mapped[int] = mapped_column()
    __mapper_args__ = {"version_id_col": version}

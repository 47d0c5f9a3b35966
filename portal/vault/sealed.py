"""The base of every row that holds a person's words: one envelope a row, one decrypt a row."""

from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, declared_attr, mapped_column

from portal.core.db import Base
from portal.core.row_ids import new_id
from portal.vault.models import Part


class SealedRow(Base):
    """A row of one part of one owner's portal; ``sealed`` holds the whole body.

    Subclasses add only the plain columns that SQL or a job must see: foreign keys, numbers, due
    times, delivery states. They name their part in ``__part__`` and their table.
    """

    __abstract__ = True
    __part__: ClassVar[Part]
    __body_version__: ClassVar[int] = 1

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)

    @declared_attr
    def owner_id(cls) -> Mapped[UUID]:  # noqa: N805  # SQLAlchemy hands over the class
        """Whose portal the row belongs to."""
        return mapped_column(ForeignKey("persons.id", ondelete="CASCADE"), index=True)

    @declared_attr
    def data_key_id(cls) -> Mapped[UUID]:  # noqa: N805  # SQLAlchemy hands over the class
        """The key that opens the row."""
        return mapped_column(ForeignKey("data_keys.id"), index=True)

    author_id: Mapped[UUID]
    made_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    sealed: Mapped[bytes]


def columns_of(table: type[SealedRow]) -> tuple[Any, ...]:  # SQLAlchemy has no type for a mix
    """What a page loads of a sealed row instead of the whole entity."""
    return (
        table.id,
        table.owner_id,
        table.data_key_id,
        table.author_id,
        table.made_at,
        table.changed_at,
        table.sealed,
    )


def sealed_tables(part: Part | None = None) -> list[type[SealedRow]]:
    """Every table that holds words, or those of one part, by table name."""
    found = [
        mapper.class_
        for mapper in Base.registry.mappers
        if issubclass(mapper.class_, SealedRow) and part in (None, mapper.class_.__part__)
    ]
    return sorted(found, key=lambda table: str(table.__tablename__))

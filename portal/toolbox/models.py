"""What tables of the toolbox have in common."""

from uuid import UUID

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, declared_attr, mapped_column

from portal.vault.sealed import SealedRow


class WithFormers(SealedRow):
    """Rows, and beside them how they read before: ``former_of`` names the row of a former wording.

    It is plain so that a page asks for the present ones alone, by an index, however many former
    ones there are. It says that words were changed, which their moment says already.
    """

    __abstract__ = True

    former_of: Mapped[UUID | None] = mapped_column()

    @declared_attr.directive
    def __table_args__(cls) -> tuple[Index]:  # noqa: N805  # SQLAlchemy hands over the class
        """The index by which pages read."""
        name = f"ix_{cls.__tablename__}_owner_id_former_of_made_at_id"
        return (Index(name, "owner_id", "former_of", "made_at", "id"),)

"""Lock 3: what a viewer may list at all. Every verb that reads a part starts here."""

from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, exists, or_, select

from portal.access.models import Grant
from portal.vault.models import Audience, DataKey
from portal.vault.sealed import SealedRow
from portal.vault.viewer import Viewer

Row = TypeVar("Row", bound=SealedRow)


def visible(table: type[Row], viewer: Viewer, owner_id: UUID | None = None) -> Select[Row]:
    """Rows of a part that the viewer may see: their own, and shared ones under a live grant.

    Not ordered; the caller orders and pages. What an owner keeps to themselves is not there for
    anybody else, not even in a count.
    """
    rows = select(table).where(may_see(table, viewer.person_id))
    return rows if owner_id is None else rows.where(table.owner_id == owner_id)


def lets_see(owner_id: Any, grantee_id: Any, part: Any) -> ColumnElement[bool]:
    """Whether an owner lets somebody see a part, as a column of a statement about the two."""
    grant = and_(Grant.owner_id == owner_id, Grant.grantee_id == grantee_id, Grant.part == part)
    return exists().where(grant)


def may_see(table: type[SealedRow], viewer_id: Any) -> ColumnElement[bool]:
    """The condition behind ``visible``, for statements built once (a bind parameter)."""
    shared = exists().where(
        and_(
            DataKey.id == table.data_key_id,
            DataKey.audience == Audience.SHARED,
            Grant.owner_id == table.owner_id,
            Grant.grantee_id == viewer_id,
            Grant.part == table.__part__,
        )
    )
    return or_(table.owner_id == viewer_id, shared)

"""Former wordings: what a row said before, newest first, a page at a time. The owner's alone."""

from collections.abc import Callable, Sequence
from typing import TypeVar
from uuid import UUID

from sqlalchemy import and_, or_

from portal.access.service import visible
from portal.core.db import db
from portal.core.errors import NotVisible
from portal.core.web import Page, place_token, read_place
from portal.toolbox.models import WithFormers
from portal.toolbox.service.rows import older_than
from portal.vault.models import Audience, DataKey
from portal.vault.sealed import SealedRow
from portal.vault.viewer import Viewer

RowT = TypeVar("RowT", bound=WithFormers)
AnyRowT = TypeVar("AnyRowT", bound=SealedRow)
Shown = TypeVar("Shown")

FORMERS = 20


def with_formers(
    viewer: Viewer,
    table: type[RowT],
    row_id: UUID,
    show: Callable[[Viewer, RowT, Audience], Shown],
    before: str | None = None,
) -> tuple[Shown, Page[Shown]]:
    """One of the viewer's own rows, and a page of what it said before; or NotVisible. One query."""
    former = and_(table.former_of == row_id, *older_than(table, read_place(before)))
    found = db.session.execute(
        visible(table, viewer, viewer.person_id)
        .add_columns(DataKey.audience)
        .join(DataKey, DataKey.id == table.data_key_id)
        .where(or_(table.id == row_id, former))
        .order_by(table.former_of.is_not(None), table.made_at.desc(), table.id.desc())
        .limit(FORMERS + 2)
    ).all()
    if not found or found[0][0].former_of is not None:
        raise NotVisible
    now, *rows = found
    page = page_of([row for row, _audience in rows])
    shown = list(viewer.box.each(page.items, lambda row: show(viewer, row, Audience.ONLY_ME)))
    return show(viewer, *now), Page(shown, older=page.older)


def page_of(newest: Sequence[AnyRowT]) -> Page[AnyRowT]:
    """A page out of rows, newest first, that hold one more where there are older ones."""
    shown = newest[:FORMERS]
    last = shown[-1] if len(newest) > FORMERS else None
    return Page(shown, older=place_token((last.made_at, last.id)) if last else None)

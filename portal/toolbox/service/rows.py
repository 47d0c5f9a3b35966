"""Rows of a part: finding the owner's own, sealing them again, moving them between audiences.

A row that two pages change at one time is refused to the later one, so nothing is lost unseen.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import Any, TypeVar
from uuid import UUID

import msgspec
from sqlalchemy import BindParameter, ColumnElement, bindparam, tuple_
from sqlalchemy.orm.exc import StaleDataError

from portal.access.service import visible
from portal.core.db import db
from portal.core.errors import Conflict, NotVisible
from portal.core.languages import _
from portal.core.web import Place
from portal.vault.models import Audience, DataKey
from portal.vault.presses import write_once
from portal.vault.sealed import SealedRow
from portal.vault.viewer import Viewer

SealedRowT = TypeVar("SealedRowT", bound=SealedRow)
BodyT = TypeVar("BodyT", bound=msgspec.Struct)

LOOK_AGAIN = _("Something changed since you looked. Please look at it once more.")
AWAY_FIRST = _("Put it away first. Then you can delete it.")
CHANGED = _("Another page changed this a moment ago. Have a look, then try again.")
MOST = 2000
ALL = 100_000


def own_row(
    viewer: Viewer, table: type[SealedRowT], row_id: UUID, body: type[BodyT]
) -> tuple[SealedRowT, BodyT, Audience]:
    """One of the viewer's own rows, opened, and who it is sealed for; or NotVisible."""
    found = db.session.execute(
        visible(table, viewer, viewer.person_id)
        .add_columns(DataKey.audience)
        .join(DataKey, DataKey.id == table.data_key_id)
        .where(table.id == row_id)
    ).first()
    if found is None:
        raise NotVisible
    row, audience = found
    return row, viewer.box.open(row, body), audience


def rows_of(
    viewer: Viewer,
    table: type[SealedRowT],
    owner_id: UUID,
    *wanted: ColumnElement[bool],
    before: Place | None = None,
    most: int = MOST,
    own_first: bool = False,
) -> Sequence[tuple[SealedRowT, Audience]]:
    """An owner's rows that the viewer may see, each with its audience, in the order they were made.

    One query. Up to ``most`` rows: the newest ones, older than ``before``; with ``own_first`` what
    others wrote never takes the room of the owner's own. The rows are not opened yet. Their ids do
    not tell their order: a press of a form makes its own.
    """
    kept_first = [table.author_id == owner_id] if own_first else []
    found = db.session.execute(
        visible(table, viewer, owner_id)
        .add_columns(DataKey.audience)
        .join(DataKey, DataKey.id == table.data_key_id)
        .where(*wanted, *older_than(table, before))
        .order_by(*(each.desc() for each in kept_first), table.made_at.desc(), table.id.desc())
        .limit(most)
    )
    rows = [(row, audience) for row, audience in reversed(found.all())]
    return sorted(rows, key=_made) if own_first else rows


def _made(found: tuple[SealedRow, Audience]) -> Place:
    return found[0].made_at, found[0].id


def older_than(table: type[SealedRow], place: Place | None) -> tuple[ColumnElement[bool], ...]:
    """The condition that rows were made before a place; none without a place."""
    if place is None:
        return ()
    return (tuple_(table.made_at, table.id) < tuple_(*_bound(table, place)),)


def _bound(table: type[SealedRow], place: Place) -> tuple[BindParameter[Any], ...]:
    """A place as values of the table's own types."""
    at, row_id = place
    return bindparam(None, at, type_=table.made_at.type), bindparam(
        None, row_id, type_=table.id.type
    )


def is_shared(audience: Audience) -> bool:
    """Whether a row goes along when its part is shared."""
    return audience is Audience.SHARED


def keep_row(viewer: Viewer, row: SealedRow, body: msgspec.Struct, audience: Audience) -> None:
    """Seal a new or changed row of the viewer's own. Raises Conflict when it changed elsewhere."""
    key = viewer.box.own_key(row.__part__, audience, now=viewer.now)
    viewer.box.seal(row, body, key, now=viewer.now)
    db.session.add(row)
    flush()


def add_once(viewer: Viewer, row: SealedRow, body: msgspec.Struct, audience: Audience) -> bool:
    """Seal and write a new row; False when the same press has written it before."""
    key = viewer.box.own_key(row.__part__, audience, now=viewer.now)
    viewer.box.seal(row, body, key, now=viewer.now)
    return write_once(row)


def move_rows(viewer: Viewer, rows: Iterable[SealedRow], audience: Audience) -> None:
    """Seal the same words of the viewer's own rows for another audience."""
    for row in rows:
        viewer.box.move(row, viewer.box.own_key(row.__part__, audience, now=viewer.now))
        row.changed_at = viewer.now
    flush()


def refuse_unless_away(*, is_away: bool) -> None:
    """Nothing goes for good that still lies in its place: raises Conflict until it is put away."""
    if not is_away:
        raise Conflict(AWAY_FIRST)


def delete_with_formers(
    viewer: Viewer, row: SealedRowT, of: Callable[[SealedRowT], UUID | None]
) -> None:
    """Delete one of the viewer's own rows for good, with its former wordings in the same table.

    ``of(other)``: the id of the row whose former wording another one is; or None.
    """
    for other, _audience in rows_of(viewer, type(row), viewer.person_id, most=ALL):
        if of(other) == row.id:
            db.session.delete(other)
    db.session.delete(row)
    flush()


def flush() -> None:
    """Write what is pending. Raises Conflict when a row was changed elsewhere meanwhile."""
    try:
        db.session.flush()
    except StaleDataError as problem:
        raise Conflict(CHANGED) from problem

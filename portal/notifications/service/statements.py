"""Statements in bulk that both databases understand: take what is due, write what may be there.

They go past the ORM, by tables: a sweep of ten thousand rows is a job of a second.
"""

from collections.abc import Mapping, Sequence
from typing import Any, cast

from sqlalchemy import (
    ColumnElement,
    CursorResult,
    Executable,
    Select,
    String,
    Table,
    func,
    select,
)
from sqlalchemy import cast as cast_to

from portal.core.db import Base, db, insert_into

BATCH = 100
MANY = 500
"""A batch of what is only moved from table to table: nothing is handed over meanwhile."""

Rows = Sequence[Mapping[str, Any]]


def table_of(model: type[Base]) -> Table:
    """The table behind a model."""
    return cast("Table", model.__table__)


def run(statement: Executable, rows: Rows | None = None) -> CursorResult[*tuple[Any, ...]]:
    """Run a statement in the present unit of work, once, or once for each row."""
    return db.session.connection().execute(statement, rows)


def take(table: Table, *conditions: ColumnElement[bool], by: str, size: int = BATCH) -> Select[Any]:
    """The ids of a batch of rows that nobody else is working on, by the column `by`.

    For use inside an UPDATE. PostgreSQL passes over rows that another job holds; SQLite has one
    writer at a time, so there an UPDATE never meets another.
    """
    return (
        select(table.c.id)
        .where(*conditions)
        .order_by(table.c[by])
        .limit(size)
        .with_for_update(skip_locked=True)
    )


def made_id() -> Any:
    """A row id that the database makes by chance, for rows that never pass through Python."""
    return func.gen_random_uuid() if _is_postgresql() else func.randomblob(16)


def hex_of(row_id: ColumnElement[Any]) -> ColumnElement[str]:
    """A row id as the database writes it, digit by digit as Python's ``UUID.hex``."""
    if _is_postgresql():
        return func.replace(cast_to(row_id, String), "-", "")
    return func.lower(func.hex(row_id))


def unless_there(
    insert: Any,
    *,
    unique: Sequence[str],
    change: Sequence[str],
    only_if: ColumnElement[bool] | None = None,
) -> Any:
    """The INSERT, changing those columns in a row that is there with the same `unique` columns.

    With `only_if` the row that is there stays as it is unless the condition holds for it.
    """
    return insert.on_conflict_do_update(
        index_elements=list(unique),
        set_={name: insert.excluded[name] for name in change},
        where=only_if,
    )


def put(
    table: Table, row: Mapping[str, Any], *, unique: Sequence[str], change: Sequence[str]
) -> None:
    """Write a row, or change those columns in the one with the same `unique` columns."""
    run(unless_there(insert_into(table), unique=unique, change=change), [row])


def _is_postgresql() -> bool:
    return db.session.get_bind().dialect.name == "postgresql"

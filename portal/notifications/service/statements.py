"""Statements that both databases understand: take what is due, and write what may be there."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.dialects import postgresql, sqlite

from portal.core.db import Base, db

BATCH = 100


def take(table: type[Any], *conditions: ColumnElement[bool], by: Any) -> Select[Any]:
    """The ids of a batch of rows that nobody else is working on, by the column `by`.

    For use inside an UPDATE. PostgreSQL passes over rows that another job holds; SQLite has one
    writer at a time, so there an UPDATE never meets another.
    """
    return (
        select(table.id)
        .where(*conditions)
        .order_by(by)
        .limit(BATCH)
        .with_for_update(skip_locked=True)
    )


def insert_into(table: type[Base]) -> Any:
    """An INSERT of the database in use, which knows what to do when the row is there already."""
    name = db.session.get_bind().dialect.name
    return postgresql.insert(table) if name == "postgresql" else sqlite.insert(table)


def put(
    table: type[Base],
    rows: Sequence[Mapping[str, Any]],
    *,
    unique: Sequence[str],
    change: Sequence[str],
    only_if: ColumnElement[bool] | None = None,
) -> None:
    """Write rows; where one with the same `unique` columns is there, change those columns in it.

    With `only_if` the row that is there stays as it is unless the condition holds for it.
    """
    statement = insert_into(table).values(rows)
    db.session.execute(
        statement.on_conflict_do_update(
            index_elements=list(unique),
            set_={name: statement.excluded[name] for name in change},
            where=only_if,
        )
    )

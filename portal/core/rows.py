"""Plain columns, past the object mapper: for the pages that people load all day, and sending.

A statement is built once, with bind parameters, and run here by the driver, on the connection of
the session. The session's own ``execute`` must look for entities first.
"""

import enum
from collections import namedtuple
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from typing import Any, TypeVar

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    bindparam,
    literal_column,
)
from sqlalchemy.engine import Connection

from portal.core.db import db
from portal.core.ready import Reading, Writing, ready_select, ready_write

T = TypeVar("T")


def read(statement: Reading, wanted: Mapping[str, Any]) -> list[Any]:
    """The rows of a statement of plain columns; what waits in the session is written first."""
    connection = _connection()
    ready = ready_select(statement, connection.dialect)
    if ready.is_plain:
        return ready.rows(connection, wanted)
    return list(connection.execute(statement, dict(wanted)))


def first(statement: Reading, wanted: Mapping[str, Any]) -> Any:
    """The first row of a statement, or None."""
    found = read(statement, wanted)
    return found[0] if found else None


def write(statement: Writing, values: Mapping[str, Any]) -> int:
    """Run an INSERT, UPDATE or DELETE of plain columns; gives how many rows it met."""
    connection = _connection()
    ready = ready_write(statement, connection.dialect, tuple(values))
    if ready.is_plain:
        return ready.met(connection, values)
    counted = statement.execution_options(preserve_rowcount=True)
    return connection.execute(counted, dict(values)).rowcount


def _connection() -> Connection:
    session = db.session()
    session.flush()
    return session.connection()


def one_of(column: ColumnElement[Any], name: str, size: int) -> ColumnElement[bool]:
    """``column IN (…)`` with places for so many values, so that the statement stays the same."""
    return column.in_([_place(name, number, column) for number in range(size)])


def written(column: ColumnElement[T], value: enum.Enum) -> ColumnElement[bool]:
    """``column = 'value'``, with a value that stays written into the statement.

    Where a partial index holds the rows of one value, SQLite looks at the values of a statement to
    see whether the index may serve, and plans the statement anew at every run. That costs more than
    running it; a value that stands there already costs nothing.
    """
    if not str(value.value).isidentifier():
        raise ValueError("only a plain name is written into a statement")
    return column == literal_column(f"'{value.value}'", column.type)


def places(name: str, values: Iterable[Any], size: int) -> dict[str, Any]:
    """The values for the places of ``one_of``; the last value fills what is left over."""
    found = list(values)
    found += [found[-1] if found else None] * (size - len(found))
    return {f"{name}_{number}": value for number, value in enumerate(found)}


def in_sizes(make: Callable[[int], T]) -> Callable[[int], tuple[T, int]]:
    """Statements for few, more and many values, each built once: gives (statement, places)."""
    made = cache(make)

    def fitting(count: int) -> tuple[T, int]:
        size = 1 << max(0, count - 1).bit_length()
        return made(size), size

    return fitting


class Several:
    """The columns of several tables in one statement, and the way back to a row of each.

    ``Several(dyad=Dyad.__table__.c, pin=Pin.__table__.c)``: ``columns`` for the ``select()``, and
    ``of(row).dyad.owner_id`` afterwards. An outer join that found nothing gives a row of None.
    """

    def __init__(self, **tables: Iterable[ColumnElement[Any]]) -> None:
        self.columns: list[ColumnElement[Any]] = []
        self._parts: list[tuple[Callable[[Iterable[Any]], Any], slice]] = []
        for name, found in tables.items():
            columns, begin = list(found), len(self.columns)
            self.columns += columns
            made = _row_type(name, [str(each.key) for each in columns])
            self._parts.append((made, slice(begin, len(self.columns))))
        self._whole = _row_type("Row", tables)

    def of(self, row: Sequence[Any]) -> Any:
        """A found row, taken apart by table."""
        return self._whole([make(row[part]) for make, part in self._parts])


def _row_type(name: str, fields: Iterable[str]) -> Callable[[Iterable[Any]], Any]:
    made: Any = namedtuple(name, fields)  # type: ignore[misc]  # fields known later
    make: Callable[[Iterable[Any]], Any] = made._make
    return make


def _place(name: str, number: int, column: ColumnElement[Any]) -> BindParameter[Any]:
    return bindparam(f"{name}_{number}", type_=column.type)


__all__ = ["Several", "first", "in_sizes", "one_of", "places", "read", "write", "written"]

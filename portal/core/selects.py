"""A SELECT made ready once for one database, and asked of its driver.

SQLAlchemy writes the statement, and says how values go in and how columns come out; that is kept.
Its own ``execute`` finds all of this again for each page, which costs more than the query does.
"""

from collections import namedtuple
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import CompoundSelect, Dialect, Enum, Select
from sqlalchemy.engine import Connection
from sqlalchemy.exc import DBAPIError
from sqlalchemy.types import TypeEngine

Statement = Select[Any] | CompoundSelect[Any]
_Turn = Callable[[Any], Any]
_REQUIRED = object()


class ReadySelect:
    """One statement for one database: ``rows(connection, wanted)``, each by name and by place.

    Whoever listens to the statements of a connection hears these too.
    """

    def __init__(self, statement: Statement, dialect: Dialect) -> None:
        compiled = statement.compile(dialect=dialect)
        self._dialect = dialect
        self._sql = str(compiled)
        self._order: Sequence[str] | None = getattr(compiled, "positiontup", None)
        self._values: list[tuple[str, Any, _Turn | None]] = [
            (
                name,
                _REQUIRED if bind.required else bind.effective_value,
                bind.type.dialect_impl(dialect).bind_processor(dialect),
            )
            for bind, name in getattr(compiled, "bind_names", {}).items()
        ]
        self._types = [column.type for column in statement.selected_columns]
        self._make: Callable[[Any], Any] | None = None
        self._turns: list[tuple[int, _Turn]] = []
        self.is_plain = not _expands(compiled) and "FOR UPDATE" not in self._sql

    def rows(self, connection: Connection, wanted: Mapping[str, Any]) -> list[Any]:
        """Every row that the statement finds."""
        found, description = self._found(connection, wanted)
        if not found:
            return []
        make = self._make or self._learn(description)
        columns: list[Any] = list(zip(*found, strict=True))
        for place, turn in self._turns:
            columns[place] = map(turn, columns[place])
        return list(map(make, zip(*columns, strict=True)))

    def _found(self, connection: Connection, wanted: Mapping[str, Any]) -> tuple[list[Any], Any]:
        values = self._filled(wanted)
        hearing = connection.dispatch
        cursor = connection.connection.cursor()
        try:
            for hear in hearing.before_cursor_execute:
                hear(connection, cursor, self._sql, values, None, False)
            cursor.execute(self._sql, values)
            for hear in hearing.after_cursor_execute:
                hear(connection, cursor, self._sql, values, None, False)
            return list(cursor.fetchall()), cursor.description
        except self._dialect.loaded_dbapi.Error as problem:
            raise self._named(problem, connection, cursor) from problem
        finally:
            cursor.close()

    def _named(self, problem: Any, connection: Connection, cursor: Any) -> Exception:
        """The failure as SQLAlchemy calls it, without values; a broken connection is let go of."""
        base, raw = self._dialect.loaded_dbapi.Error, connection.connection.dbapi_connection
        is_lost = self._dialect.is_disconnect(problem, raw, cursor)
        if is_lost:
            connection.invalidate(problem)
        named: Exception = DBAPIError.instance(
            self._sql,
            None,
            problem,
            base,
            hide_parameters=True,
            connection_invalidated=is_lost,
            dialect=self._dialect,
        )
        return named

    def _filled(self, wanted: Mapping[str, Any]) -> Any:
        filled = {}
        for name, usual, turn in self._values:
            value = wanted[name] if usual is _REQUIRED else wanted.get(name, usual)
            filled[name] = turn(value) if turn else value
        return filled if self._order is None else tuple([filled[name] for name in self._order])

    def _learn(self, description: Sequence[Sequence[Any]]) -> Callable[[Any], Any]:
        """From the first rows: how columns are called, and what turns them into values."""
        turns = [
            _turn_of(kind, self._dialect, about[1])
            for kind, about in zip(self._types, description, strict=True)
        ]
        self._turns = [(place, turn) for place, turn in enumerate(turns) if turn]
        row: Any = namedtuple("Row", [about[0] for about in description], rename=True)  # type: ignore[misc]  # names known later
        made: Callable[[Any], Any] = row._make
        self._make = made
        return made


@lru_cache(maxsize=512)
def ready_select(statement: Statement, dialect: Dialect) -> ReadySelect:
    """The statement, made ready when it is first asked; statements are built once."""
    return ReadySelect(statement, dialect)


def _turn_of(kind: TypeEngine[Any], dialect: Dialect, code: Any) -> _Turn | None:
    usual: _Turn | None = kind.dialect_impl(dialect).result_processor(dialect, code)
    if isinstance(kind, Enum) and kind.enum_class and usual:
        members: dict[Any, Any] = {name: usual(name) for name in (None, *kind.enums)}
        return members.__getitem__
    return usual


def _expands(compiled: Any) -> bool:
    """Whether places are only known with the values (``IN`` with a list)."""
    return bool(compiled.post_compile_params or compiled.literal_execute_params)

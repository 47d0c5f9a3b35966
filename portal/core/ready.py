"""Statements made ready once for one database, and given to its driver.

SQLAlchemy writes the statement, and says how values go in and how columns come out; that is kept.
Its own ``execute`` finds all of this again for each page, which costs more than the query does.
"""

from collections import namedtuple
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from operator import attrgetter
from typing import Any, TypeVar

from sqlalchemy import BindParameter, CompoundSelect, Delete, Dialect, Enum, Insert, Select, Update
from sqlalchemy.engine import Connection
from sqlalchemy.exc import DBAPIError
from sqlalchemy.types import NullType, TypeEngine

Reading = Select[Any] | CompoundSelect[Any]
Writing = Insert | Update | Delete
T = TypeVar("T")
_Turn = Callable[[Any], Any]


class _Ready:
    """One statement for one database. ``is_plain``: it may be given to the driver.

    Whoever listens to the statements of a connection hears these too (``before_cursor_execute``
    and ``after_cursor_execute``; of a write ``before_execute`` as well).
    """

    def __init__(
        self, statement: Reading | Writing, dialect: Dialect, keys: Sequence[str] | None = None
    ) -> None:
        compiled: Any = statement.compile(dialect=dialect, column_keys=keys)
        self._dialect = dialect
        self._sql = str(compiled)
        binds: dict[BindParameter[Any], str] = compiled.bind_names
        self._is_by_place = compiled.positiontup is not None
        self._names: list[str] = list(compiled.positiontup or dict.fromkeys(binds.values()))
        self._usual = {name: bind.value for bind, name in binds.items() if not bind.required}
        turns = _turns_in(binds, dialect)
        self._turned = [(at, turns[name]) for at, name in enumerate(self._names) if name in turns]
        is_settled = not _expands(compiled) and not any(bind.callable for bind in binds)
        self.is_plain = is_settled and "FOR UPDATE" not in self._sql and not _fetches(compiled)

    def _run(
        self, connection: Connection, wanted: Mapping[str, Any], take: Callable[[Any], T]
    ) -> T:
        """Run the statement, and give what ``take`` takes of the cursor."""
        values, hearing = self._filled(wanted), connection.dispatch
        raw: Any = connection.connection.dbapi_connection
        cursor: Any = None
        try:
            cursor = raw.cursor()
            for hear in hearing.before_cursor_execute:
                hear(connection, cursor, self._sql, values, None, False)
            cursor.execute(self._sql, values)
            for hear in hearing.after_cursor_execute:
                hear(connection, cursor, self._sql, values, None, False)
            return take(cursor)
        except self._dialect.loaded_dbapi.Error as problem:
            is_lost = self._dialect.is_disconnect(problem, raw, cursor)
            if is_lost:
                _forget_all(connection, problem)
            raise self._named(problem, is_lost=is_lost) from problem
        finally:
            if cursor is not None:
                cursor.close()

    def _named(self, problem: Exception, *, is_lost: bool) -> Exception:
        """The failure as SQLAlchemy calls it, without values."""
        named: Exception = DBAPIError.instance(
            self._sql,
            None,
            problem,
            self._dialect.loaded_dbapi.Error,
            hide_parameters=True,
            connection_invalidated=is_lost,
            dialect=self._dialect,
        )
        return named

    def _filled(self, wanted: Mapping[str, Any]) -> Any:
        given = self._usual | dict(wanted) if self._usual else wanted
        values = [given[name] for name in self._names]
        for place, turn in self._turned:
            values[place] = turn(values[place])
        return tuple(values) if self._is_by_place else dict(zip(self._names, values, strict=True))


class ReadySelect(_Ready):
    """A SELECT: ``rows(connection, wanted)``, each by name and by place."""

    def __init__(self, statement: Reading, dialect: Dialect) -> None:
        super().__init__(statement, dialect)
        self._types = [column.type for column in statement.selected_columns]
        self._make: Callable[[Any], Any] | None = None
        self._turns: list[tuple[int, _Turn]] = []

    def rows(self, connection: Connection, wanted: Mapping[str, Any]) -> list[Any]:
        """Every row that the statement finds."""
        found, description = self._run(connection, wanted, _all)
        if not found:
            return []
        make = self._make or self._learn(description)
        columns: list[Any] = list(zip(*found, strict=True))
        for place, turn in self._turns:
            columns[place] = map(turn, columns[place])
        return list(map(make, zip(*columns, strict=True)))

    def _learn(self, description: Sequence[Sequence[Any]]) -> Callable[[Any], Any]:
        """From the first rows: how columns are called, and what turns them into values."""
        turns = [
            _turn_of(kind, self._dialect, about[1])
            for kind, about in zip(self._types, description, strict=True)
        ]
        self._turns = [(place, turn) for place, turn in enumerate(turns) if turn]
        row: Any = namedtuple("Row", _names_in(description), rename=True)  # type: ignore[misc]  # names known later
        made: Callable[[Any], Any] = row._make
        self._make = made
        return made


class ReadyWrite(_Ready):
    """An INSERT, UPDATE or DELETE: ``met(connection, wanted)`` says how many rows it met."""

    def __init__(self, statement: Writing, dialect: Dialect, keys: Sequence[str]) -> None:
        super().__init__(statement, dialect, keys)
        self._statement = statement

    def met(self, connection: Connection, wanted: Mapping[str, Any]) -> int:
        """Write, and give the number of rows."""
        for hear in connection.dispatch.before_execute:
            hear(connection, self._statement, [], wanted, {})
        return int(self._run(connection, wanted, attrgetter("rowcount")))


@lru_cache(maxsize=512)
def ready_select(statement: Reading, dialect: Dialect) -> ReadySelect:
    """The statement, made ready when it is first asked; statements are built once."""
    return ReadySelect(statement, dialect)


@lru_cache(maxsize=512)
def ready_write(statement: Writing, dialect: Dialect, keys: tuple[str, ...]) -> ReadyWrite:
    """The statement, made ready when it first writes; statements are built once.

    ``keys``: the names of the values. A column with such a name is set, as by ``execute``.
    """
    return ReadyWrite(statement, dialect, sorted(keys))


def _all(cursor: Any) -> tuple[list[Any], Any]:
    return list(cursor.fetchall()), cursor.description


def _turns_in(binds: Mapping[BindParameter[Any], str], dialect: Dialect) -> dict[str, _Turn]:
    """What turns values on their way in, for each name that has something of the kind."""
    typed_last = sorted(binds.items(), key=lambda each: not isinstance(each[0].type, NullType))
    found = {
        name: bind.type.dialect_impl(dialect).bind_processor(dialect) for bind, name in typed_last
    }
    return {name: turn for name, turn in found.items() if turn}


def _names_in(description: Sequence[Sequence[Any]]) -> list[str]:
    """How columns are called; one whose name stands twice is found by its place alone."""
    names = [about[0] for about in description]
    return [name if names.count(name) == 1 else "" for name in names]


def _forget_all(connection: Connection, problem: Exception) -> None:
    """A server that went away took every connection along: those that wait are made anew too."""
    engine = connection.engine
    connection.invalidate(problem)
    engine.dispose()


def _turn_of(kind: TypeEngine[Any], dialect: Dialect, code: Any) -> _Turn | None:
    usual: _Turn | None = kind.dialect_impl(dialect).result_processor(dialect, code)
    if isinstance(kind, Enum) and kind.enum_class and usual:
        members: dict[Any, Any] = {name: usual(name) for name in (None, *kind.enums)}
        return members.__getitem__
    return usual


def _fetches(compiled: Any) -> bool:
    """Whether values are made while it is run, or come back from an INSERT."""
    if not (compiled.isinsert or compiled.isupdate):
        return False
    made = compiled.insert_prefetch or compiled.update_prefetch
    return bool(made or compiled.effective_returning)


def _expands(compiled: Any) -> bool:
    """Whether places are only known with the values (``IN`` with a list)."""
    return bool(compiled.post_compile_params or compiled.literal_execute_params)

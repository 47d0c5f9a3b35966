"""The database: one base for every table, and SQLite that never loses a write.

Nothing here commits; see ``portal.core.work`` for the one place that does.
"""

import enum
import re
import sqlite3
from datetime import UTC, date, datetime, time
from functools import lru_cache
from typing import Any
from uuid import UUID

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import (
    DateTime,
    Dialect,
    Engine,
    Enum,
    LargeBinary,
    MetaData,
    String,
    Table,
    TypeDecorator,
    Uuid,
    event,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection
from sqlalchemy.orm import DeclarativeBase, registry
from sqlalchemy.pool import ConnectionPoolEntry
from sqlalchemy.types import TypeEngine

from portal.core.turns import Turns


class RowId(TypeDecorator[UUID]):
    """A row's id: 16 bytes on SQLite, a native uuid on PostgreSQL."""

    impl = Uuid
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Choose the column type of the database in use."""
        return dialect.type_descriptor(LargeBinary() if dialect.name == "sqlite" else Uuid())

    def process_bind_param(self, value: UUID | None, dialect: Dialect) -> Any:
        """Hand the id to the driver: bytes for SQLite."""
        return value.bytes if value is not None and dialect.name == "sqlite" else value

    def bind_processor(self, dialect: Dialect) -> Any:
        """Hand ids to SQLite in one step: a job writes ten thousands of them."""
        return _id_out if dialect.name == "sqlite" else super().bind_processor(dialect)

    def result_processor(self, dialect: Dialect, coltype: Any) -> Any:
        """Give the id back as a UUID, in one step: a page reads hundreds of them."""
        if dialect.name == "sqlite":
            return _id_in
        return self.impl_instance.result_processor(dialect, coltype)


def _id_out(value: UUID | None) -> bytes | None:
    return None if value is None else value.bytes


@lru_cache(maxsize=4096)
def _id_in(value: bytes | None) -> UUID | None:
    return None if value is None else UUID(bytes=value)


class Instant(TypeDecorator[datetime]):
    """A moment in time, always aware and in UTC; a naive one is refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Turn the moment into UTC; SQLite keeps it as text that sorts."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment without a time zone")
        moment = value.astimezone(UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def bind_processor(self, dialect: Dialect) -> Any:
        """Hand moments to SQLite in one step, as text that sorts."""
        return _moment_out if dialect.name == "sqlite" else super().bind_processor(dialect)

    def result_processor(self, dialect: Dialect, coltype: Any) -> Any:
        """Give the moment back aware, in UTC, in one step: a page reads hundreds of them."""
        return _moment_in if dialect.name == "sqlite" else _moment_of


@lru_cache(maxsize=1024)
def _moment_out(value: datetime | None) -> str | None:
    if value is None:
        return None
    if value.tzinfo is None:
        raise ValueError("a moment without a time zone")
    return value.astimezone(UTC).replace(tzinfo=None).isoformat(" ", "microseconds")


@lru_cache(maxsize=4096)
def _moment_in(value: str | None) -> datetime | None:
    return None if value is None else datetime.fromisoformat(value).replace(tzinfo=UTC)


def _moment_of(value: datetime | None) -> datetime | None:
    return None if value is None else value.astimezone(UTC)


_NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}
_TYPES: dict[Any, TypeEngine[Any]] = {
    UUID: RowId(),
    datetime: Instant(),
    bytes: LargeBinary(),
    str: String(200),
    enum.Enum: Enum(
        enum.Enum,
        native_enum=False,
        create_constraint=False,
        length=40,
        values_callable=lambda kind: [member.value for member in kind],
    ),
}


class Base(DeclarativeBase):
    """The base of every table. Constraint names follow one rule."""

    registry = registry(metadata=MetaData(naming_convention=_NAMES), type_annotation_map=_TYPES)


db = SQLAlchemy(model_class=Base)


_WRITE = re.compile(
    r"\s*(?:INSERT|UPDATE|DELETE|REPLACE|SAVEPOINT|WITH\b.*\b(?:INSERT|UPDATE|DELETE))",
    re.IGNORECASE | re.DOTALL,
)


@lru_cache(maxsize=1024)
def _writes(statement: str) -> bool:
    """Whether a statement changes anything; a page asks the same few again and again."""
    return _WRITE.match(statement) is not None


def insert_into(table: Table) -> Any:
    """An INSERT of the database in use, which knows what to do when the row is there already."""
    is_postgresql = db.session.get_bind().dialect.name == "postgresql"
    return postgresql.insert(table) if is_postgresql else sqlite.insert(table)


WAIT_SECONDS = 5.0
"""How long a writer on SQLite waits for its turn in this process, then for other processes."""

_TURN = "turn to write"


PAGE_SIZE = "page_size=8192"
"""Only a new file listens. Three sealed messages fit a page of 4 kB, but seven one of 8 kB."""


def prepare_engine(engine: Engine) -> None:
    """Set SQLite up for this house; other databases need nothing.

    Reads run without a transaction; the first write opens ``BEGIN IMMEDIATE``. So a slow read or a
    password check never holds the write lock, and what a reader sees is what PostgreSQL's
    *read committed* shows. Every commit is on the disk before it is acknowledged. The threads of a
    process write in the order they came; a turn lasts until the connection is given back.
    """
    if engine.dialect.name != "sqlite":
        return
    turns = Turns()

    def begin_before_write(connection: Connection, cursor: Any, statement: str, *_: Any) -> None:
        if cursor.connection.in_transaction or not _writes(statement):
            return
        if _TURN not in connection.info:
            if not turns.take(WAIT_SECONDS):
                raise sqlite3.OperationalError("database is locked")
            connection.info[_TURN] = True
        cursor.execute("BEGIN IMMEDIATE")

    def end_turn(_connection: Any, entry: ConnectionPoolEntry) -> None:
        if entry.info.pop(_TURN, False):
            turns.give_back()

    event.listen(engine, "connect", _on_connect)
    event.listen(engine, "before_cursor_execute", begin_before_write)
    event.listen(engine, "checkin", end_turn)


def _on_connect(connection: Any, _entry: ConnectionPoolEntry) -> None:
    connection.isolation_level = None
    cursor = connection.cursor()
    waits = f"busy_timeout={WAIT_SECONDS * 1000:.0f}"
    for pragma in (PAGE_SIZE, "journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", waits):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


__all__ = [
    "Base",
    "Instant",
    "RowId",
    "date",
    "db",
    "insert_into",
    "prepare_engine",
    "time",
]

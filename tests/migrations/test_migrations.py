"""Migrations: one line of them, the same tables as the models say, up and down, nothing lost."""

import importlib
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, create_engine, inspect
from sqlalchemy.pool import NullPool

from config import Settings
from portal.commands.prepare import ROOT, migrate
from portal.commands.state import newest_revisions
from portal.core.db import Base
from tests.fixtures.application import MakeApp
from tests.fixtures.people import People
from tests.fixtures.postgres import PostgresServer


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def empty_database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a database with nothing in it, once on each kind."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path}/empty.sqlite3"
    else:
        server: PostgresServer = request.getfixturevalue("postgres")
        name = f"tandem-empty-{uuid4().hex}"
        yield server.create(name)
        server.drop(name)


def test_migrations_are_one_line() -> None:
    scripts = ScriptDirectory.from_config(_config("sqlite://"))
    assert len(scripts.get_heads()) == 1
    assert set(scripts.get_heads()) == newest_revisions()


def test_migrations_make_what_the_models_say(empty_database: str) -> None:
    _import_tables()
    migrate(empty_database)
    with _engine(empty_database).connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []


def test_migrations_go_down_to_nothing_and_up_again(empty_database: str) -> None:
    migrate(empty_database)
    tables = _tables(empty_database)
    command.downgrade(_config(empty_database), "base")
    assert _tables(empty_database) == {"alembic_version"}
    migrate(empty_database)
    assert _tables(empty_database) == tables


def test_words_open_after_a_migration_down_and_up(settings: Settings, make_app: MakeApp) -> None:
    path = Path(settings.database_url.removeprefix("sqlite:///"))
    path.unlink()
    migrate(settings.database_url)
    ingrid = People(make_app()).owner("Ingrid")
    command.downgrade(_config(settings.database_url), "-1")
    migrate(settings.database_url)
    page = ingrid.client.get("/settings")
    assert page.status_code == 200
    assert "Ingrid" in page.get_data(as_text=True)


def _config(database_url: str) -> Config:
    config = Config(attributes={"database_url": database_url})
    config.set_main_option("script_location", str(ROOT / "migrations"))
    return config


def _engine(database_url: str) -> Engine:
    return create_engine(database_url, poolclass=NullPool)


def _tables(database_url: str) -> set[str]:
    return set(inspect(_engine(database_url)).get_table_names())


def _import_tables() -> None:
    for path in sorted((ROOT / "portal").rglob("models*")):
        name = path.relative_to(ROOT).with_suffix("").as_posix().replace("/", ".")
        importlib.import_module(name)

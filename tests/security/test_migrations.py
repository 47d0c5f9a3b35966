"""Migrations on a database that is in use: each step down and up again, and the words still open.

What a step down takes away is gone, that is its meaning. Everything else must be untouched.
"""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from flask import Flask
from sqlalchemy import create_engine, inspect, text
from sqlalchemy.pool import NullPool

from portal import create_app
from portal.commands.prepare import ROOT, migrate
from portal.core.db import db
from portal.core.work import unit_of_work
from tests.access.scene import Scene
from tests.fixtures.application import close_database, settings_of, watched
from tests.fixtures.people import People
from tests.fixtures.postgres import PostgresServer
from tests.security.dump import Picture, picture
from tests.security.forms import walk

STEPS = [each.revision for each in ScriptDirectory(str(ROOT / "migrations")).walk_revisions()]
"""Every revision, newest first."""


@pytest.fixture(scope="module")
def used(tmp_path_factory: pytest.TempPathFactory, valkey: str) -> Iterator[Scene]:
    """The ledger's town, on a database that the migrations made."""
    home = tmp_path_factory.mktemp("used") / "home"
    home.mkdir()
    settings = settings_of(home, redis_url=valkey)
    migrate(settings.database_url)
    scene = Scene(watched(create_app(settings)))
    yield scene
    close_database(scene.app)


def go_down(database_url: str, revision: str) -> set[str]:
    """Step down to a revision; gives the tables that are still there."""
    config = Config(attributes={"database_url": database_url})
    config.set_main_option("script_location", str(ROOT / "migrations"))
    command.downgrade(config, revision)
    return set(inspect(create_engine(database_url, poolclass=NullPool)).get_table_names())


def rows_of(found: Picture, tables: set[str]) -> Picture:
    """What stands in some tables."""
    return {name: rows for name, rows in found.items() if name in tables}


@pytest.mark.parametrize("revision", [*STEPS[1:], "base"])
def test_a_step_down_and_up_keeps_what_it_does_not_drop(used: Scene, revision: str) -> None:
    used.restore()
    before, url = picture(used), used.app.config["SETTINGS"].database_url
    close_database(used.app)
    left = go_down(url, revision) & set(before) - {"alembic_version"}
    assert len(left) < len(before)
    migrate(url)
    after = picture(used)
    assert rows_of(after, left) == rows_of(before, left)
    assert set(after) == set(before)


def test_words_open_after_every_step_down_and_up(used: Scene) -> None:
    used.restore()
    url = used.app.config["SETTINGS"].database_url
    close_database(used.app)
    go_down(url, STEPS[1])
    migrate(url)
    for role, words in (("owner", "Mornings outdoors"), ("worker", "Start with the porch")):
        pages = [*walk(used, role, used.client(role))]
        broken = [each.request.path for each in pages if each.status_code >= 500]
        assert set(broken) <= {"/readyz"}
        assert any(words in each.get_data(as_text=True) for each in pages)


def test_a_copied_table_takes_nothing_else_with_it(used: Scene, tmp_path: Path) -> None:
    """SQLite changes a table by copying it; rows that point to it must outlive that."""
    used.restore()
    before, settings = picture(used), used.app.config["SETTINGS"]
    close_database(used.app)
    scripts = tmp_path / "migrations"
    shutil.copytree(ROOT / "migrations", scripts)
    (scripts / "versions" / "9999_copies.py").write_text(COPIES.format(STEPS[0]))
    config = Config(attributes={"database_url": settings.database_url})
    config.set_main_option("script_location", str(scripts))
    command.upgrade(config, "9999")
    with create_engine(settings.database_url, poolclass=NullPool).connect() as connection:
        assert connection.execute(text("PRAGMA foreign_key_check")).all() == []
    after = picture(used)
    unchanged = set(before) - {"persons", "alembic_version"}
    assert rows_of(after, unchanged) == rows_of(before, unchanged)


COPIES = '''"""Copies the people."""
import sqlalchemy as sa
from alembic import op

revision, down_revision = "9999", "{}"


def upgrade():
    with op.batch_alter_table("persons", recreate="always") as batch:
        batch.add_column(sa.Column("is_new", sa.Boolean(), server_default=sa.false()))


def downgrade():
    pass
'''


@pytest.mark.postgres
def test_postgres_goes_down_and_up_a_step_at_a_time(
    postgres: PostgresServer, tmp_path: Path, valkey: str
) -> None:
    url = postgres.create("tandem-steps")
    migrate(url)
    app = watched(create_app(settings_of(tmp_path, database_url=url, redis_url=valkey)))
    fill(app)
    for revision in (*STEPS[1:], "base"):
        with unit_of_work(app):
            before = counts()
        close_database(app)
        left = go_down(url, revision)
        migrate(url)
        with unit_of_work(app):
            after = counts()
        assert {name: after[name] for name in left} == {name: before[name] for name in left}
    assert sum(after.values()) == 1, "only the revision is left"
    close_database(app)
    postgres.drop("tandem-steps")


def fill(app: Flask) -> None:
    """Two people in touch."""
    people = People(app)
    people.dyad(people.owner(), people.worker())


def counts() -> dict[str, int]:
    """How many rows each table has."""
    names = inspect(db.engine).get_table_names()
    ask = "SELECT count(*) FROM {}"
    return {name: db.session.scalars(text(ask.format(name))).one() for name in names}

"""Statements that are made ready once: the same rows as the usual way, and the same failures."""

from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import bindparam, create_engine, event, insert, select, text, update
from sqlalchemy.exc import DBAPIError, OperationalError

from portal.accounts.models import Person
from portal.core.db import db
from portal.core.ready import ready_select, ready_write
from portal.core.row_ids import new_id
from portal.core.rows import first, one_of, places, read, write
from portal.core.work import unit_of_work
from portal.messaging.models import Thread
from portal.vault.viewer import Role
from tests.fixtures.application import MakeApp
from tests.fixtures.people import People

_people: Any = Person.__table__
_ID = bindparam("person_id", type_=_people.c.id.type)
ONE = select(*_people.c).where(_people.c.id == _ID)
BROKEN = select(text("nothing")).select_from(text("nowhere"))
SINCE = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.fixture
def app(app_on_each: Flask) -> Iterator[Flask]:
    """Once on each database, with its work begun."""
    with unit_of_work(app_on_each):
        yield app_on_each


@pytest.fixture
def people(app_on_each: Flask) -> People:
    return People(app_on_each)


def test_every_column_is_what_the_usual_way_gives(people: People, app: Flask) -> None:
    ingrid = people.owner("Ingrid")
    (row,) = read(ONE, {"person_id": ingrid.id})
    usual = db.session.execute(ONE, {"person_id": ingrid.id}).one()
    assert tuple(row) == tuple(usual)
    assert row._asdict() == usual._asdict()
    assert (row.id, row.role) == (ingrid.id, Role.OWNER)


def test_nothing_found_is_no_row(app: Flask) -> None:
    assert read(ONE, {"person_id": None}) == []
    assert first(ONE, {"person_id": None}) is None


def test_values_that_stand_in_the_statement_are_kept(people: People, app: Flask) -> None:
    ingrid = people.owner("Ingrid")
    since = select(_people.c.id).where(_people.c.made_at > SINCE, _people.c.id == _ID)
    assert [row.id for row in read(since, {"person_id": ingrid.id})] == [ingrid.id]


def test_a_list_whose_length_is_known_late_goes_the_usual_way(people: People, app: Flask) -> None:
    ids = {people.owner("Ingrid").id, people.owner("Ola").id}
    several = select(_people.c.id).where(_people.c.id.in_(bindparam("ids", expanding=True)))
    assert not ready_select(several, db.engine.dialect).is_plain
    assert {row.id for row in read(several, {"ids": list(ids)})} == ids
    fixed = select(_people.c.id).where(one_of(_people.c.id, "each", 4))
    assert {row.id for row in read(fixed, places("each", ids, 4))} == ids


def test_whoever_listens_to_statements_hears_these(people: People, app: Flask) -> None:
    ingrid, heard = people.owner(), []
    for moment in ("before_cursor_execute", "after_cursor_execute"):
        event.listen(db.engine, moment, lambda *about: heard.append(about[2]))
    read(ONE, {"person_id": ingrid.id})
    assert [each[:6] for each in heard] == ["SELECT"] * 2


def test_a_failure_has_the_name_that_the_usual_way_gives_it(app: Flask) -> None:
    with pytest.raises(DBAPIError) as usual:
        db.session.connection().execute(BROKEN)
    db.session.rollback()
    with pytest.raises(type(usual.value)) as ours:
        read(BROKEN, {})
    assert str(ours.value.orig) == str(usual.value.orig)
    db.session.rollback()


@pytest.mark.postgres
def test_a_connection_that_broke_is_let_go_of(make_app: MakeApp, postgres_url: str) -> None:
    """The server ends all of them; the first who asks finds out, the next gets a new one."""
    app = make_app(database_url=postgres_url)
    ingrid = People(app).owner()
    with unit_of_work(app):
        for each in [db.engine.connect() for _number in range(3)]:
            each.close()
        everybody = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE {}"
        ours = "datname = current_database() AND pid != pg_backend_pid()"
        db.session.connection()
        with create_engine(db.engine.url).connect() as other:
            other.execute(text(everybody.format(ours)))
        with pytest.raises(OperationalError) as lost:
            read(ONE, {"person_id": ingrid.id})
        assert lost.value.connection_invalidated
        assert str(ingrid.id) not in str(lost.value)
        db.session.rollback()
        for _number in range(3):
            assert first(ONE, {"person_id": ingrid.id}).id == ingrid.id
            db.session.remove()


def test_a_value_that_is_missing_is_our_own_mistake(app: Flask) -> None:
    with pytest.raises(KeyError):
        read(ONE, {})


def test_a_name_that_stands_twice_is_found_by_place_alone(people: People, app: Flask) -> None:
    ingrid = people.owner("Ingrid")
    twice = select(_people.c.id, _people.c.made_at.label("at"), _people.c.zone.label("at"))
    (row,) = read(twice.where(_people.c.id == _ID), {"person_id": ingrid.id})
    assert row.id == ingrid.id
    assert not hasattr(row, "at")


def test_a_value_that_is_asked_for_late_goes_the_usual_way(people: People, app: Flask) -> None:
    ingrid = people.owner("Ingrid")
    late = select(_people.c.id).where(
        _people.c.id == bindparam("late", callable_=lambda: ingrid.id)
    )
    assert not ready_select(late, db.engine.dialect).is_plain
    assert [row.id for row in read(late, {})] == [ingrid.id]


def test_a_name_with_a_type_and_without_is_turned_by_its_type(make_app: MakeApp) -> None:
    """On SQLite alone: PostgreSQL wants to know the type of each value."""
    app = make_app()
    ingrid = People(app).owner("Ingrid")
    mixed = select(_people.c.id).where(_people.c.id == _ID, bindparam("person_id").is_not(None))
    with unit_of_work(app):
        assert [row.id for row in read(mixed, {"person_id": ingrid.id})] == [ingrid.id]


def test_what_is_written_counts_the_rows_that_it_met(people: People, app: Flask) -> None:
    ingrid = people.owner("Ingrid")
    renamed = update(_people).where(_people.c.id == _ID).values(language=bindparam("language"))
    assert ready_write(renamed, db.engine.dialect, ("person_id", "language")).is_plain
    assert write(renamed, {"person_id": ingrid.id, "language": "nb"}) == 1
    assert write(renamed, {"person_id": new_id(), "language": "nb"}) == 0
    assert first(ONE, {"person_id": ingrid.id}).language == "nb"
    db.session.rollback()
    assert first(ONE, {"person_id": ingrid.id}).language != "nb"


def test_columns_are_set_by_the_names_of_the_values(people: People, app: Flask) -> None:
    ingrid = people.owner("Ingrid")
    changed = update(_people).where(_people.c.id == _ID)
    assert write(changed, {"person_id": ingrid.id, "zone": "Asia/Tokyo"}) == 1
    assert write(changed, {"person_id": ingrid.id, "language": "nb"}) == 1
    row = first(ONE, {"person_id": ingrid.id})
    assert (row.zone, row.language) == ("Asia/Tokyo", "nb")


def test_a_write_begins_the_transaction_that_keeps_others_out(people: People) -> None:
    """On SQLite a write takes its turn before it writes; see ``core.db.prepare_engine``."""
    ingrid = people.owner("Ingrid")
    renamed = update(_people).where(_people.c.id == _ID).values(language=bindparam("language"))
    with unit_of_work(people.app):
        write(renamed, {"person_id": ingrid.id, "language": "nb"})
        raw = db.session.connection().connection.dbapi_connection
        assert raw is not None
        in_transaction = getattr(raw, "in_transaction", None)
        assert in_transaction in (True, None), "PostgreSQL begins by itself"
        db.session.rollback()


def test_what_is_written_in_a_savepoint_goes_with_it(people: People, app: Flask) -> None:
    ingrid = people.owner("Ingrid")
    renamed = update(_people).where(_people.c.id == _ID).values(language=bindparam("language"))
    assert first(ONE, {"person_id": ingrid.id}).language == "en"
    with suppress(ZeroDivisionError), db.session.begin_nested():
        write(renamed, {"person_id": ingrid.id, "language": "nb"})
        raise ZeroDivisionError
    assert first(ONE, {"person_id": ingrid.id}).language == "en"


def test_an_insert_that_makes_values_by_itself_goes_the_usual_way(app: Flask) -> None:
    partly = insert(Thread).values(id=bindparam("id"))
    assert not ready_write(partly, db.engine.dialect, ("id",)).is_plain

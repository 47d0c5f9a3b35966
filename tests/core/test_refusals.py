"""Trouble with the database, met for real: a kind page, and the words of the form not lost."""

import html
import json
import logging
import re
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import generate_csrf
from sqlalchemy import create_engine, delete, event, text
from sqlalchemy.exc import OperationalError
from werkzeug.test import TestResponse

from portal.accounts.gates import owner, viewer
from portal.core import db as database
from portal.core.db import db
from portal.core.forms import PortalForm, Words, needed
from portal.core.guard import GuardedBlueprint, init_guard
from portal.core.log import JsonLines
from portal.core.row_ids import new_id
from portal.core.work import unit_of_work
from portal.drafts.service import draft_words
from portal.vault.models import Audience, DataKey, Part
from tests.fixtures.application import MakeApp
from tests.fixtures.pages import hidden_in, opened
from tests.fixtures.people import People, SomePerson

TYPED = 'Slept badly.\r\nThe buses <are> full & "late".'
NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)


class WordsForm(PortalForm):
    words = Words("Words", validators=[needed()])


def pages() -> GuardedBlueprint:
    """Pages that only exist here, to see what the house does when their work cannot be kept."""
    made = GuardedBlueprint("trying", __name__)

    @made.get("/trying", allow=owner)
    def shows() -> ResponseReturnValue:
        form = WordsForm()
        token = f'<input name="csrf_token" type="hidden" value="{generate_csrf()}">'
        hidden = f"{form.keep()}{form.once()}{token}"
        return f"<!doctype html><title>x</title><h1>x</h1><form>{hidden}{form.words()}</form>"

    @made.post("/trying/<how>", allow=owner)
    def writes(how: str) -> ResponseReturnValue:
        """Write a row; the trouble comes when it is committed."""
        row = write_row(new_id() if how == "for-nobody" else viewer().person_id)
        if how == "cut-off":
            cut_off()
        if how.startswith("gone"):
            change_what_is_gone(row, at_once=how == "gone-at-once")
        return "", 204

    return made


def write_row(owner_id: UUID) -> DataKey:
    """Write a row for a person. Whether there is one, the database looks at the commit."""
    is_sqlite = db.engine.dialect.name == "sqlite"
    late = "PRAGMA defer_foreign_keys = ON" if is_sqlite else "SET CONSTRAINTS ALL DEFERRED"
    db.session.execute(text(late))
    row = DataKey(owner_id=owner_id, scope_id=new_id(), epoch=1, made_at=NOW)
    row.part, row.audience = Part.GOALS, Audience.ONLY_ME
    db.session.add(row)
    db.session.flush()
    return row


def change_what_is_gone(row: DataKey, *, at_once: bool) -> None:
    """Change a row that another device has deleted since it was read."""
    meanwhile = delete(DataKey).where(DataKey.id == row.id)
    db.session.execute(meanwhile, execution_options={"synchronize_session": False})
    row.epoch += 1
    if at_once:
        db.session.flush()


def cut_off() -> None:
    """Lose the connection before the commit: PostgreSQL ends it, and SQLite's engine says so."""
    if db.engine.dialect.name == "sqlite":
        problem = OperationalError("COMMIT", {}, sqlite3.OperationalError("disk I/O error"))
        event.listen(db.engine, "commit", _once(problem), once=True)
        return
    ours = db.session.scalar(text("SELECT pg_backend_pid()"))
    with create_engine(db.engine.url).connect() as other:
        other.execute(text("SELECT pg_terminate_backend(:ours)"), {"ours": ours})


def _once(problem: Exception) -> Callable[[object], None]:
    def fail(_connection: object) -> None:
        raise problem

    return fail


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def app(
    request: pytest.FixtureRequest, make_app: MakeApp, monkeypatch: pytest.MonkeyPatch
) -> Flask:
    """An application with those pages, on each database, that answers as in life."""
    monkeypatch.setattr("portal.factory.init_guard", with_pages)
    where = {}
    if request.param == "postgres":
        where["database_url"] = request.getfixturevalue("postgres_url")
    made = make_app(**where)
    made.config["PROPAGATE_EXCEPTIONS"] = False
    if where:
        with unit_of_work(made):
            late = "ALTER CONSTRAINT fk_data_keys_owner_id DEFERRABLE INITIALLY IMMEDIATE"
            db.session.execute(text(f"ALTER TABLE data_keys {late}"))
    return made


def with_pages(app: Flask) -> None:
    app.register_blueprint(pages())
    init_guard(app)


class Lines(logging.Handler):
    """Keeps what the real formatter makes of every record."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[dict[str, Any]] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Write one line."""
        self.found.append(json.loads(JsonLines().format(record)))


@pytest.fixture
def lines() -> Iterator[Lines]:
    handler = Lines()
    logging.getLogger().addHandler(handler)
    yield handler
    logging.getLogger().removeHandler(handler)


def sent(person: SomePerson, to: str) -> TestResponse:
    form = hidden_in(opened(person.client.get("/trying")))
    return person.client.post(to, data=form | {"words": TYPED})


def kept_of(person: SomePerson) -> object:
    with person.viewing() as viewer:
        return draft_words(viewer, "/trying")


def test_a_constraint_broken_at_the_commit_is_a_conflict_and_keeps_the_words(
    app: Flask, lines: Lines
) -> None:
    ingrid = People(app).owner()
    answer = sent(ingrid, "/trying/for-nobody")
    assert answer.status_code == 409
    assert "All your words are kept." in opened(answer)
    assert kept_of(ingrid) == {"words": [TYPED]}
    [line] = [each for each in lines.found if each.get("message") == "constraint"]
    named = {"SQLITE_CONSTRAINT_FOREIGNKEY", "fk_data_keys_owner_id"}
    assert line["constraint"] in named


@pytest.mark.parametrize("how", ["gone-at-once", "gone-at-the-commit"])
def test_a_row_gone_meanwhile_is_a_conflict_and_keeps_the_words(app: Flask, how: str) -> None:
    ingrid = People(app).owner()
    answer = sent(ingrid, f"/trying/{how}")
    assert answer.status_code == 409
    assert "All your words are kept." in opened(answer)
    assert kept_of(ingrid) == {"words": [TYPED]}


def test_a_connection_lost_at_the_commit_is_told_kindly_and_keeps_the_words(app: Flask) -> None:
    ingrid = People(app).owner()
    answer = sent(ingrid, "/trying/cut-off")
    assert answer.status_code == 503
    assert int(answer.headers["Retry-After"]) > 0
    assert "The portal is busy just now" in opened(answer)
    assert "All your words are kept." in opened(answer)
    assert kept_of(ingrid) == {"words": [TYPED]}


@contextmanager
def locked(app: Flask) -> Iterator[None]:
    """Another process writes to the SQLite database for as long as this lasts."""
    path = app.config["SETTINGS"].database_url.removeprefix("sqlite:///")
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    yield
    other.execute("ROLLBACK")
    other.close()


@pytest.mark.parametrize("app", ["sqlite"], indirect=True)
class TestWhileTheDatabaseIsAway:
    """Words that no database can keep are carried by the page itself."""

    def test_the_page_shows_the_words_and_sends_them_again(
        self, app: Flask, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(database, "WAIT_SECONDS", 0.1)
        ingrid = People(app).owner()
        form = hidden_in(opened(ingrid.client.get("/trying")))
        with locked(app):
            answer = ingrid.client.post("/trying/well?a=1", data=form | {"words": TYPED})
        page = opened(answer)
        assert answer.status_code == 503
        assert "All your words are kept." not in page
        assert "Your words are on this page." in page
        assert "The buses &lt;are&gt; full" in page
        again = form_again(page)
        assert again.pop("action") == "/trying/well?a=1"
        assert again == form | {"words": TYPED}
        assert ingrid.client.post("/trying/well?a=1", data=again).status_code == 204

    def test_sent_again_while_it_is_still_away_the_words_are_still_there(
        self, app: Flask, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(database, "WAIT_SECONDS", 0.1)
        ingrid = People(app).owner()
        form = hidden_in(opened(ingrid.client.get("/trying"))) | {"words": TYPED}
        with locked(app):
            for _ in range(3):
                page = opened(ingrid.client.post("/trying/well", data=form))
                form = form_again(page)
                assert form.pop("action") == "/trying/well"
        assert form["words"] == TYPED

    @pytest.mark.parametrize("secret", ["password", "new_password", "password_again", "code"])
    def test_no_secret_is_ever_written_into_a_page(
        self, app: Flask, monkeypatch: pytest.MonkeyPatch, secret: str
    ) -> None:
        monkeypatch.setattr(database, "WAIT_SECONDS", 0.1)
        ingrid = People(app).owner()
        form = hidden_in(opened(ingrid.client.get("/trying"))) | {"words": TYPED}
        with locked(app):
            answer = ingrid.client.post("/trying/well", data=form | {secret: "seven quiet herons"})
        assert answer.status_code == 503
        assert "herons" not in opened(answer)
        assert "Send again" not in opened(answer)

    def test_a_press_without_words_has_nothing_to_carry(
        self, app: Flask, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(database, "WAIT_SECONDS", 0.1)
        ingrid = People(app).owner()
        form = hidden_in(opened(ingrid.client.get("/trying"))) | {"words": " "}
        with locked(app):
            assert "Send again" not in opened(ingrid.client.post("/trying/well", data=form))


def form_again(page: str) -> dict[str, str]:
    """The form of the page that sends the words again: its fields, and where it goes."""
    found = re.search(r'<form[^>]*id="again"[^>]*action="([^"]*)"[^>]*>(.*?)</form>', page, re.S)
    assert found, page
    fields = {name: html.unescape(value) for name, value in hidden_in(found[2]).items()}
    return fields | {"action": html.unescape(found[1])}

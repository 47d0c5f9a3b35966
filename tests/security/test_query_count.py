"""No page makes more than six queries, however long its lists are."""

import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event

from portal import create_app
from portal.core.db import db
from tests.fixtures.application import close_database, settings_of
from tests.security.forms import walk
from tests.security.long_town import LongTown

pytestmark = pytest.mark.long

AT_MOST = 6
PLANNED_ANEW = re.compile(r"\b(?:dyads|invitations)(?:_\d+)?\.state (?:=|!=|IN|NOT IN) \(?\?")
"""A partial index holds the rows of one such state, so SQLite looks at the value at every run."""
NOTED_ONCE_IN_A_WHILE = "UPDATE sessions SET seen_at="


@pytest.fixture(scope="module")
def long_town(
    tmp_path_factory: pytest.TempPathFactory, template: Path, valkey: str
) -> Iterator[LongTown]:
    """A town in which much has been written."""
    home = tmp_path_factory.mktemp("long") / "home"
    shutil.copytree(template, home)
    app = create_app(settings_of(home, redis_url=valkey, dyad_cap=99))
    app.config["RATELIMIT_ENABLED"] = False
    yield LongTown(app)
    close_database(app)


@contextmanager
def counted(town: LongTown) -> Iterator[list[str]]:
    """Every statement that goes to the database meanwhile.

    Not that a session was used: it is noted once in a while, after the answer, on whichever page.
    """
    said: list[str] = []

    def note(*about: Any) -> None:
        if not about[2].startswith(NOTED_ONCE_IN_A_WHILE):
            said.append(about[2])

    with town.app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", note)
    yield said
    event.remove(engine, "before_cursor_execute", note)


@pytest.mark.timeout(300)
@pytest.mark.parametrize(
    "role", ["anonymous", "owner", "worker", "worker_without_grant", "administrator"]
)
def test_no_page_makes_more_than_six_queries(long_town: LongTown, role: str) -> None:
    client = long_town.client(role)
    most, many, anew = 0, {}, set()
    with counted(long_town) as said:
        for answer in walk(long_town, role, client):
            if answer.status_code == 200:
                most = max(most, len(said))
            if len(said) > AT_MOST:
                many[answer.request.path] = [*said]
            anew |= {each for each in said if PLANNED_ANEW.search(each)}
            said.clear()
    assert most > (0 if role == "anonymous" else 2), "nothing was counted"
    assert many == {}
    assert anew == set(), "plan such statements once: portal.core.rows.written"

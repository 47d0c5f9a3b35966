"""The first words of a part, pressed twice or six times at once: nothing refused, nothing twice."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from copy import copy
from typing import Any

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from sqlalchemy import func, select

from portal.core.db import db
from portal.life_domains.rules import id_of
from portal.vault.models import Audience, DataKey, Part, WrappedKey
from tests.fixtures.people import People, SomePerson
from tests.fixtures.together import met_before

FIRST = {
    "/goals/new": ("goals", {"title": "Swim on Tuesdays"}),
    "/medicines/new": ("medicines", {"name": "Vitamin D"}),
    "/network-map/new": ("network_nodes", {"name": "Bjørn"}),
    "/what-matters": ("matters", {"text": "By the sea"}),
    "/crisis-plan/steps/words": ("plan_rows", {"text": "Call my sister"}),
    "/life-domains/{home}/entries/new": ("life_entries", {"status": "Quiet"}),
    "/night": ("night_lines", {"text": "The rent"}),
}
WRITES = ("SAVEPOINT", "INSERT INTO data_keys")


def at_once(app: Flask, *work: Callable[[], int]) -> list[int]:
    """Do all of it at the same time; gives the answers' states.

    Each goes on to write a first key only when all have seen that there is none.
    """
    with met_before(app, len(work), *WRITES), ThreadPoolExecutor(len(work)) as pool:
        return [each.result() for each in [pool.submit(step) for step in work]]


class Press:
    """A form as its page gave it, filled in, on a device of its own; calling it sends it."""

    def __init__(self, person: SomePerson, path: str, typed: dict[str, str], cookie: str) -> None:
        self.client, self.cookie_name = person.app.test_client(), person.cookie_name()
        self.client.set_cookie(self.cookie_name, cookie)
        form = self._form(path, set(typed))
        self.action = str(form.get("action") or path)
        self.data = {
            str(each["name"]): str(each.get("value", ""))
            for each in form.select("input[type=hidden], input[checked]")
        } | typed

    def __call__(self) -> int:
        return self.client.post(self.action, data=self.data).status_code

    def twin(self) -> Press:
        """The same press once more, from the same browser."""
        twin = copy(self)
        twin.client = self.client.application.test_client()
        for name in (self.client.application.config["SESSION_COOKIE_NAME"], self.cookie_name):
            found = self.client.get_cookie(name)
            assert found is not None
            twin.client.set_cookie(name, found.value)
        return twin

    def _form(self, path: str, names: set[str]) -> Any:
        forms = BeautifulSoup(self.client.get(path).text, "html.parser").find_all("form")
        return next(
            form
            for form in forms
            if names <= {each.get("name") for each in form.select("input, textarea")}
        )


@pytest.fixture
def ingrid(app_on_each: Flask) -> SomePerson:
    return People(app_on_each).owner()


def keys_of(person: SomePerson) -> list[tuple[Part, Audience, int]]:
    """What a person holds: which keys, and in how many wraps."""
    with person.app.app_context():
        rows = db.session.execute(
            select(DataKey.part, DataKey.audience, func.count(WrappedKey.holder_id))
            .join(WrappedKey, WrappedKey.data_key_id == DataKey.id, isouter=True)
            .where(DataKey.owner_id == person.id)
            .group_by(DataKey.part, DataKey.audience)
        )
        return [(part, audience, count) for part, audience, count in rows]


def count_of(app: Flask, table: str) -> int:
    """How many rows a table has."""
    with app.app_context():
        return db.session.scalar(select(func.count()).select_from(db.metadata.tables[table])) or 0


def test_two_who_need_a_first_key_at_once_share_it(ingrid: SomePerson) -> None:
    found = []

    def need() -> int:
        with ingrid.viewing() as viewer:
            found.append(viewer.box.own_key(Part.GOALS, Audience.ONLY_ME, now=viewer.now))
        return 0

    at_once(ingrid.app, *[need] * 4)
    assert len({key.id for key in found}) == len({key.secret for key in found}) == 1
    assert (Part.GOALS, Audience.ONLY_ME, 1) in keys_of(ingrid)


@pytest.mark.parametrize("path", FIRST)
def test_the_first_form_of_a_part_pressed_twice_is_one_thing(ingrid: SomePerson, path: str) -> None:
    table, typed = FIRST[path]
    place = path.format(home=id_of(ingrid.id, "home"))
    press = Press(ingrid, place, typed, ingrid.new_cookie())
    assert at_once(ingrid.app, press, press.twin()) == [303, 303]
    assert count_of(ingrid.app, table) == (2 if table == "plan_rows" else 1)  # a day to look again


def test_six_different_firsts_at_once_are_six(ingrid: SomePerson) -> None:
    cookie = ingrid.new_cookie()
    names = [f"Medicine {number}" for number in range(6)]
    presses = [Press(ingrid, "/medicines/new", {"name": name}, cookie) for name in names]
    assert at_once(ingrid.app, *presses) == [303] * 6
    page = presses[0].client.get("/medicines").text
    assert all(name in page for name in names)
    assert count_of(ingrid.app, "medicines") == 6


def test_first_drafts_at_once_are_all_kept(ingrid: SomePerson) -> None:
    cookie = ingrid.new_cookie()
    presses = [
        Press(ingrid, "/goals/new", {"title": f"Swim {number}"}, cookie) for number in range(6)
    ]
    for press in presses:
        press.action = "/drafts"
    assert at_once(ingrid.app, *presses) == [200] * 6
    assert "Swim" in presses[0].client.get("/goals/new").text

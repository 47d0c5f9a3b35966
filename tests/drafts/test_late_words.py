"""Words that came too late: kept for their writer, by whoever holds the page, and for a time."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
import time_machine
from bs4 import BeautifulSoup
from flask import Flask
from flask.testing import FlaskClient

from portal.core.clock.zones import utc_now
from portal.drafts.service import draft_words, keep_late
from tests.fixtures.pages import hidden_in
from tests.fixtures.people import People, SomePerson

PAGE = "/medicines/new"
AT_ONCE = 6


@pytest.fixture
def ingrid(people: People) -> SomePerson:
    return people.owner("Ingrid")


def form_on(client: FlaskClient) -> dict[str, str]:
    """The hidden fields of the form on the page."""
    page = BeautifulSoup(client.get(PAGE).text, "html.parser")
    form = next(each for each in page.find_all("form") if each.select("input[name=name]"))
    return {str(each["name"]): str(each["value"]) for each in form.select("input[type=hidden]")}


def words_of(person: SomePerson) -> dict[str, list[str]] | None:
    """What waits for them on the page."""
    with person.viewing() as viewer:
        return draft_words(viewer, PAGE)


def test_late_words_of_several_tabs_at_once_are_kept(app_on_each: Flask) -> None:
    ingrid, start = People(app_on_each).owner(), Barrier(AT_ONCE)

    def come_late(number: int) -> bool:
        with ingrid.viewing() as viewer:
            start.wait(10)
            words = {"name": [f"Tab {number}"]}
            return keep_late(ingrid.id, PAGE, words, viewer.now, may_replace=True)

    with ThreadPoolExecutor(AT_ONCE) as pool:
        assert all(pool.map(come_late, range(AT_ONCE)))
    found = words_of(ingrid)
    assert found is not None
    assert found["name"][0].startswith("Tab ")


def test_late_words_from_the_same_browser_take_the_place_of_earlier_ones(
    ingrid: SomePerson,
) -> None:
    client = ingrid.new_client()
    typed = form_on(client)
    client.delete_cookie(ingrid.cookie_name())
    for name in ("first", "second"):
        answer = client.post(PAGE, data=typed | {"name": name})
        assert "kept=1" in answer.location
    found = words_of(ingrid)
    assert found is not None
    assert found["name"] == ["second"]


def test_who_holds_the_page_alone_replaces_nothing_that_waits(
    app: Flask, ingrid: SomePerson
) -> None:
    client = ingrid.new_client()
    typed = form_on(client)
    stranger = app.test_client()
    assert client.post("/drafts", data=typed | {"name": "mine"}).status_code == 200
    answer = stranger.post(PAGE, data=typed | {"name": "planted"})
    assert "kept=1" not in answer.location
    found = words_of(ingrid)
    assert found is not None
    assert found["name"] == ["mine"]


def test_a_page_from_long_ago_keeps_nothing(app: Flask, ingrid: SomePerson) -> None:
    typed = form_on(ingrid.new_client())
    with time_machine.travel(utc_now() + timedelta(days=29), tick=False):
        answer = app.test_client().post(PAGE, data=typed | {"name": "late"})
        assert "kept=1" in answer.location
    with time_machine.travel(utc_now() + timedelta(days=32), tick=False):
        answer = app.test_client().post(PAGE, data=typed | {"name": "later"})
        assert "kept=1" not in answer.location


def test_a_form_shown_again_is_a_page_of_its_own_day(ingrid: SomePerson) -> None:
    client = ingrid.new_client()
    typed = form_on(client)
    with time_machine.travel(utc_now() + timedelta(days=29), tick=False):
        shown = client.post(PAGE, data=typed | {"name": ""})
        assert shown.status_code == 422
        again = hidden_in(shown.text)
    with time_machine.travel(utc_now() + timedelta(days=32), tick=False):
        client.delete_cookie(ingrid.cookie_name())
        answer = client.post(PAGE, data=again | {"name": "late"})
    assert "kept=1" in answer.location

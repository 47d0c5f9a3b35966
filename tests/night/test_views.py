"""The pages of the night list, as a person without scripts goes through them."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import time, timedelta
from typing import Any

import pytest
import time_machine
from sqlalchemy import event
from werkzeug.test import TestResponse

from portal.core.db import db
from portal.meetings import service as meetings
from portal.messaging import service as messages
from portal.messaging.shapes import Outgoing
from portal.notifications.service import change_choices
from portal.notifications.shapes import NoticeChoices
from tests.night.conftest import LETTER, MORNING, NIGHT, Pair

Clock = time_machine.Traveller


@pytest.fixture
def clock() -> Iterator[Clock]:
    """A clock that stands at night until it is moved."""
    with time_machine.travel(NIGHT, tick=False) as traveller:
        yield traveller


def press(pair: Pair, page: str, to: str, **fields: Any) -> TestResponse:
    text = pair.ingrid.client.get(page).text
    hidden = re.findall(r'<input[^>]*name="(csrf_token|once|keep)"[^>]*value="([^"]*)"', text)
    return pair.ingrid.client.post(to, data=dict(hidden) | fields)


def test_a_line_is_put_down_at_night_and_stands_there(pair: Pair, clock: Clock) -> None:
    answer = press(pair, "/night", "/night", text=LETTER)
    assert (answer.status_code, answer.location) == (303, "/night")
    page = pair.ingrid.client.get("/night").text
    assert "It is here. It keeps until the morning." in page
    assert LETTER in page
    assert "Only you can see this" in page
    assert "Write it to" not in page
    assert "last-night" not in pair.ingrid.client.get("/").text
    clock.move_to(MORNING)
    assert "Write it to Anna" in pair.ingrid.client.get("/night").text


def test_nothing_at_all_is_refused_kindly_and_many_words_come_back(pair: Pair) -> None:
    assert press(pair, "/night", "/night", text="").status_code == 422
    answer = press(pair, "/night", "/night", text="å" * 2001)
    assert answer.status_code == 422
    assert "å" * 2001 in answer.text


def test_the_first_page_leads_to_the_list_in_the_evening_and_at_night_only(
    pair: Pair, clock: Clock
) -> None:
    assert 'href="/night"' in pair.ingrid.client.get("/").text
    clock.move_to(MORNING)
    assert 'href="/night"' not in pair.ingrid.client.get("/").text


def test_who_writes_at_night_is_led_to_the_list_and_by_day_is_not(pair: Pair, clock: Clock) -> None:
    thread = f"/messages/{pair.dyad_id}"
    for at, is_led in ((NIGHT, True), (MORNING, False)):
        clock.move_to(at)
        with pair.ingrid.viewing(at) as viewer:
            messages.send(viewer, pair.dyad_id, Outgoing(text="Slept badly."), once=str(at))
        assert ('href="/night"' in pair.ingrid.client.get(thread).text) is is_led
    clock.move_to(NIGHT)
    assert 'href="/night"' not in pair.anna.client.get(thread).text


def test_in_the_morning_a_line_goes_into_the_box_and_nothing_is_sent(
    pair: Pair, clock: Clock
) -> None:
    night_id = pair.put_down()
    clock.move_to(MORNING)
    page = pair.ingrid.client.get("/").text
    assert "What you put down last night" in page
    assert LETTER in page
    thread = f"/messages/{pair.dyad_id}"
    answer = press(pair, "/", f"/night/{night_id}/writing/{pair.dyad_id}")
    assert (answer.status_code, answer.location) == (303, f"{thread}#write")
    assert f"{LETTER}</textarea>" in pair.ingrid.client.get(thread).text
    assert "What you put down last night" not in pair.ingrid.client.get("/").text
    assert LETTER not in pair.anna.client.get(thread).text


def test_a_line_let_go_on_the_first_page_can_be_brought_back_there(
    pair: Pair, clock: Clock
) -> None:
    night_id = pair.put_down()
    clock.move_to(MORNING)
    assert press(pair, "/", f"/night/{night_id}/letting-go", next="/").location == "/"
    assert "Bring it back" in pair.ingrid.client.get("/").text
    press(pair, "/", f"/night/{night_id}/return", next="/")
    assert "Let it go" in pair.ingrid.client.get("/").text
    press(pair, "/", "/night/leaving", next="/")
    assert LETTER not in pair.ingrid.client.get("/").text
    assert LETTER in pair.ingrid.client.get("/night").text


def test_a_line_is_kept_for_the_meeting_from_the_first_page(pair: Pair, clock: Clock) -> None:
    night_id = pair.put_down()
    clock.move_to(MORNING)
    press(pair, "/", f"/night/{night_id}/keeping/{pair.dyad_id}", next="/")
    assert "What you put down last night" not in pair.ingrid.client.get("/").text
    assert LETTER in pair.anna.client.get(f"/meetings/{pair.dyad_id}").text


def test_a_line_says_that_it_was_on_the_list_once_the_two_have_met(
    pair: Pair, clock: Clock
) -> None:
    night_id = pair.put_down()
    clock.move_to(MORNING)
    at = MORNING + timedelta(days=2)
    pair.meet(at)
    press(pair, "/night", f"/night/{night_id}/keeping/{pair.dyad_id}", next="/night")
    page = pair.ingrid.client.get("/night").text
    assert "kept for your meeting with Anna" in page
    assert "it goes off that list" in page
    clock.move_to(at + timedelta(hours=2))
    page = pair.ingrid.client.get("/night").text
    assert "was on the list when you met Anna" in page
    assert "it goes off that list" not in page
    press(pair, "/night", f"/night/{night_id}/return", next="/night")
    assert "It is back.<" in pair.ingrid.client.get("/night").text
    with pair.ingrid.viewing(at) as viewer:
        assert [each.line for each in meetings.meetings_for(viewer, pair.dyad_id).kept] == [LETTER]


def test_words_are_found_again_by_their_owner_alone(pair: Pair) -> None:
    pair.put_down()
    assert 'href="/night"' in press(pair, "/search", "/search", words="tax office").text
    assert pair.anna.client.get("/night").status_code == 404


def test_hostile_words_stay_words(pair: Pair, clock: Clock) -> None:
    pair.put_down("<script>alert(1)</script>")
    clock.move_to(MORNING)
    for path in ("/", "/night"):
        assert "<script>alert" not in pair.ingrid.client.get(path).text


def test_the_list_and_the_first_page_need_few_queries(pair: Pair, clock: Clock) -> None:
    for number in range(50):
        pair.put_down(f"line {number}")
    clock.move_to(MORNING)
    client = pair.ingrid.client
    for path in ("/", "/night"):
        with counted(pair) as said:
            assert client.get(path).status_code == 200
        assert len(said) <= 6, (path, said)


@contextmanager
def counted(pair: Pair) -> Iterator[list[str]]:
    """Every statement that goes to the database meanwhile."""
    said: list[str] = []

    def note(*about: Any) -> None:
        said.append(about[2])

    with pair.ingrid.app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", note)
    yield said
    event.remove(engine, "before_cursor_execute", note)


def test_when_it_is_night_is_everybody_s_own_choice(pair: Pair, clock: Clock) -> None:
    """Somebody who sleeps by day has their quiet hours then."""
    thread = f"/messages/{pair.dyad_id}"
    with pair.ingrid.viewing(MORNING) as viewer:
        change_choices(viewer, NoticeChoices(quiet_from=time(6), quiet_until=time(14)))
    for at, is_led in ((NIGHT, False), (MORNING, True)):
        clock.move_to(at)
        with pair.ingrid.viewing(at) as viewer:
            messages.send(viewer, pair.dyad_id, Outgoing(text="Slept badly."), once=str(at))
        assert ('href="/night"' in pair.ingrid.client.get(thread).text) is is_led


def test_a_line_kept_for_a_meeting_leads_there_and_says_what_bringing_back_does(
    pair: Pair, clock: Clock
) -> None:
    night_id = pair.put_down()
    clock.move_to(MORNING)
    press(pair, "/night", f"/night/{night_id}/keeping/{pair.dyad_id}")
    page = pair.ingrid.client.get("/night").text
    there = f'<a href="/meetings/{pair.dyad_id}#kept">kept for your meeting with Anna</a>'
    assert there in page
    assert "If you bring it back, it goes off that list." in page
    press(pair, "/night", f"/night/{night_id}/return")
    page = pair.ingrid.client.get("/night").text
    assert "It is back, and off the list for the meeting." in page
    assert "kept for your meeting" not in page

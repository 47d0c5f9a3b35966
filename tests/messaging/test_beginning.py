"""First words, put into the text box by a press: the owner's starters, the worker's own phrases."""

from collections.abc import Iterator

import pytest
import time_machine
from flask.testing import FlaskClient

from portal.hours.service import add_phrase, phrases_of, put_phrase_away
from portal.hours.shapes import PhraseBody
from tests.messaging.conftest import MONDAY_NIGHT, WEDNESDAY_READING, Two
from tests.messaging.test_views import form_on, press, text_box

Clock = time_machine.Traveller
PHRASE = "Thank you for telling me. I am thinking of you."


@pytest.fixture
def clock() -> Iterator[Clock]:
    """The time is Monday night, 21:42 in Oslo, until a test moves on."""
    with time_machine.travel(MONDAY_NIGHT, tick=False) as traveller:
        yield traveller


@pytest.fixture
def address(two: Two) -> str:
    return f"/messages/{two.dyad_id}"


def begin(client: FlaskClient, address: str, **typed: str) -> str:
    """Type something, press one of the first words, and see the page after."""
    fields = form_on(client.get(address).get_data(as_text=True), address) | typed
    answer = client.post(f"{address}/beginning", data=fields, follow_redirects=True)
    assert answer.status_code == 200
    return answer.get_data(as_text=True)


def test_a_starter_stands_below_what_was_typed_and_nothing_is_sent(
    two: Two, clock: Clock, address: str
) -> None:
    page = two.ingrid.client.get(address).get_data(as_text=True)
    assert 'name="begin" value="0"' in page
    page = begin(
        two.ingrid.client, address, text="Slept badly.\r\n", main_point="The mornings", begin="0"
    )
    assert text_box(page) == "Slept badly.\nToday it is hard to"
    assert 'value="The mornings"' in page
    assert not two.page_of(two.ingrid, MONDAY_NIGHT).lines


def test_a_starter_alone_begins_the_box(two: Two, clock: Clock, address: str) -> None:
    page = begin(two.ingrid.client, address, text="", begin="2")
    assert text_box(page) == "Something that went all right was"


def test_words_that_do_not_exist_leave_the_box_as_it_was(
    two: Two, clock: Clock, address: str
) -> None:
    page = begin(two.ingrid.client, address, text="Slept badly.", begin="99")
    assert text_box(page) == "Slept badly."


def test_the_enter_key_sends_and_does_not_begin(two: Two, clock: Clock, address: str) -> None:
    page = two.ingrid.client.get(address).get_data(as_text=True)
    form = page[page.index(f'action="{address}" data-draft') :]
    first = form[form.index("<button") : form.index("</button>")]
    assert 'type="submit"' in first
    assert "formaction" not in first


def test_a_phrase_answers_in_two_presses(two: Two, clock: Clock, address: str) -> None:
    two.write()
    clock.move_to(WEDNESDAY_READING)
    with two.as_anna(WEDNESDAY_READING) as viewer:
        add_phrase(viewer, PhraseBody(PHRASE))
        found = phrases_of(viewer)[0]
    assert PHRASE not in two.anna.client.get(address).get_data(as_text=True)
    two.open_as_anna()
    assert PHRASE in two.anna.client.get(address).get_data(as_text=True)
    page = begin(two.anna.client, address, text="", begin=str(found.id))
    assert text_box(page) == PHRASE
    _, page = press(two.anna.client, address, address, text=PHRASE, depth="short")
    assert "Nothing here waits for you." in page
    with two.as_anna(WEDNESDAY_READING) as viewer:
        put_phrase_away(viewer, found.id, is_away=True)
    page = begin(two.anna.client, address, text="", begin=str(found.id))
    assert text_box(page) == ""


def test_phrases_are_their_workers_own(two: Two, clock: Clock, address: str) -> None:
    with two.as_anna(MONDAY_NIGHT) as viewer:
        add_phrase(viewer, PhraseBody(PHRASE))
        found = phrases_of(viewer)[0]
    page = begin(two.ingrid.client, address, text="", begin=str(found.id))
    assert PHRASE not in page


def test_writing_more_is_folded_away_straight_after_sending(
    two: Two, clock: Clock, address: str
) -> None:
    _, page = press(two.ingrid.client, address, address, text="Slept badly.")
    assert page.index("You can put it down.") < page.index("Write some more")
    assert "No words today?" not in page

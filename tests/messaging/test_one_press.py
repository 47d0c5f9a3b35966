"""Presses in a thread: the card that offers them and its days, and what a press is taken for."""

from datetime import date, timedelta

import pytest
import time_machine

from portal.core.errors import Conflict
from portal.messaging import service
from portal.messaging.shapes import Intent, Outcome
from tests.messaging.conftest import MONDAY_NIGHT, SOON, WEDNESDAY_READING, Two

CLOSES = "“Read, thank you” closes it without an answer."
THANKS, PHONE = 'value="acknowledged"', 'value="will_phone"'


def card(two: Two) -> str:
    """The card on the worker's page."""
    with time_machine.travel(WEDNESDAY_READING, tick=False):
        page = two.anna.client.get(f"/messages/{two.dyad_id}").get_data(as_text=True)
    return page[page.index('id="answer"') : page.index('id="write"')]


def answer_by(two: Two, day: date) -> None:
    with two.as_anna(WEDNESDAY_READING) as viewer:
        service.answer_in_one_press(viewer, two.dyad_id, Outcome.ANSWERS_BY, by_on=day)


def test_a_question_is_not_closed_without_a_word_before(two: Two) -> None:
    two.write(intent=Intent.QUESTION)
    two.open_as_anna()
    found = card(two)
    assert CLOSES in found
    assert found.index(PHONE) < found.index(THANKS)


def test_a_knock_asks_for_words_first(two: Two) -> None:
    with two.as_ingrid(MONDAY_NIGHT) as viewer:
        service.knock(viewer, two.dyad_id, once="")
    two.open_as_anna()
    found = card(two)
    assert "A knock asks for a first word from you." in found
    assert found.index(PHONE) < found.index(THANKS)


def test_words_that_ask_for_no_more_are_closed_by_the_first_press(two: Two) -> None:
    two.write()
    two.open_as_anna()
    found = card(two)
    assert CLOSES not in found
    assert found.index(THANKS) < found.index(PHONE)


def test_the_next_two_reading_days_are_presses(two: Two) -> None:
    two.write()
    two.open_as_anna()
    found = card(two)
    for day in ("2026-11-30", "2026-12-02"):
        assert f'name="by_on" value="{day}"' in found
    assert 'value="2026-11-25"' not in found


def test_a_named_day_is_confirmed_and_a_free_one_says_so(two: Two) -> None:
    free = "By your hours you do not work that day."
    two.write()
    two.open_as_anna()
    assert "You said that you answer by" not in card(two)
    answer_by(two, date(2026, 11, 30))
    assert "You said that you answer by Mon 30 Nov." in card(two)
    assert free not in card(two)
    answer_by(two, date(2026, 11, 28))
    assert "You said that you answer by Sat 28 Nov." in card(two)
    assert free in card(two)


@pytest.mark.parametrize("outcome", [Outcome.ACKNOWLEDGED, Outcome.FOR_MEETING, Outcome.PHONED])
def test_the_same_press_twice_is_one_and_another_one_finds_nothing_open(
    two: Two, outcome: Outcome
) -> None:
    two.write()
    two.open_as_anna()
    for seconds in range(2):
        with two.as_anna(WEDNESDAY_READING + timedelta(seconds=seconds)) as viewer:
            service.answer_in_one_press(viewer, two.dyad_id, outcome)
    with two.as_anna(WEDNESDAY_READING + timedelta(seconds=3)) as viewer, pytest.raises(Conflict):
        service.answer_in_one_press(viewer, two.dyad_id, Outcome.WILL_PHONE)
    with two.as_anna(WEDNESDAY_READING + timedelta(minutes=2)) as viewer, pytest.raises(Conflict):
        service.answer_in_one_press(viewer, two.dyad_id, outcome)


def test_nobody_asks_how_words_were_meant_that_they_have_not_opened(two: Two) -> None:
    reply = two.reply()
    with two.as_ingrid(WEDNESDAY_READING + SOON) as viewer, pytest.raises(Conflict):
        service.ask_meaning(viewer, two.dyad_id, reply, once="")

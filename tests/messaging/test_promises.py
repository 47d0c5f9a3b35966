"""A call that was promised stays promised until the two have talked, whatever comes in between."""

from datetime import timedelta

import pytest
import time_machine

from portal.core.errors import Conflict
from portal.messaging import service
from portal.messaging.shapes import Outcome, State
from tests.messaging.conftest import SOON, WEDNESDAY_READING, Two

NEXT_WEEK = WEDNESDAY_READING + timedelta(days=7)


def presses(two: Two, outcome: Outcome, at_plus: timedelta = timedelta()) -> None:
    with two.as_anna(NEXT_WEEK + at_plus) as viewer:
        service.answer_in_one_press(viewer, two.dyad_id, outcome)


@pytest.fixture
def promised(two: Two) -> tuple[int, int]:
    """Words for which a call was promised, and words that came a week later; all are open."""
    old = two.write()
    two.open_as_anna()
    with two.as_anna(WEDNESDAY_READING) as viewer:
        service.answer_in_one_press(viewer, two.dyad_id, Outcome.WILL_PHONE)
    new = two.write("One thing more.", at=NEXT_WEEK - 2 * SOON)
    return old, new


def state(two: Two, number: int) -> State:
    return two.line_of(two.ingrid, number, NEXT_WEEK + SOON).state


def test_a_press_on_new_words_leaves_the_promise_until_they_have_talked(
    two: Two, promised: tuple[int, int]
) -> None:
    old, new = promised
    two.open_as_anna(NEXT_WEEK)
    presses(two, Outcome.ACKNOWLEDGED)
    assert (state(two, old), state(two, new)) == (State.WILL_PHONE, State.ACKNOWLEDGED)
    with pytest.raises(Conflict):
        presses(two, Outcome.ACKNOWLEDGED)
    presses(two, Outcome.PHONED)
    assert (state(two, old), state(two, new)) == (State.PHONED, State.ACKNOWLEDGED)


def test_having_talked_leaves_what_came_since(two: Two, promised: tuple[int, int]) -> None:
    old, new = promised
    two.open_as_anna(NEXT_WEEK)
    presses(two, Outcome.PHONED)
    assert (state(two, old), state(two, new)) == (State.PHONED, State.OPENED)


def test_the_promise_is_said_beside_what_waits(two: Two, promised: tuple[int, int]) -> None:
    two.open_as_ingrid(NEXT_WEEK)
    with time_machine.travel(NEXT_WEEK, tick=False):
        turn = two.anna.client.get("/your-turn").get_data(as_text=True)
        home = two.ingrid.client.get("/").get_data(as_text=True)
        two.open_as_anna(NEXT_WEEK)
        thread = two.anna.client.get(f"/messages/{two.dyad_id}").get_data(as_text=True)
    assert "Waits since" in turn
    assert "You said that you will phone." in turn
    assert "With Anna." in home
    assert "Anna will phone you." in home
    for press in ("We have talked", "Read, thank you", "That stays until you have talked."):
        assert press in thread


def test_what_was_long_is_not_said_of_the_short_words_after_it(two: Two) -> None:
    two.write("word " * 400)
    two.open_as_anna()
    with two.as_anna(WEDNESDAY_READING) as viewer:
        service.answer_in_one_press(viewer, two.dyad_id, Outcome.WILL_PHONE)
    two.write("One thing more.", at=NEXT_WEEK - 2 * SOON)
    two.open_as_anna(NEXT_WEEK)
    bundle = two.page_of(two.anna, NEXT_WEEK).bundle
    assert bundle is not None
    assert not bundle.is_long


def test_no_hello_is_offered_right_after_words_of_ones_own(two: Two) -> None:
    offer = "Send the agreed hello instead"

    def thread() -> str:
        with time_machine.travel(NEXT_WEEK, tick=False):
            return two.anna.client.get(f"/messages/{two.dyad_id}").get_data(as_text=True)

    two.write()
    two.open_as_anna()
    assert offer in thread()
    two.reply(at=NEXT_WEEK - SOON)
    assert offer not in thread()

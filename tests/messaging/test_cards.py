"""What a card says of a thread: the newest news as it is, and what is late before that."""

from datetime import date, timedelta

import pytest
import time_machine

from portal.messaging import service
from portal.messaging.shapes import Intent, Outcome
from tests.messaging.conftest import SOON, WEDNESDAY_READING, Two

SATURDAY = date(2026, 11, 28)
SAYS = {
    Outcome.ANSWERS_BY: "Anna says: an answer comes by Sat 28 Nov.",
    Outcome.ACKNOWLEDGED: "Anna has read it, ",
    Outcome.FOR_MEETING: "Anna said: “Let’s talk at the meeting.”",
    Outcome.WILL_PHONE: "Anna will phone you.",
    Outcome.PHONED: "You two have talked, ",
}


def home(two: Two, after: timedelta) -> str:
    """The owner's home, some time after the worker's reading."""
    with time_machine.travel(WEDNESDAY_READING + after, tick=False):
        return two.ingrid.client.get("/").get_data(as_text=True)


def says(two: Two, outcome: Outcome, after: timedelta = timedelta()) -> None:
    by_on = SATURDAY if outcome is Outcome.ANSWERS_BY else None
    with two.as_anna(WEDNESDAY_READING + after) as viewer:
        service.answer_in_one_press(viewer, two.dyad_id, outcome, by_on=by_on)


@pytest.mark.parametrize("outcome", SAYS)
def test_home_says_what_was_said_with_one_press(two: Two, outcome: Outcome) -> None:
    two.write()
    two.open_as_anna()
    says(two, outcome)
    assert SAYS[outcome] in home(two, SOON)
    two.open_as_ingrid(WEDNESDAY_READING + 2 * SOON)
    assert "something new" not in home(two, 3 * SOON)


def test_the_newest_press_counts_and_words_after_it(two: Two) -> None:
    two.write()
    two.open_as_anna()
    says(two, Outcome.ANSWERS_BY)
    says(two, Outcome.WILL_PHONE, SOON)
    assert SAYS[Outcome.WILL_PHONE] in home(two, 2 * SOON)
    two.reply(at=WEDNESDAY_READING + 2 * SOON)
    assert SAYS[Outcome.WILL_PHONE] in home(two, 2 * SOON)
    assert "Anna has written to you, " in home(two, 4 * SOON)


def test_what_is_late_comes_before_news(two: Two) -> None:
    two.write()
    two.open_as_anna()
    says(two, Outcome.ANSWERS_BY)
    page = home(two, timedelta(days=6))
    assert "An answer is late. That is not about what you wrote." in page
    assert SAYS[Outcome.ANSWERS_BY] not in page


@pytest.mark.parametrize("let_go", [False, True])
def test_just_telling_names_no_day_anywhere(two: Two, let_go: bool) -> None:
    number = two.write("I went out.", intent=Intent.TELLING, at=WEDNESDAY_READING - 2 * SOON)
    if let_go:
        with two.as_ingrid(WEDNESDAY_READING - 2 * SOON) as viewer:
            service.let_go(viewer, two.dyad_id, number)
    address = f"/messages/{two.dyad_id}"
    with time_machine.travel(WEDNESDAY_READING, tick=False):
        turn = two.anna.client.get("/your-turn").get_data(as_text=True)
        envelope = two.anna.client.get(address).get_data(as_text=True)
        thread = two.ingrid.client.get(address).get_data(as_text=True)
    assert "Waits since today" in turn
    assert "answer by" not in turn
    assert "Answer by" not in envelope
    assert "not opened yet · no answer is asked for" in thread
    assert "you hear by" not in thread
    assert "You hear by" not in home(two, SOON)

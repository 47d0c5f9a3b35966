"""From a word at night to an answer: what each of the two sees, at each moment."""

from datetime import timedelta

from portal.messaging.shapes import State
from tests.messaging.conftest import MONDAY_NIGHT, SOON, WEDNESDAY_READING, Two


def test_a_message_at_night_is_answered_by_a_day_that_both_see(two: Two) -> None:
    number = two.write("Slept badly again.")
    held = two.line_of(two.ingrid, number, MONDAY_NIGHT)
    assert held.state is State.HELD
    later = two.line_of(two.ingrid, number, MONDAY_NIGHT + SOON)
    assert later.state is State.WITH_THEM
    two.open_as_anna()
    opened = two.line_of(two.ingrid, number, WEDNESDAY_READING + timedelta(minutes=1))
    assert opened.state is State.OPENED
    assert opened.opened_at == WEDNESDAY_READING
    two.reply()
    assert two.line_of(two.ingrid, number, WEDNESDAY_READING + SOON).state is State.ANSWERED

"""A message whose line was taken off the meeting's list: what both see, and whose turn it is."""

from datetime import timedelta
from uuid import UUID

import pytest
import time_machine
from flask import Flask

from portal.meetings.service import meetings_for, take_off
from portal.messaging import service
from portal.messaging.shapes import Intent, Outcome, State
from tests.fixtures.people import SomePerson
from tests.messaging.conftest import MONDAY_NIGHT, SOON, WEDNESDAY_READING, Two, waiting
from tests.messaging.test_races import two_on

AFTER = WEDNESDAY_READING + timedelta(minutes=5)
LATE = MONDAY_NIGHT + timedelta(days=9)


@pytest.fixture
def two(app_on_each: Flask) -> Two:
    """Two people who may write to each other, on SQLite and on PostgreSQL."""
    return two_on(app_on_each)


@pytest.fixture
def number(two: Two) -> int:
    """A message that Anna has opened."""
    number = two.write("A long story.", main_point="My sister")
    two.open_as_anna()
    return number


def press(two: Two, outcome: Outcome = Outcome.FOR_MEETING) -> None:
    with two.as_anna(WEDNESDAY_READING) as viewer:
        service.answer_in_one_press(viewer, two.dyad_id, outcome)


def only_line(two: Two, person: SomePerson) -> UUID:
    with person.viewing(AFTER) as viewer:
        (kept,) = meetings_for(viewer, two.dyad_id).kept
    return kept.id


def take_line_off(two: Two, person: SomePerson) -> None:
    kept_id = only_line(two, person)
    with person.viewing(AFTER) as viewer:
        take_off(viewer, kept_id)


def states(two: Two, number: int) -> set[State]:
    return {two.line_of(each, number, AFTER).state for each in (two.ingrid, two.anna)}


def says(two: Two, person: SomePerson) -> str:
    with time_machine.travel(AFTER, tick=False):
        return person.client.get(f"/messages/{two.dyad_id}").get_data(as_text=True)


def test_what_the_owner_takes_off_is_settled_and_both_see_it(two: Two, number: int) -> None:
    press(two)
    take_line_off(two, two.ingrid)
    assert states(two, number) == {State.OFF_LIST}
    assert "you took it off the list for your meeting" in says(two, two.ingrid)
    assert "Ingrid took it off the list for the meeting" in says(two, two.anna)
    with two.as_anna(AFTER) as viewer:
        assert waiting(viewer) == []


def test_what_its_worker_takes_off_waits_for_them_again(two: Two, number: int) -> None:
    before = two.line_of(two.ingrid, number, WEDNESDAY_READING)
    press(two)
    two.open_as_ingrid(AFTER - timedelta(minutes=1))
    take_line_off(two, two.anna)
    now = two.line_of(two.ingrid, number, AFTER)
    assert (now.state, now.due_at) == (before.state, before.due_at) == (State.OPENED, now.due_at)
    with two.as_anna(AFTER) as viewer:
        assert [card.due_at for card in waiting(viewer)] == [before.due_at]
    with two.as_ingrid(AFTER) as viewer:
        (card,) = service.threads_of(viewer)
        assert card.news is not None
        assert card.news.said is None


def test_a_late_message_that_its_owner_takes_off_again_is_late_again(two: Two) -> None:
    number = two.write("Please.")
    for verb in (service.keep_for_meeting, None):
        with two.as_ingrid(LATE) as viewer:
            if verb is not None:
                verb(viewer, two.dyad_id, number)
            else:
                (kept,) = meetings_for(viewer, two.dyad_id).kept
                take_off(viewer, kept.id)
    assert two.line_of(two.ingrid, number, LATE).state is State.LATE
    with two.as_anna(LATE) as viewer:
        assert waiting(viewer)[0].is_late


def test_lets_talk_is_taken_back_for_all_that_one_tap_spoke_for(two: Two) -> None:
    first, second = two.reply(), two.reply("And one more.")
    at = WEDNESDAY_READING + SOON
    two.open_as_ingrid(at)
    with two.as_ingrid(at) as viewer:
        service.react(viewer, two.dyad_id, second, Outcome.LETS_TALK)
    assert two.line_of(two.anna, first, at).state is State.LETS_TALK
    with two.as_ingrid(at) as viewer:
        (kept,) = meetings_for(viewer, two.dyad_id).kept
        take_off(viewer, kept.id)
    lines = [two.line_of(two.ingrid, number, at) for number in (first, second)]
    assert [line.may_react for line in lines] == [True, True]
    assert State.LETS_TALK not in {line.state for line in lines}


def test_words_for_the_meeting_never_opened_still_wait_to_be_opened(two: Two) -> None:
    number = two.write(intent=Intent.MEETING)
    take_line_off(two, two.ingrid)
    assert two.line_of(two.ingrid, number, AFTER).state is State.WITH_THEM
    with two.as_anna(AFTER) as viewer:
        assert waiting(viewer)[0].unopened_since is not None

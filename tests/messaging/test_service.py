"""From a word at night to an answer: what each of the two sees, at each moment."""

from datetime import date, timedelta

import pytest
from sqlalchemy import update

from portal.agreements.shapes import NoAgreement
from portal.core.db import db
from portal.core.errors import Conflict, FieldError, NotAllowed, NotVisible
from portal.core.work import unit_of_work
from portal.drafts.service import draft_words
from portal.dyads.service import end_dyad
from portal.meetings.service import meetings_for
from portal.messaging import service
from portal.messaging.models import Message
from portal.messaging.shapes import Intent, Kind, News, Outcome, Outgoing, State
from tests.fixtures.people import People
from tests.messaging.conftest import MONDAY_NIGHT, SOON, WEDNESDAY_READING, Two, waiting

MINUTE = timedelta(minutes=1)
AFTERWARDS = WEDNESDAY_READING + SOON


def test_a_message_at_night_is_answered_by_a_day_that_both_see(two: Two) -> None:
    number = two.write("Slept badly again.")
    assert two.line_of(two.ingrid, number, MONDAY_NIGHT).state is State.HELD
    with_anna = two.line_of(two.ingrid, number, MONDAY_NIGHT + SOON)
    assert with_anna.state is State.WITH_THEM
    two.open_as_anna()
    opened = two.line_of(two.ingrid, number, WEDNESDAY_READING + MINUTE)
    assert opened.state is State.OPENED
    assert opened.opened_at == WEDNESDAY_READING
    assert opened.due_at is not None
    assert opened.due_at.date() == date(2026, 11, 27)
    two.reply()
    assert two.line_of(two.ingrid, number, WEDNESDAY_READING + MINUTE).state is State.OPENED
    assert two.line_of(two.ingrid, number, AFTERWARDS).state is State.ANSWERED


def test_an_answer_within_its_ten_minutes_is_never_late(two: Two) -> None:
    number = two.write()
    two.open_as_anna()
    due_at = two.line_of(two.ingrid, number, AFTERWARDS).due_at
    assert due_at is not None
    two.reply(at=due_at - MINUTE)
    assert two.line_of(two.ingrid, number, due_at + MINUTE).state is State.OPENED
    assert two.line_of(two.ingrid, number, due_at + SOON).state is State.ANSWERED


def test_a_worker_sees_nothing_before_the_ten_minutes_are_over_and_no_words_before_opening(
    two: Two,
) -> None:
    two.write("Slept badly.")
    held = two.page_of(two.anna, MONDAY_NIGHT + MINUTE)
    assert held.envelope is None
    assert held.lines == ()
    arrived = two.page_of(two.anna, MONDAY_NIGHT + SOON)
    assert arrived.envelope is not None
    assert arrived.lines == ()
    two.open_as_anna()
    opened = two.page_of(two.anna, WEDNESDAY_READING)
    assert opened.envelope is None
    assert [line.body.text for line in opened.lines] == ["Slept badly."]


def test_words_taken_back_return_to_the_draft_above_nothing_lost(two: Two) -> None:
    number = two.write("Not like this.", main_point="Thursday", intent=Intent.QUESTION)
    with two.as_ingrid(MONDAY_NIGHT + MINUTE) as viewer:
        service.take_back(viewer, two.dyad_id, number)
    with two.as_ingrid(MONDAY_NIGHT + MINUTE) as viewer:
        words = draft_words(viewer, service.draft_place(two.dyad_id))
    assert words is not None
    assert words["text"] == ["Not like this."]
    assert words["main_point"] == ["Thursday"]
    assert words["intent"] == ["question"]
    assert two.line_of(two.ingrid, number, MONDAY_NIGHT + SOON).state is State.TAKEN_BACK
    page = two.page_of(two.anna, MONDAY_NIGHT + SOON)
    assert page.envelope is None
    assert page.lines == ()
    assert page.trouble is None


def test_taking_back_twice_is_the_same_as_once_and_too_late_is_said(two: Two) -> None:
    first, second = two.write("One."), two.write("Two.")
    for _ in range(2):
        with two.as_ingrid(MONDAY_NIGHT + MINUTE) as viewer:
            service.take_back(viewer, two.dyad_id, first)
    with two.as_ingrid(MONDAY_NIGHT + SOON) as viewer, pytest.raises(Conflict):
        service.take_back(viewer, two.dyad_id, second)
    assert two.line_of(two.ingrid, second, MONDAY_NIGHT + SOON).body.text == "Two."


def test_nobody_takes_back_what_the_other_wrote(two: Two) -> None:
    number = two.write()
    with two.as_anna(MONDAY_NIGHT) as viewer, pytest.raises(NotVisible):
        service.take_back(viewer, two.dyad_id, number)


def test_letting_go_ends_the_ten_minutes(two: Two) -> None:
    number = two.write()
    for _ in range(2):
        with two.as_ingrid(MONDAY_NIGHT + MINUTE) as viewer:
            service.let_go(viewer, two.dyad_id, number)
    assert two.page_of(two.anna, MONDAY_NIGHT + MINUTE).envelope is not None
    assert two.line_of(two.ingrid, number, MONDAY_NIGHT + MINUTE).state is State.WITH_THEM


def test_a_workers_words_arrive_in_the_order_in_which_they_were_written(two: Two) -> None:
    first, second = two.reply("One."), two.reply("Two.", at=WEDNESDAY_READING + MINUTE)
    with two.as_anna(WEDNESDAY_READING + MINUTE) as viewer, pytest.raises(Conflict):
        service.let_go(viewer, two.dyad_id, second)
    for number in (first, second):
        with two.as_anna(WEDNESDAY_READING + MINUTE) as viewer:
            service.let_go(viewer, two.dyad_id, number)
    two.open_as_ingrid(WEDNESDAY_READING + MINUTE)
    lines = two.page_of(two.ingrid, WEDNESDAY_READING + MINUTE).lines
    assert [line.number for line in lines] == [first, second]


def test_what_was_taken_back_holds_nothing_up(two: Two) -> None:
    first, second = two.reply("One."), two.reply("Two.")
    with two.as_anna(WEDNESDAY_READING) as viewer:
        service.take_back(viewer, two.dyad_id, first)
        service.let_go(viewer, two.dyad_id, second)
    two.open_as_ingrid(WEDNESDAY_READING)
    lines = two.page_of(two.ingrid, WEDNESDAY_READING).lines
    assert [line.body.text for line in lines] == ["Two."]


def test_an_owner_opens_nothing_past_words_that_can_still_be_taken_back(two: Two) -> None:
    two.reply("One.")
    second = two.reply("Two.")
    with unit_of_work(two.ingrid.app):
        db.session.execute(
            update(Message).where(Message.number == second).values(undo_until=WEDNESDAY_READING)
        )
    two.open_as_ingrid(WEDNESDAY_READING + MINUTE)
    page = two.page_of(two.ingrid, AFTERWARDS)
    assert page.lines == ()
    assert page.envelope is not None


def test_an_answer_taken_back_leaves_the_message_waiting_again(two: Two) -> None:
    number = two.write()
    two.open_as_anna()
    reply = two.reply()
    with two.as_anna(WEDNESDAY_READING + MINUTE) as viewer:
        service.take_back(viewer, two.dyad_id, reply)
    assert two.line_of(two.ingrid, number, AFTERWARDS).state is State.OPENED
    assert two.page_of(two.ingrid, AFTERWARDS).envelope is None
    with two.as_anna(AFTERWARDS) as viewer:
        assert waiting(viewer)


def test_the_same_press_twice_sends_once(two: Two) -> None:
    assert two.write("Once.", once="press") == two.write("Once.", once="press")
    assert len(two.page_of(two.ingrid, MONDAY_NIGHT).lines) == 1


def test_other_words_under_the_same_press_are_sent_too(two: Two) -> None:
    assert two.write("First.", once="press") != two.write("First, and more.", once="press")


def test_the_same_words_after_taking_them_back_are_sent_again(two: Two) -> None:
    number = two.write("Again.", once="press")
    with two.as_ingrid(MONDAY_NIGHT) as viewer:
        service.take_back(viewer, two.dyad_id, number)
    again = two.write("Again.", once="press")
    assert again == number + 1
    assert two.write("Again.", once="press") == again


def test_all_that_came_before_a_reading_is_one_bundle_and_one_answer_closes_it(two: Two) -> None:
    numbers = [two.write(text) for text in ("One.", "Two.", "Three.")]
    two.open_as_anna()
    late = two.write("Four.", at=WEDNESDAY_READING + MINUTE)
    two.reply(at=WEDNESDAY_READING + 2 * MINUTE)
    page = two.page_of(two.ingrid, WEDNESDAY_READING + timedelta(minutes=30))
    states = {line.number: line.state for line in page.lines}
    assert {states[number] for number in numbers} == {State.ANSWERED}
    assert states[late] is State.WITH_THEM


@pytest.mark.parametrize(
    ("outcome", "state"),
    [
        (Outcome.ACKNOWLEDGED, State.ACKNOWLEDGED),
        (Outcome.FOR_MEETING, State.FOR_MEETING),
        (Outcome.WILL_PHONE, State.WILL_PHONE),
    ],
)
def test_one_press_answers_everything_open(two: Two, outcome: Outcome, state: State) -> None:
    numbers = [two.write("One."), two.write("Two.")]
    two.open_as_anna()
    with two.as_anna(WEDNESDAY_READING) as viewer:
        service.answer_in_one_press(viewer, two.dyad_id, outcome)
    page = two.page_of(two.ingrid, WEDNESDAY_READING)
    assert {line.state for line in page.lines if line.number in numbers} == {state}
    with two.as_ingrid(AFTERWARDS) as viewer:
        assert service.threads_of(viewer)[0].news == News(WEDNESDAY_READING, outcome)
    two.open_as_ingrid(AFTERWARDS)
    with two.as_ingrid(AFTERWARDS) as viewer:
        assert service.threads_of(viewer)[0].news is None


def test_lets_talk_also_stands_on_the_meetings_list(two: Two) -> None:
    two.write("A long story.", main_point="My sister")
    two.open_as_anna()
    with two.as_anna(WEDNESDAY_READING) as viewer:
        service.answer_in_one_press(viewer, two.dyad_id, Outcome.FOR_MEETING)
    with two.as_ingrid(AFTERWARDS) as viewer:
        assert [kept.line for kept in meetings_for(viewer, two.dyad_id).kept] == ["My sister"]


def test_a_promised_day_replaces_the_agreed_one(two: Two) -> None:
    number = two.write()
    two.open_as_anna()
    with two.as_anna(WEDNESDAY_READING) as viewer:
        service.answer_in_one_press(
            viewer, two.dyad_id, Outcome.ANSWERS_BY, by_on=date(2026, 11, 30)
        )
    line = two.line_of(two.ingrid, number, WEDNESDAY_READING + timedelta(days=4))
    assert line.state is State.ANSWERS_BY
    assert line.due_at is not None
    assert line.due_at.date() == date(2026, 11, 30)
    late = two.line_of(two.ingrid, number, WEDNESDAY_READING + timedelta(days=6))
    assert late.state is State.LATE


@pytest.mark.parametrize("by_on", [None, date(2026, 11, 24), date(2027, 11, 24)])
def test_a_promise_needs_a_day_that_can_be_kept(two: Two, by_on: date | None) -> None:
    two.write()
    two.open_as_anna()
    with two.as_anna(WEDNESDAY_READING) as viewer, pytest.raises(FieldError):
        service.answer_in_one_press(viewer, two.dyad_id, Outcome.ANSWERS_BY, by_on=by_on)


def test_after_a_call_that_was_announced_the_worker_says_that_they_talked(two: Two) -> None:
    number = two.write()
    two.open_as_anna()
    for outcome in (Outcome.WILL_PHONE, Outcome.PHONED):
        with two.as_anna(WEDNESDAY_READING) as viewer:
            service.answer_in_one_press(viewer, two.dyad_id, outcome)
    assert two.line_of(two.ingrid, number, AFTERWARDS).state is State.PHONED
    with two.as_anna(AFTERWARDS) as viewer:
        assert waiting(viewer) == []


def test_a_promised_call_stands_while_an_answer_can_still_be_taken_back(two: Two) -> None:
    number = two.write()
    two.open_as_anna()
    with two.as_anna(WEDNESDAY_READING) as viewer:
        service.answer_in_one_press(viewer, two.dyad_id, Outcome.WILL_PHONE)
    reply = two.reply(at=WEDNESDAY_READING + MINUTE)
    held = two.line_of(two.ingrid, number, WEDNESDAY_READING + 2 * MINUTE)
    assert (held.state, held.promised_at) == (State.WILL_PHONE, WEDNESDAY_READING)
    assert two.page_of(two.anna, WEDNESDAY_READING + 2 * MINUTE).bundle is None
    with two.as_anna(WEDNESDAY_READING + 3 * MINUTE) as viewer:
        service.take_back(viewer, two.dyad_id, reply)
    line = two.line_of(two.ingrid, number, AFTERWARDS)
    assert (line.state, line.outcome_at) == (State.WILL_PHONE, WEDNESDAY_READING)
    bundle = two.page_of(two.anna, AFTERWARDS).bundle
    assert bundle is not None
    assert bundle.is_promised
    with two.as_anna(AFTERWARDS) as viewer:
        assert waiting(viewer)[0].phone_since == WEDNESDAY_READING


def test_a_promised_day_stands_until_the_answer_has_come(two: Two) -> None:
    number = two.write()
    two.open_as_anna()
    with two.as_anna(WEDNESDAY_READING) as viewer:
        service.answer_in_one_press(
            viewer, two.dyad_id, Outcome.ANSWERS_BY, by_on=date(2026, 11, 30)
        )
    two.reply(at=WEDNESDAY_READING + MINUTE)
    held = two.line_of(two.ingrid, number, WEDNESDAY_READING + 2 * MINUTE)
    assert held.state is State.ANSWERS_BY
    assert two.line_of(two.ingrid, number, AFTERWARDS).state is State.ANSWERED


def test_an_answer_to_nothing_is_refused_kindly(two: Two) -> None:
    two.write()
    with two.as_anna(WEDNESDAY_READING) as viewer, pytest.raises(Conflict):
        service.answer_in_one_press(viewer, two.dyad_id, Outcome.ACKNOWLEDGED)


def test_a_late_message_can_wait_for_the_meeting_instead(two: Two) -> None:
    number = two.write("Please.")
    later = MONDAY_NIGHT + timedelta(days=9)
    assert two.line_of(two.ingrid, number, later).state is State.LATE
    with two.as_anna(later) as viewer:
        assert waiting(viewer)[0].is_late
    with two.as_ingrid(later) as viewer:
        service.keep_for_meeting(viewer, two.dyad_id, number)
    assert two.line_of(two.ingrid, number, later).state is State.FOR_MEETING


def test_just_telling_is_done_when_it_is_opened_and_never_late(two: Two) -> None:
    number = two.write("I went out.", intent=Intent.TELLING)
    later = MONDAY_NIGHT + timedelta(days=9)
    assert two.line_of(two.ingrid, number, later).state is State.WITH_THEM
    with two.as_anna(later) as viewer:
        assert [(card.due_at, card.is_late) for card in waiting(viewer)] == [(None, False)]
    two.open_as_anna()
    assert two.line_of(two.ingrid, number, later).state is State.OPENED_IS_ENOUGH
    with two.as_anna(later) as viewer:
        assert waiting(viewer) == []


def test_a_message_for_the_meeting_is_on_its_list_at_once_and_off_it_when_taken_back(
    two: Two,
) -> None:
    number = two.write("The form from the office.", intent=Intent.MEETING)
    with two.as_ingrid(MONDAY_NIGHT) as viewer:
        assert len(meetings_for(viewer, two.dyad_id).kept) == 1
        service.take_back(viewer, two.dyad_id, number)
    with two.as_ingrid(MONDAY_NIGHT) as viewer:
        assert meetings_for(viewer, two.dyad_id).kept == []


def test_a_knock_waits_for_a_first_word_and_is_one_knock(two: Two) -> None:
    for _ in range(2):
        with two.as_ingrid(MONDAY_NIGHT) as viewer:
            number = service.knock(viewer, two.dyad_id, once="")
    assert two.page_of(two.ingrid, MONDAY_NIGHT).is_knocking
    with two.as_anna(MONDAY_NIGHT + SOON) as viewer:
        card = waiting(viewer)[0]
    assert card.knock_since is not None
    page = two.page_of(two.anna, WEDNESDAY_READING)
    assert page.envelope is not None
    assert page.envelope.is_knock
    two.open_as_anna()
    two.reply("Good to hear from you.")
    assert two.line_of(two.ingrid, number, AFTERWARDS).state is State.ANSWERED
    assert not two.page_of(two.ingrid, AFTERWARDS).is_knocking


def test_the_owner_opens_when_it_suits_them_and_the_worker_does_not_see_when(two: Two) -> None:
    two.write()
    two.open_as_anna()
    reply = two.reply("Thank you.")
    closed = two.page_of(two.ingrid, AFTERWARDS)
    assert closed.envelope is not None
    assert [line.body.text for line in closed.lines] == ["Slept badly."]
    two.open_as_ingrid(AFTERWARDS)
    opened = two.page_of(two.ingrid, AFTERWARDS)
    assert opened.envelope is None
    assert opened.lines[-1].body.text == "Thank you."
    assert two.line_of(two.anna, reply, AFTERWARDS).state is State.WITH_THEM


@pytest.mark.parametrize("outcome", [Outcome.READ_IT, Outcome.CANNOT_NOW, Outcome.LETS_TALK])
def test_one_tap_tells_the_worker_without_words(two: Two, outcome: Outcome) -> None:
    two.write()
    two.open_as_anna()
    first, reply = two.reply("One."), two.reply("Two.")
    two.open_as_ingrid(AFTERWARDS)
    with two.as_ingrid(AFTERWARDS) as viewer:
        service.react(viewer, two.dyad_id, reply, outcome)
    for number in (first, reply):
        assert two.line_of(two.anna, number, AFTERWARDS).state.value == outcome.value


def test_one_tap_speaks_only_for_what_the_owner_has_opened(two: Two) -> None:
    opened = two.reply("One.")
    two.open_as_ingrid(AFTERWARDS)
    held = two.reply("Two.", at=AFTERWARDS)
    with two.as_ingrid(AFTERWARDS) as viewer:
        service.react(viewer, two.dyad_id, opened, Outcome.READ_IT)
    with two.as_ingrid(AFTERWARDS + SOON) as viewer, pytest.raises(Conflict):
        service.react(viewer, two.dyad_id, held, Outcome.READ_IT)
    later = AFTERWARDS + SOON
    assert two.line_of(two.anna, opened, later).state is State.READ_IT
    assert two.line_of(two.anna, held, later).state is State.WITH_THEM


def test_how_did_you_mean_this_is_a_message_that_wants_an_answer(two: Two) -> None:
    two.write()
    two.open_as_anna()
    reply = two.reply()
    two.open_as_ingrid(AFTERWARDS)
    with two.as_ingrid(AFTERWARDS) as viewer:
        number = service.ask_meaning(viewer, two.dyad_id, reply, once="")
    later = AFTERWARDS + SOON
    two.open_as_anna(later)
    line = two.line_of(two.anna, number, later)
    assert line.kind is Kind.HOW_MEANT
    assert line.body.about == reply
    assert line.state is State.OPENED


def test_what_the_owner_writes_next_answers_the_worker(two: Two) -> None:
    hello = two.reply("Good morning.")
    two.open_as_ingrid(AFTERWARDS)
    two.write("Good morning to you.", at=AFTERWARDS)
    assert two.line_of(two.anna, hello, AFTERWARDS + SOON).state is State.ANSWERED


def test_the_hello_is_due_on_the_agreed_day_until_the_worker_writes(two: Two) -> None:
    friday = MONDAY_NIGHT + timedelta(days=4)
    with two.as_anna(friday) as viewer:
        assert service.hello_for(viewer, two.dyad_id).is_due
        number = service.send_hello(viewer, two.dyad_id, "How was the week?", once="")
    with two.as_anna(friday) as viewer:
        assert not service.hello_for(viewer, two.dyad_id).is_due
    two.open_as_ingrid(friday + SOON)
    assert two.line_of(two.ingrid, number, friday + SOON).kind is Kind.HELLO


def test_nobody_writes_before_there_is_an_agreement(pair: Two) -> None:
    with pair.as_ingrid(MONDAY_NIGHT) as viewer, pytest.raises(NoAgreement):
        service.send(viewer, pair.dyad_id, Outgoing(text="Hi"), once="")
    page = pair.page_of(pair.ingrid, MONDAY_NIGHT)
    assert page.terms is None
    assert not page.may_write


def test_after_the_end_the_owner_reads_and_nobody_writes(two: Two) -> None:
    two.write("Before the end.")
    with two.as_ingrid(MONDAY_NIGHT + SOON) as viewer:
        end_dyad(viewer, two.dyad_id)
    page = two.page_of(two.ingrid, AFTERWARDS)
    assert page.lines[0].body.text == "Before the end."
    assert not page.may_write
    with two.as_ingrid(AFTERWARDS) as viewer, pytest.raises(Conflict):
        service.send(viewer, two.dyad_id, Outgoing(text="Hi"), once="")
    with two.as_anna(AFTERWARDS) as viewer, pytest.raises(NotVisible):
        service.thread_for(viewer, two.dyad_id)
    with two.as_anna(AFTERWARDS) as viewer, pytest.raises(NotVisible):
        service.open_waiting(viewer, two.dyad_id)


def test_a_stranger_finds_no_thread(two: Two, people: People) -> None:
    for stranger in (people.owner("Kari"), people.worker("Bo")):
        with stranger.viewing(MONDAY_NIGHT) as viewer, pytest.raises(NotVisible):
            service.thread_for(viewer, two.dyad_id)
        with stranger.viewing(MONDAY_NIGHT) as viewer, pytest.raises(NotVisible):
            service.send(viewer, two.dyad_id, Outgoing(text="Hi"), once="")


def test_each_presses_only_what_is_theirs(two: Two) -> None:
    number = two.write()
    two.open_as_anna()
    with two.as_ingrid(AFTERWARDS) as viewer, pytest.raises(NotAllowed):
        service.answer_in_one_press(viewer, two.dyad_id, Outcome.ACKNOWLEDGED)
    with two.as_anna(AFTERWARDS) as viewer:
        for refused in (
            lambda: service.react(viewer, two.dyad_id, number, Outcome.READ_IT),
            lambda: service.knock(viewer, two.dyad_id, once=""),
            lambda: service.ask_meaning(viewer, two.dyad_id, number, once=""),
            lambda: service.keep_for_meeting(viewer, two.dyad_id, number),
            lambda: service.answer_in_one_press(viewer, two.dyad_id, Outcome.READ_IT),
        ):
            with pytest.raises(NotAllowed):
                refused()


@pytest.mark.parametrize(
    ("outgoing", "field"),
    [
        (Outgoing(text="  \n"), "text"),
        (Outgoing(text="x" * 10_001), "text"),
        (Outgoing(text="x", main_point="x" * 201), "main_point"),
    ],
)
def test_only_nothing_or_far_too_much_is_refused(two: Two, outgoing: Outgoing, field: str) -> None:
    with two.as_ingrid(MONDAY_NIGHT) as viewer:
        with pytest.raises(FieldError) as refusal:
            service.send(viewer, two.dyad_id, outgoing, once="")
        assert refusal.value.field == field
        assert service.send(viewer, two.dyad_id, Outgoing(text="x" * 10_000), once="")


def test_words_stay_as_they_were_typed(two: Two) -> None:
    words = "  <b>tabs\tand</b>\n\n\u202eodd\u0000 signs \U0001f33f & “quotes”  "
    number = two.write(words)
    assert two.line_of(two.ingrid, number, MONDAY_NIGHT).body.text == words


def test_a_thread_of_any_length_comes_in_pages_that_meet(two: Two) -> None:
    with two.as_ingrid(MONDAY_NIGHT) as viewer:
        for number in range(1, 121):
            service.send(viewer, two.dyad_id, Outgoing(text=f"Line {number}"), once="")
    newest = two.page_of(two.ingrid, AFTERWARDS)
    assert [line.number for line in newest.lines] == list(range(71, 121))
    assert newest.older == 71
    assert newest.newer is None
    middle = two.page_of(two.ingrid, AFTERWARDS, before=71)
    assert [line.number for line in middle.lines] == list(range(21, 71))
    assert middle.newer == 0
    oldest = two.page_of(two.ingrid, AFTERWARDS, before=21)
    assert [line.number for line in oldest.lines] == list(range(1, 21))
    assert oldest.older is None
    assert oldest.newer == 71
    assert {newest.trouble, middle.trouble, oldest.trouble} == {None}

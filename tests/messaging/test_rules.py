"""Every message is in exactly one state, the chain tells of any missing message, words stay."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.messaging.rules.chain import link_of, trouble_in, without_words
from portal.messaging.rules.states import (
    ONE_PRESS_ANSWERS,
    REACTIONS,
    UNDO_TIME,
    WANTS_ANSWER,
    state_of,
)
from portal.messaging.rules.words import is_long, reading_minutes
from portal.messaging.shapes import (
    Delivery,
    HeadBody,
    Intent,
    MessageBody,
    Outcome,
    State,
    Trouble,
)

NOW = datetime(2026, 11, 23, 21, 42, tzinfo=UTC)
instants = st.datetimes(
    min_value=datetime(2026, 11, 1),  # noqa: DTZ001  # Hypothesis adds the zone itself
    max_value=datetime(2026, 12, 24),  # noqa: DTZ001  # as above
    timezones=st.just(UTC),
)
deliveries = st.builds(
    Delivery,
    undo_until=instants,
    taken_back_at=st.none() | instants,
    opened_at=st.none() | instants,
    is_answer_wanted=st.booleans(),
    due_at=st.none() | instants,
    outcome=st.none() | st.sampled_from(Outcome),
    outcome_at=st.none() | instants,
    promised=st.none() | st.sampled_from((Outcome.WILL_PHONE, Outcome.ANSWERS_BY)),
)


def sent(**marks: object) -> Delivery:
    given_marks = {"undo_until": NOW, "is_answer_wanted": True, "due_at": NOW + timedelta(days=2)}
    return Delivery(**(given_marks | marks))  # type: ignore[arg-type]  # marks named by the test


def answer_coming_to(promised: Outcome, **marks: object) -> Delivery:
    at = NOW + timedelta(minutes=5)
    coming = {"opened_at": NOW, "outcome": Outcome.ANSWERED, "outcome_at": at}
    return sent(**(coming | marks), promised=promised)


@given(deliveries, instants)
def test_every_message_is_in_one_state_at_any_moment(marks: Delivery, now: datetime) -> None:
    assert isinstance(state_of(marks, now), State)
    assert state_of(marks, now) is state_of(marks, now)


@given(deliveries, instants, instants)
def test_without_a_clock_passing_a_mark_the_state_stays(
    marks: Delivery, one: datetime, other: datetime
) -> None:
    early, late = sorted((one, other))
    passed = [marks.undo_until, marks.due_at, marks.outcome_at]
    if not any(mark is not None and early < mark <= late for mark in passed):
        assert state_of(marks, early) is state_of(marks, late)


@given(deliveries, instants)
def test_what_was_taken_back_stays_taken_back(marks: Delivery, now: datetime) -> None:
    assert (state_of(marks, now) is State.TAKEN_BACK) == (marks.taken_back_at is not None)


@given(deliveries, instants)
def test_a_message_that_wants_no_answer_is_never_late(marks: Delivery, now: datetime) -> None:
    if not marks.is_answer_wanted and marks.outcome is None:
        assert state_of(marks, now) is not State.LATE


@given(deliveries, instants)
def test_nothing_is_late_before_its_day(marks: Delivery, now: datetime) -> None:
    if marks.due_at is None or now < marks.due_at:
        assert state_of(marks, now) is not State.LATE


@pytest.mark.parametrize(
    ("marks", "after", "state"),
    [
        (sent(undo_until=NOW + UNDO_TIME), timedelta(minutes=9), State.HELD),
        (sent(undo_until=NOW + UNDO_TIME), timedelta(minutes=10), State.WITH_THEM),
        (sent(opened_at=NOW), timedelta(hours=1), State.OPENED),
        (sent(opened_at=NOW, is_answer_wanted=False), timedelta(days=9), State.OPENED_IS_ENOUGH),
        (sent(is_answer_wanted=False), timedelta(days=2), State.WITH_THEM),
        (sent(opened_at=NOW), timedelta(days=2), State.LATE),
        (sent(opened_at=NOW, due_at=None), timedelta(days=90), State.OPENED),
        (
            sent(opened_at=NOW, outcome=Outcome.ANSWERED, outcome_at=NOW + timedelta(minutes=5)),
            timedelta(minutes=1),
            State.OPENED,
        ),
        (
            sent(outcome=Outcome.ANSWERED, outcome_at=NOW + timedelta(days=2, minutes=5)),
            timedelta(days=2, minutes=1),
            State.WITH_THEM,
        ),
        (sent(outcome=Outcome.ANSWERS_BY, outcome_at=NOW), timedelta(days=1), State.ANSWERS_BY),
        (sent(outcome=Outcome.ANSWERS_BY, outcome_at=NOW), timedelta(days=2), State.LATE),
        (sent(outcome=Outcome.WILL_PHONE, outcome_at=NOW), timedelta(days=9), State.WILL_PHONE),
        (answer_coming_to(Outcome.WILL_PHONE), timedelta(minutes=1), State.WILL_PHONE),
        (answer_coming_to(Outcome.WILL_PHONE), timedelta(minutes=5), State.ANSWERED),
        (answer_coming_to(Outcome.ANSWERS_BY), timedelta(minutes=1), State.ANSWERS_BY),
        (
            answer_coming_to(Outcome.ANSWERS_BY, due_at=NOW - timedelta(days=1)),
            timedelta(minutes=1),
            State.OPENED,
        ),
        (sent(outcome=Outcome.ACKNOWLEDGED, outcome_at=NOW), timedelta(0), State.ACKNOWLEDGED),
        (sent(outcome=Outcome.FOR_MEETING, outcome_at=NOW), timedelta(days=9), State.FOR_MEETING),
    ],
)
def test_the_states_that_an_owner_reads(marks: Delivery, after: timedelta, state: State) -> None:
    assert state_of(marks, NOW + after) is state


def test_every_outcome_has_its_state() -> None:
    for outcome in Outcome:
        marks = Delivery(undo_until=NOW, outcome=outcome, outcome_at=NOW)
        assert state_of(marks, NOW).value == outcome.value


def test_the_default_intent_asks_for_a_sign() -> None:
    assert WANTS_ANSWER[Intent.BE_HEARD]
    assert set(WANTS_ANSWER) == {None, *Intent}


def test_a_worker_and_an_owner_press_different_things() -> None:
    assert not ONE_PRESS_ANSWERS & REACTIONS
    by_itself = {Outcome.ANSWERED, Outcome.OFF_LIST}
    assert ONE_PRESS_ANSWERS | REACTIONS | by_itself == set(Outcome)


Row = tuple[int, UUID, MessageBody]


def thread_of(texts: Sequence[str]) -> tuple[list[Row], HeadBody]:
    rows: list[Row] = []
    people, link = (uuid4(), uuid4()), b""
    for number, text in enumerate(texts, start=1):
        body = MessageBody(number=number, before=link, text=text)
        rows.append((number, people[number % 2], body))
        link = link_of(body, people[number % 2])
    return rows, HeadBody(number=len(rows), link=link)


texts = st.lists(st.text(max_size=20), min_size=1, max_size=12)


@given(texts, st.data())
def test_an_untouched_thread_has_no_trouble_whole_or_in_part(
    words: list[str], data: st.DataObject
) -> None:
    rows, head = thread_of(words)
    start = data.draw(st.integers(0, len(rows) - 1))
    stop = data.draw(st.integers(start + 1, len(rows)))
    assert trouble_in(rows[start:stop], head, last=stop, reaches_start=start == 0) is None


@given(texts, st.data())
def test_any_missing_message_is_told(words: list[str], data: st.DataObject) -> None:
    rows, head = thread_of(words)
    gone = data.draw(st.integers(0, len(rows) - 1))
    left = rows[:gone] + rows[gone + 1 :]
    assert trouble_in(left, head, last=head.number, reaches_start=True) is not None


@given(texts, st.data())
def test_any_changed_message_is_told(words: list[str], data: st.DataObject) -> None:
    rows, head = thread_of(words)
    at = data.draw(st.integers(0, len(rows) - 1))
    number, author_id, body = rows[at]
    other = MessageBody(number=number, before=body.before, text=body.text + "!")
    rows[at] = (number, author_id, other)
    assert trouble_in(rows, head, last=head.number, reaches_start=True) is not None


@given(texts, st.data())
def test_a_message_taken_back_keeps_the_chain_and_no_word(
    words: list[str], data: st.DataObject
) -> None:
    rows, head = thread_of(words)
    at = data.draw(st.integers(0, len(rows) - 1))
    number, author_id, body = rows[at]
    tombstone = without_words(body)
    assert tombstone.text == tombstone.main_point == ""
    head = HeadBody(number=head.number, link=head.link, taken_back=(number,))
    assert trouble_in(rows, head, last=head.number, reaches_start=True) is Trouble.CHANGED
    rows[at] = (number, author_id, tombstone)
    assert trouble_in(rows, head, last=head.number, reaches_start=True) is None


def test_a_thread_whose_rows_are_all_gone_is_told() -> None:
    _, head = thread_of(["one", "two"])
    assert trouble_in([], head, last=2, reaches_start=True) is Trouble.TAIL
    assert trouble_in([], HeadBody(number=0, link=b""), last=0, reaches_start=True) is None


def test_a_head_rolled_back_to_an_earlier_day_is_told() -> None:
    rows, _ = thread_of(["one", "two", "three"])
    _, earlier = thread_of(["one", "two"])
    assert trouble_in(rows, earlier, last=2, reaches_start=True) is Trouble.TAIL


def test_three_pages_are_folded_and_three_hundred_words_are_not() -> None:
    assert not is_long("word " * 300)
    assert is_long("word " * 301)
    assert reading_minutes("word " * 900) == 5
    assert reading_minutes("short") == 0

"""Comparing two people's answers, settling them, and the days on which they look again."""

from __future__ import annotations

from datetime import date, time, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from portal.agreements import rules
from portal.agreements.rules.fields import same_answer
from portal.agreements.shapes import (
    Answers,
    AnswerWithin,
    Depth,
    How,
    Nearness,
    Question,
    SettledBody,
    Side,
    Starter,
)
from portal.core.clock import Window

MONDAY, TUESDAY = Window(0, time(8), time(9)), Window(1, time(8), time(9))
WORDS = st.sampled_from(
    ["", "medicines", "Medicines.", "medicines, childhood", "anything heavy", "money\nand rent"]
)
ANSWERS = st.builds(
    Answers,
    purpose=WORDS,
    other_readers=WORDS,
    record=WORDS,
    windows=st.lists(
        st.builds(
            Window, st.integers(0, 6), st.just(time(8)), st.sampled_from([time(9), time(10)])
        ),
        min_size=1,
        max_size=3,
    ).map(tuple),
    answer_within=st.sampled_from(AnswerWithin),
    depth=st.sampled_from(Depth),
    who_starts=st.sampled_from(Starter),
    hello_every_weeks=st.sampled_from([1, 2, 4]),
    hello_weekday=st.integers(0, 4),
    how_often=WORDS,
    kept_for_talking=WORDS,
    absence=WORDS,
    nights=WORDS,
    worrying=WORDS,
    review_weeks=st.sampled_from([2, 4, 8, 12]),
    not_working=WORDS,
)
QUESTIONS = st.sampled_from(Question)
PRESSES = st.lists(
    st.tuples(
        QUESTIONS,
        st.sampled_from([How.OWNERS, How.WORKERS, How.THIRD, How.KEPT, How.TRIED]),
        st.sampled_from(Side),
        ANSWERS,
    ),
    max_size=12,
)


def nearness(question: Question, **different: Any) -> Nearness:
    return rules.compare(question, Answers(), replace(Answers(), **different))


def draft(
    owner: Answers, worker: Answers, done: dict[Question, tuple[int, SettledBody]] | None = None
) -> rules.Draft:
    return rules.draft_of(owner, worker, done or {}, Answers())


def test_every_answer_belongs_to_exactly_one_question() -> None:
    names = [name for fields in rules.FIELDS.values() for name in fields]
    assert sorted(names) == sorted(Answers.__struct_fields__)


@given(QUESTIONS, ANSWERS)
def test_an_answer_always_meets_itself(question: Question, answers: Answers) -> None:
    assert rules.compare(question, answers, answers) is Nearness.MEETS


@given(QUESTIONS, ANSWERS, ANSWERS)
def test_comparing_does_not_depend_on_who_is_first(
    question: Question, one: Answers, other: Answers
) -> None:
    assert rules.compare(question, one, other) is rules.compare(question, other, one)


@given(QUESTIONS, ANSWERS, ANSWERS)
def test_answers_that_are_the_same_to_the_letter_meet(
    question: Question, one: Answers, other: Answers
) -> None:
    alike = rules.with_question(other, question, one)
    assert rules.compare(question, one, alike) is Nearness.MEETS


@given(ANSWERS, ANSWERS)
def test_where_answers_meet_the_draft_meets_both(owner: Answers, worker: Answers) -> None:
    for point in draft(owner, worker).points:
        if point.how is How.MEETS:
            assert rules.compare(point.question, point.value, owner) is Nearness.MEETS
            assert rules.compare(point.question, point.value, worker) is Nearness.MEETS


@given(ANSWERS, ANSWERS)
def test_a_meeting_point_is_never_worth_a_talk_with_the_one_who_decides(
    owner: Answers, worker: Answers
) -> None:
    agreed = draft(owner, worker).agreed
    assert agreed.windows == worker.windows
    assert agreed.answer_within is worker.answer_within
    assert agreed.how_often == worker.how_often
    assert (agreed.other_readers, agreed.record) == (owner.other_readers, owner.record)


@given(ANSWERS, ANSWERS)
def test_a_meeting_point_loses_no_telling_word_of_either(owner: Answers, worker: Answers) -> None:
    point = rules.meeting_point(Question.TALKING, owner, worker).kept_for_talking.casefold()
    for words in (owner.kept_for_talking, worker.kept_for_talking):
        assert all(word.strip(".,").casefold() in point for word in words.split())


@given(ANSWERS, ANSWERS, PRESSES)
def test_hours_stay_the_workers_and_data_the_owners_whatever_anybody_presses(
    owner: Answers, worker: Answers, presses: list[tuple[Question, How, Side, Answers]]
) -> None:
    willed: dict[Side, dict[str, list[Any]]] = {
        Side.WORKER: {
            "windows": [worker.windows],
            "answer_within": [worker.answer_within],
            "how_often": [worker.how_often],
        },
        Side.OWNER: {"other_readers": [owner.other_readers], "record": [owner.record]},
    }
    done: dict[Question, tuple[int, SettledBody]] = {}
    for question, how, by, third in presses:
        point = next(p for p in draft(owner, worker, done).points if p.question is question)
        done[question] = (point.number + 1, rules.settled(point, how, by, third, Answers()))
        chosen = {How.OWNERS: owner, How.WORKERS: worker}.get(how, third)
        for name, values in willed[by].items():
            if how is not How.KEPT:
                values.append(getattr(chosen, name))
    agreed = draft(owner, worker, done).agreed
    for fields in willed.values():
        for name, values in fields.items():
            assert getattr(agreed, name) in values


@given(ANSWERS, ANSWERS, QUESTIONS, st.sampled_from(Side), ANSWERS)
def test_settling_a_point_closes_it_and_touches_no_other(
    owner: Answers, worker: Answers, question: Question, by: Side, third: Answers
) -> None:
    before = draft(owner, worker)
    point = next(p for p in before.points if p.question is question)
    done = {question: (1, rules.settled(point, How.THIRD, by, third, Answers()))}
    after = draft(owner, worker, done)
    assert question not in after.open_questions
    assert set(rules.changes(before.agreed, after.agreed)) <= {question}


@given(ANSWERS, ANSWERS)
def test_a_point_kept_for_the_meeting_stands_in_with_the_present_terms(
    owner: Answers, worker: Answers
) -> None:
    point = draft(owner, worker).points[list(Question).index(Question.STARTING)]
    kept = rules.settled(point, How.KEPT, Side.OWNER, owner, Answers())
    after = draft(owner, worker, {Question.STARTING: (1, kept)})
    assert after.kept == (Question.STARTING,)
    present = replace(Answers(), how_often=worker.how_often)
    assert same_answer(Question.STARTING, after.agreed, present)


@given(ANSWERS, ANSWERS, st.sampled_from(Side), st.sampled_from(Side))
def test_trying_one_sides_answers_takes_all_of_them_but_what_the_other_decides(
    owner: Answers, worker: Answers, side: Side, by: Side
) -> None:
    points = filter(rules.may_be_tried, draft(owner, worker).points)
    done = {point.question: (1, rules.tried(point, side, by)) for point in points}
    after = draft(owner, worker, done)
    answers = {Side.OWNER: owner, Side.WORKER: worker}
    assert not after.open_questions
    for question, names in rules.FIELDS.items():
        for name in names:
            if name in rules.DECIDERS or question in done:
                whose = rules.DECIDERS.get(name, side)
                assert getattr(after.agreed, name) == getattr(answers[whose], name)
            elif question is not Question.STARTING:  # a hello counts only where the worker starts
                assert rules.compare_field(name, owner, worker) is Nearness.MEETS


def test_a_wish_about_hours_waits_for_the_worker() -> None:
    owner = Answers(windows=(TUESDAY,), answer_within=AnswerWithin.ONE_DAY)
    worker = Answers(windows=(MONDAY,))
    point = draft(owner, worker).points[1]
    assert point.how is How.DECIDED
    wished = rules.settled(point, How.OWNERS, Side.OWNER, owner, Answers())
    assert wished.value.windows == (MONDAY,)
    assert wished.wish is not None
    assert wished.wish.windows == (TUESDAY,)
    taken = rules.settled(point, How.OWNERS, Side.WORKER, owner, Answers())
    assert (taken.value.windows, taken.wish) == ((TUESDAY,), None)


@pytest.mark.parametrize(
    ("owner", "worker", "both"),
    [
        ("Medicines, and all that is heavy.", "Medicines.", "Medicines, and all that is heavy."),
        ("Medicines, and all that is heavy.", "Medicines, money.", None),
        ("Medicines. My brother.", "Medicines, and all that is heavy.", None),
        ("medicines, childhood", "Medicines, anything heavy", None),
        ("Money\nMedicines", "Medicines\nThe rent", None),
        ("Medicines. Money. Rent.", "Rent. Medicines.", "Medicines. Money. Rent."),
    ],
)
def test_what_both_said_stands_once(owner: str, worker: str, both: str | None) -> None:
    merged = rules.meeting_point(
        Question.TALKING, Answers(kept_for_talking=owner), Answers(kept_for_talking=worker)
    ).kept_for_talking
    assert merged == (both or merged)
    assert merged.casefold().count("medicines") == 1


def test_a_sentence_is_never_cut_apart_at_a_comma() -> None:
    owner, worker = "When it is heavy I write.", "When it is heavy, the two of us talk."
    assert rules.both_words(owner, worker) == f"{owner}\n{worker}"


def test_any_difference_about_a_worrying_message_is_worth_a_talk() -> None:
    one = Answers(worrying="I use my plan and the numbers")
    other = Answers(worrying="I use my plan and phone the doctor")
    assert rules.compare(Question.WORRY, one, other) is Nearness.TALK


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("medicines, childhood", "Medicines, anything heavy", Nearness.CLOSE),
        ("medicines", "  MEDICINES. ", Nearness.MEETS),
        ("medicines", "", Nearness.CLOSE),
        ("medicines", "money", Nearness.TALK),
    ],
)
def test_words_are_compared_as_words(one: str, other: str, expected: Nearness) -> None:
    mine, theirs = Answers(kept_for_talking=one), Answers(kept_for_talking=other)
    assert rules.compare(Question.TALKING, mine, theirs) is expected


def test_neighbours_on_a_scale_are_close_and_others_worth_a_talk() -> None:
    two, three, five = AnswerWithin.TWO_DAYS, AnswerWithin.THREE_DAYS, AnswerWithin.FIVE_DAYS
    assert nearness(Question.ANSWERING, answer_within=two) is Nearness.MEETS
    assert nearness(Question.ANSWERING, answer_within=three) is Nearness.CLOSE
    assert nearness(Question.ANSWERING, answer_within=five) is Nearness.TALK


def test_who_starts_matters_more_than_the_day_of_the_hello() -> None:
    assert nearness(Question.STARTING, who_starts=Starter.OWNER) is Nearness.TALK
    assert nearness(Question.STARTING, who_starts=Starter.EITHER) is Nearness.CLOSE
    assert nearness(Question.STARTING, hello_weekday=1) is Nearness.CLOSE


def test_the_day_of_a_hello_is_no_matter_when_only_the_owner_starts() -> None:
    one, other = Answers(who_starts=Starter.OWNER), Answers(who_starts=Starter.OWNER)
    assert rules.compare(Question.STARTING, one, replace(other, hello_weekday=0)) is Nearness.MEETS


def test_reading_on_a_shared_weekday_is_close() -> None:
    longer = (Window(0, time(10), time(11)), TUESDAY)
    assert nearness(Question.READING, windows=longer) is Nearness.CLOSE
    assert nearness(Question.READING, windows=(TUESDAY,)) is Nearness.TALK


def test_the_first_review_follows_the_agreed_weeks_and_a_trial_its_end() -> None:
    day = date(2026, 11, 23)
    assert rules.first_review_on(day, 8, is_trial=False) == date(2027, 1, 18)
    assert rules.first_review_on(day, 8, is_trial=True) == date(2026, 12, 21)


def test_kept_agreements_are_looked_at_after_twelve_weeks_and_then_half_yearly() -> None:
    accepted = date(2026, 11, 23)
    second = rules.next_review_on(accepted, accepted + timedelta(weeks=4), is_light=False)
    assert second == accepted + timedelta(weeks=12)
    third = rules.next_review_on(accepted, second, is_light=False)
    assert third == accepted + timedelta(weeks=12 + 26)


def test_a_light_agreement_is_looked_at_once() -> None:
    day = date(2026, 11, 23)
    assert rules.next_review_on(day, day + timedelta(weeks=4), is_light=True) is None


@given(st.dates(date(2026, 1, 1), date(2040, 1, 1)), st.integers(0, 3_000))
def test_the_next_review_always_lies_at_least_four_weeks_ahead(day: date, later: int) -> None:
    kept_on = day + timedelta(days=later)
    coming = rules.next_review_on(day, kept_on, is_light=False)
    assert coming is not None
    assert coming >= kept_on + timedelta(weeks=4)

"""When a check-in asks whether to stop asking, and how answers are said."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.check_ins import rules
from portal.check_ins.forms import hours_in
from portal.check_ins.rules.answers import answers_now
from portal.check_ins.shapes.bodies import Answer, CheckInBody, Item, Kind
from portal.check_ins.shapes.pages import Entry

BEGUN = datetime(2026, 11, 1, tzinfo=UTC)
ITEM = Item(uuid4(), "Sleep", Kind.HOURS, BEGUN)


def entries(*answered: bool) -> list[Entry]:
    """Check-ins since the thing was first asked, newest first."""
    bodies = [CheckInBody(answers=(Answer(ITEM.id, 7),) if each else ()) for each in answered]
    made = [BEGUN + timedelta(days=len(bodies) - at) for at in range(len(bodies))]
    return [Entry(uuid4(), at.date(), body, at) for at, body in zip(made, bodies, strict=True)]


@given(st.lists(st.booleans(), max_size=8))
def test_it_asks_whether_to_stop_after_three_skips_in_a_row(answered: list[bool]) -> None:
    expected = len(answered) >= 3 and not any(answered[:3])
    assert rules.weary_of(ITEM, entries(*answered)) is expected


def test_skips_before_one_said_go_on_do_not_count() -> None:
    again = Item(ITEM.id, "Sleep", Kind.HOURS, BEGUN + timedelta(days=2, hours=1))
    assert rules.weary_of(ITEM, entries(False, False, False))
    assert not rules.weary_of(again, entries(False, False, False))


@pytest.mark.parametrize(
    ("kind", "answer", "words"),
    [
        (Kind.WORDS, Answer(ITEM.id, 5, "good"), "good"),
        (Kind.SEVEN, Answer(ITEM.id, 4), "4"),
        (Kind.HOURS, Answer(ITEM.id, 7.5), "7.5 h"),
        (Kind.YES_NO, Answer(ITEM.id, 0), "no"),
        (Kind.TEXT, Answer(ITEM.id, text="a storm"), "a storm"),
    ],
)
def test_answers_are_said_as_one_would(kind: Kind, answer: Answer, words: str) -> None:
    assert rules.in_words(kind, answer) == words


@pytest.mark.parametrize(
    ("typed", "hours"), [("7", 7), ("7.5", 7.5), ("7,5", 7.5), ("7:30", 7.5), ("0", 0), ("24", 24)]
)
def test_hours_are_read_as_people_write_them(typed: str, hours: float) -> None:
    assert hours_in(typed) == hours


@pytest.mark.parametrize("typed", ["", "seven", "25", "-1", "7:xx", "nan", "inf"])
def test_what_are_no_hours_is_refused(typed: str) -> None:
    with pytest.raises(ValueError):
        hours_in(typed)


@pytest.mark.parametrize("text", ["7:" + "0" * 400, "9" * 400, "7:60", "7:-30", "1e400", "nan"])
def test_hours_that_no_day_has_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"hours|convert"):
        hours_in(text)


def test_what_was_not_asked_stays_and_what_was_left_out_goes() -> None:
    sleep, mood, walk = uuid4(), uuid4(), uuid4()
    former = (Answer(sleep, 7), Answer(mood, 4, "so so"), Answer(walk, 1))
    said = (Answer(mood, 4, "in between"),)
    assert answers_now(former, said, asked={mood, walk}) == (
        Answer(sleep, 7),
        Answer(mood, 4, "so so"),
    )
    changed = (Answer(mood, 5, "fine"), Answer(walk, 0))
    assert answers_now(former, changed, asked={mood, walk}) == (
        Answer(sleep, 7),
        Answer(mood, 5, "fine"),
        Answer(walk, 0),
    )

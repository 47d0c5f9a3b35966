"""The ready-made answers fit the worker's own week, whatever it is."""

from datetime import time

import pytest

from portal.agreements.defaults import usual_answers, what_others_found
from portal.agreements.shapes import Names, Question, Side
from portal.core.clock import Window

NAMES = Names(owner="Kari", worker="Sara", mine=Side.OWNER)


def on(*weekdays: int) -> tuple[Window, ...]:
    return tuple(Window(day, time(8), time(9)) for day in weekdays)


@pytest.mark.parametrize(
    ("reading", "hello"), [((0, 2), 2), ((1, 3), 3), ((0, 4), 4), ((5, 6), 6), ((4, 5), 4)]
)
def test_the_hello_comes_on_a_day_on_which_the_worker_reads(
    reading: tuple[int, ...], hello: int
) -> None:
    """On Friday where they read on Fridays; else on their last reading day of the week."""
    answers = usual_answers(NAMES, on(*reading))
    assert answers.hello_weekday == hello
    assert answers.windows == on(*reading)


def test_nothing_is_said_of_weekends_to_somebody_who_reads_then() -> None:
    assert "weekend" not in usual_answers(NAMES, on(5, 6)).nights


def test_a_worker_without_reading_hours_has_the_usual_ones() -> None:
    answers = usual_answers(NAMES, ())
    assert answers.hello_weekday in {window.weekday for window in answers.windows}


def test_what_others_found_says_where_it_is_from() -> None:
    """No sentence of our own stands for somebody else's."""
    for question in Question:
        told = what_others_found(question)
        assert told.startswith(("In a Norwegian study, ", "Other services ")), told
        assert all(len(sentence.split()) <= 15 for sentence in told.split(". "))

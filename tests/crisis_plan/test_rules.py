"""Telephone numbers, days to look again, and the order of the plan."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.crisis_plan.rules.order import ORDER, is_section, says_nothing
from portal.crisis_plan.rules.phones import dialled
from portal.crisis_plan.rules.review import months_after
from portal.crisis_plan.rules.standing import day_to_show, days_of_change, stood_on
from portal.crisis_plan.shapes import Entry, Kind, PlanBody, Stage
from portal.crisis_plan.words import POINTS, SECTIONS, STAGES


@pytest.mark.parametrize(
    ("typed", "dial"),
    [
        ("+47 900 00 001", "+4790000001"),
        ("116 117", "116117"),
        ("+47 99 88 77 66 (etter 16)", "+4799887766"),
        ("113 (24 t)", "113"),
        ("Ring 99 88 77 66", "99887766"),
        ("99 88 77 66 eller 55 44 33 22", ""),
        ("etter 16: 99 88 77 66", ""),
        ("(0) 55-12.34/56", ""),
        ("0055-12.34/56", "0055123456"),
        ("ring the bell", ""),
        ("javascript:alert(1)", ""),
        ("12", ""),
        ("+1234567890123456", ""),
        ("", ""),
    ],
)
def test_a_telephone_gets_a_number_or_nothing(typed: str, dial: str) -> None:
    assert dialled(typed) == dial


@given(st.text())
def test_whatever_is_typed_a_telephone_gets_digits(typed: str) -> None:
    dial = dialled(typed)
    assert dial == "" or (dial.removeprefix("+").isascii() and dial.removeprefix("+").isdigit())


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.integers(1, 24))
def test_months_later_is_that_month_and_never_a_later_day(day: date, months: int) -> None:
    later = months_after(day, months)
    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == months
    assert later.day <= day.day


def test_six_months_after_the_end_of_august_is_the_end_of_february() -> None:
    assert months_after(date(2026, 8, 31)) == date(2027, 2, 28)


def test_every_section_has_its_words_and_the_stages_come_in_order() -> None:
    assert set(SECTIONS) == {*ORDER, Kind.MADE}
    stages = [stage for stage, _manner in ORDER.values()]
    assert stages == sorted(stages, key=list(Stage).index)
    assert set(STAGES) == set(stages)
    assert set(POINTS) <= set(ORDER)
    assert not is_section(Kind.ANSWER)


def test_a_section_without_a_word_says_nothing() -> None:
    assert says_nothing(PlanBody(Kind.STEPS, "  \n "))
    assert not says_nothing(PlanBody(Kind.PEOPLE, entries=(Entry("Solveig"),)))


def test_what_stood_on_a_day_is_what_stood_when_it_ended() -> None:
    begun, first, second = date(2026, 1, 5), date(2026, 2, 1), date(2026, 2, 9)
    ended = [first, first, second]
    told = {
        date(2026, 1, 4): None,
        begun: 0,
        date(2026, 1, 31): 0,
        first: 2,
        date(2026, 2, 8): 2,
        second: 3,
        date(2026, 12, 1): 3,
    }
    assert {day: stood_on(day, begun, ended) for day in told} == told
    assert stood_on(begun, begun, []) == 0


DAYS = st.dates(date(2020, 1, 1), date(2030, 1, 1))


@given(st.lists(DAYS).map(sorted), DAYS, DAYS)
def test_a_later_day_never_shows_an_earlier_wording(
    ended: list[date], one: date, other: date
) -> None:
    early, late = (stood_on(day, date.min, ended) for day in sorted((one, other)))
    assert early is not None
    assert late is not None
    assert 0 <= early <= late <= len(ended)


def test_days_of_change_are_told_once_and_the_last_but_one_is_shown() -> None:
    january, march = date(2026, 1, 5), date(2026, 3, 1)
    days = days_of_change([january, march, january])
    assert days == (march, january)
    assert day_to_show(days, None) == january
    assert day_to_show(days, march) == march
    assert day_to_show(days[:1], None) is None

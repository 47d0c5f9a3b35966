"""Repeats: days that come round again."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.core.clock import Repeat, RepeatKind, at_local, next_on
from tests.core.test_clock_zones import OSLO

DAYS = st.dates(date(2020, 1, 1), date(2032, 12, 31))
REPEATS = st.builds(
    Repeat, kind=st.sampled_from(RepeatKind), from_on=DAYS, weeks=st.integers(1, 52)
)
COMING_ROUND = REPEATS.filter(lambda repeat: repeat.kind is not RepeatKind.NONE)
SATURDAY = date(2026, 11, 21)


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        (RepeatKind.NONE, None),
        (RepeatKind.DAILY, date(2026, 11, 22)),
        (RepeatKind.WEEKDAYS, date(2026, 11, 23)),
        (RepeatKind.WEEKLY, date(2026, 11, 28)),
        (RepeatKind.EVERY_N_WEEKS, date(2026, 12, 12)),
        (RepeatKind.MONTHLY, date(2026, 12, 21)),
    ],
)
def test_what_comes_after_a_saturday(kind: RepeatKind, expected: date | None) -> None:
    assert next_on(Repeat(kind, SATURDAY, weeks=3), SATURDAY) == expected


def test_a_month_without_the_day_takes_its_last() -> None:
    rent = Repeat(RepeatKind.MONTHLY, date(2027, 1, 31))
    assert next_on(rent, date(2027, 1, 31)) == date(2027, 2, 28)
    assert next_on(rent, date(2027, 2, 28)) == date(2027, 3, 31)
    assert next_on(rent, date(2027, 11, 30)) == date(2027, 12, 31)
    assert next_on(rent, date(2027, 12, 31)) == date(2028, 1, 31)


def test_the_first_day_comes_first() -> None:
    assert next_on(Repeat(RepeatKind.NONE, SATURDAY), date(2026, 1, 1)) == SATURDAY
    assert next_on(Repeat(RepeatKind.WEEKLY, SATURDAY), date(2026, 1, 1)) == SATURDAY


def test_a_rhythm_of_no_weeks_is_refused() -> None:
    with pytest.raises(ValueError):
        Repeat(RepeatKind.EVERY_N_WEEKS, SATURDAY, weeks=0)


def test_nine_o_clock_stays_nine_o_clock_when_the_clocks_change() -> None:
    daily = Repeat(RepeatKind.DAILY, date(2026, 10, 24))
    day = next_on(daily, date(2026, 10, 24))
    assert day
    assert at_local(day, time(9), OSLO) == datetime(2026, 10, 25, 8, tzinfo=UTC)
    assert at_local(daily.from_on, time(9), OSLO) == datetime(2026, 10, 24, 7, tzinfo=UTC)


def falls_on(repeat: Repeat, day: date) -> bool:
    """Whether the rhythm has this day. Before its first day it has none."""
    return day >= repeat.from_on and next_on(repeat, day - timedelta(days=1)) == day


@given(COMING_ROUND, DAYS)
def test_it_comes_strictly_later_and_on_a_day_of_the_rhythm(repeat: Repeat, after: date) -> None:
    day = next_on(repeat, after)
    assert day is not None
    assert day > after
    assert day >= repeat.from_on
    assert falls_on(repeat, day)


@given(COMING_ROUND, DAYS)
def test_no_day_of_the_rhythm_is_passed_over(repeat: Repeat, after: date) -> None:
    day = next_on(repeat, after)
    assert day is not None
    between = (day - after).days
    skipped = [after + timedelta(days=ahead) for ahead in range(1, min(between, 400))]
    assert not any(falls_on(repeat, each) for each in skipped)


@given(COMING_ROUND, DAYS, st.integers(0, 800))
def test_asking_from_a_later_day_never_gives_an_earlier_one(
    repeat: Repeat, after: date, wait: int
) -> None:
    first, second = next_on(repeat, after), next_on(repeat, after + timedelta(days=wait))
    assert first is not None
    assert second is not None
    assert first <= second


@given(REPEATS)
def test_the_rhythm_starts_on_its_first_day_unless_that_is_a_weekend(repeat: Repeat) -> None:
    first = next_on(repeat, repeat.from_on - timedelta(days=1))
    assert first is not None
    if repeat.kind is RepeatKind.WEEKDAYS:
        assert 0 <= (first - repeat.from_on).days <= 2
        assert first.weekday() < 5
    else:
        assert first == repeat.from_on

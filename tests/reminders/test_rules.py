"""When a reminder comes round again."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from portal.core.clock import Repeat, RepeatKind, local_day
from portal.reminders.rules import next_due
from tests.core.test_clock_repeats import falls_on

OSLO = ZoneInfo("Europe/Oslo")
NINE = time(9)
DAILY = Repeat(RepeatKind.DAILY, date(2026, 1, 1))


def at(month: int, day: int, hour: int = 9) -> datetime:
    return datetime(2026, month, day, hour, tzinfo=OSLO)


def test_a_daily_reminder_comes_at_the_same_local_time_after_the_clock_change() -> None:
    assert next_due(DAILY, NINE, OSLO, at(10, 24), at(10, 24)) == at(10, 25)
    assert next_due(DAILY, NINE, OSLO, at(3, 28), at(3, 28)) == at(3, 29)


def test_after_a_pause_it_comes_once_and_not_many_times() -> None:
    assert next_due(DAILY, NINE, OSLO, at(10, 1), at(10, 20, 12)) == at(10, 21)
    assert next_due(DAILY, NINE, OSLO, at(10, 1), at(10, 20, 8)) == at(10, 20)


def test_one_without_a_rhythm_is_over() -> None:
    once = Repeat(RepeatKind.NONE, date(2026, 10, 1))
    assert next_due(once, NINE, OSLO, at(10, 1), at(10, 1)) is None


@given(
    st.builds(
        Repeat,
        kind=st.sampled_from(RepeatKind).filter(lambda kind: kind is not RepeatKind.NONE),
        from_on=st.dates(date(2025, 1, 1), date(2027, 1, 1)),
        weeks=st.integers(1, 8),
    ),
    st.times(),
    st.integers(0, 700),
    st.integers(0, 60 * 24 * 60),
)
def test_it_comes_later_on_a_day_of_its_rhythm(
    repeat: Repeat, clock_time: time, days: int, minutes: int
) -> None:
    due_at = datetime(2025, 6, 1, tzinfo=UTC) + timedelta(days=days)
    now = due_at + timedelta(minutes=minutes)
    again = next_due(repeat, clock_time.replace(microsecond=0), OSLO, due_at, now)
    assert again is not None
    assert again > now
    assert falls_on(repeat, local_day(again, OSLO))

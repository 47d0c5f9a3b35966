"""Working time: when a worker reads and by when an answer is due."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.core.clock import (
    Absence,
    Window,
    WorkCalendar,
    add_working_days,
    answer_due,
    coming_reading,
    is_working_day,
    local_day,
    public_holidays,
    reading_now,
)
from tests.core.test_clock_zones import INSTANTS, OSLO, ZONES

TUESDAY = Window(1, time(8), time(9, 30))
THURSDAY = Window(3, time(8), time(9))
ANNA = WorkCalendar((TUESDAY, THURSDAY), (), "NO", OSLO)

DAYS = st.dates(date(2025, 1, 1), date(2028, 1, 1))
WINDOWS = st.tuples(st.integers(0, 6), st.integers(0, 22), st.integers(1, 12)).map(
    lambda each: Window(each[0], time(each[1]), time(min(each[1] + each[2], 23)))
)
ABSENCES = st.tuples(DAYS, st.integers(0, 60)).map(
    lambda each: Absence(each[0], each[0] + timedelta(days=each[1]))
)
CALENDARS = st.builds(
    WorkCalendar,
    windows=st.lists(WINDOWS, min_size=1, max_size=4).map(tuple),
    absences=st.lists(ABSENCES, max_size=3).map(tuple),
    country=st.sampled_from(["NO", "DE-BY", "US", ""]),
    zone=ZONES.filter(lambda zone: zone.key != "Pacific/Apia"),
    weekdays=st.frozensets(st.integers(0, 6), min_size=1),
)


def oslo(day: int, hour: int, minute: int = 0, month: int = 11, year: int = 2026) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=OSLO)


def next_reading(calendar: WorkCalendar, after: datetime) -> datetime | None:
    """When the worker next sits down to read."""
    reading = coming_reading(calendar, after)
    return reading.starts_at if reading else None


def test_a_message_at_night_is_read_at_the_next_window() -> None:
    assert next_reading(ANNA, oslo(23, 23)) == oslo(24, 8)
    assert next_reading(ANNA, oslo(24, 8)) == oslo(26, 8)


def test_inside_a_window_the_worker_reads_now_until_its_end() -> None:
    assert reading_now(ANNA, oslo(24, 7, 59)) is None
    reading = reading_now(ANNA, oslo(24, 8))
    assert reading
    assert (reading.ends_at, reading.middle_at) == (oslo(24, 9, 30), oslo(24, 8, 45))
    assert reading_now(ANNA, oslo(24, 9, 30)) is None


def test_christmas_and_absence_are_passed_over() -> None:
    away = WorkCalendar(ANNA.windows, (Absence(date(2026, 12, 28), date(2027, 1, 5)),), "NO", OSLO)
    assert next_reading(away, oslo(24, 12, month=12)) == oslo(7, 8, month=1, year=2027)
    friday = WorkCalendar((Window(4, time(8), time(9)),), (), "NO", OSLO)
    assert next_reading(friday, oslo(18, 12, month=12)) == oslo(1, 8, month=1, year=2027) + (
        timedelta(days=7)
    )


def test_without_windows_there_is_no_reading_and_no_promise() -> None:
    nobody = WorkCalendar((), (), "NO", OSLO)
    assert next_reading(nobody, oslo(24, 8)) is None
    assert answer_due(nobody, oslo(24, 8), 2) is None


def test_a_very_long_absence_ends_the_search() -> None:
    gone = WorkCalendar(ANNA.windows, (Absence(date(2026, 1, 1), date(9999, 1, 1)),), "NO", OSLO)
    assert next_reading(gone, oslo(24, 8)) is None
    assert add_working_days(gone, date(2026, 11, 24), 1) > date(2027, 12, 28)


def test_an_answer_counts_from_the_reading_and_not_from_the_night() -> None:
    assert answer_due(ANNA, oslo(23, 23), 2) == oslo(26, 9)
    assert answer_due(ANNA, oslo(24, 9), 2) == oslo(26, 9)
    assert answer_due(ANNA, oslo(24, 9, 30), 2) == oslo(30, 16)


def test_an_answer_due_on_a_day_without_windows_is_due_when_the_office_closes() -> None:
    assert answer_due(ANNA, oslo(23, 23), 1) == oslo(25, 16)


def test_an_answer_within_no_days_is_due_when_that_days_reading_ends() -> None:
    assert answer_due(ANNA, oslo(23, 23), 0) == oslo(24, 9, 30)


def test_weekends_holidays_and_absence_do_not_count() -> None:
    calendar = WorkCalendar(
        ANNA.windows, (Absence(date(2027, 5, 18), date(2027, 5, 18)),), "NO", OSLO
    )
    assert not is_working_day(calendar, date(2027, 5, 17))
    assert add_working_days(calendar, date(2027, 5, 14), 1) == date(2027, 5, 19)
    assert add_working_days(calendar, date(2027, 5, 15), 0) == date(2027, 5, 19)


def test_who_works_at_weekends_has_working_days_at_weekends() -> None:
    """A nurse who reads on Saturdays and works Saturdays and Sundays."""
    saturday = Window(5, time(9), time(10))
    nurse = WorkCalendar((saturday,), (), "NO", OSLO, weekdays=frozenset({5, 6}))
    assert is_working_day(nurse, date(2026, 11, 28))
    assert not is_working_day(nurse, date(2026, 11, 27))
    assert answer_due(nurse, oslo(24, 12), 2) == oslo(5, 10, month=12)
    assert not is_working_day(nurse, date(2026, 12, 26))


def test_a_week_from_thursday_to_saturday_counts_those_three() -> None:
    calendar = WorkCalendar((THURSDAY,), (), "NO", OSLO, weekdays=frozenset({3, 4, 5}))
    assert [add_working_days(calendar, date(2026, 11, 26), days) for days in (1, 2, 3)] == [
        date(2026, 11, 27),
        date(2026, 11, 28),
        date(2026, 12, 3),
    ]


def test_who_names_no_working_day_is_still_given_a_day() -> None:
    idle = WorkCalendar((TUESDAY,), (), "NO", OSLO, weekdays=frozenset())
    assert add_working_days(idle, date(2026, 11, 24), 1) > date(2027, 12, 28)


def test_holidays_follow_the_country() -> None:
    assert date(2026, 5, 17) in public_holidays("NO", 2026)
    assert date(2026, 5, 17) not in public_holidays("SE", 2026)
    assert date(2026, 1, 6) in public_holidays("DE-BY", 2026)
    assert public_holidays("XX", 2026) == frozenset()


def test_a_reading_keeps_its_local_time_across_the_clock_change() -> None:
    monday = WorkCalendar((Window(0, time(8), time(9)),), (), "", OSLO)
    before, after = oslo(19, 8, month=10), oslo(26, 8, month=10)
    assert next_reading(monday, before) == after
    assert after - before.astimezone(UTC) == timedelta(days=7, hours=1)


def test_a_window_that_the_clock_skips_is_no_reading_that_day() -> None:
    sunday = WorkCalendar((Window(6, time(2), time(2, 30)),), (), "", OSLO)
    assert next_reading(sunday, oslo(28, 12, month=3)) == oslo(5, 2, month=4)


@pytest.mark.parametrize(
    ("weekday", "start", "end"),
    [(7, time(8), time(9)), (0, time(9), time(9)), (-1, time(8), time(9))],
)
def test_a_window_that_cannot_be_is_refused(weekday: int, start: time, end: time) -> None:
    with pytest.raises(ValueError):
        Window(weekday, start, end)


@given(CALENDARS, INSTANTS)
def test_a_reading_is_later_and_never_on_a_holiday_or_in_an_absence(
    calendar: WorkCalendar, after: datetime
) -> None:
    reading = coming_reading(calendar, after)
    assert reading is not None
    day = local_day(reading.starts_at, calendar.zone)
    assert after < reading.starts_at < reading.ends_at
    assert not (calendar.country and day in public_holidays(calendar.country, day.year))
    assert not any(absence.covers(day) for absence in calendar.absences)
    assert day.weekday() in {window.weekday for window in calendar.windows}
    assert reading_now(calendar, reading.starts_at) is not None


@given(CALENDARS, INSTANTS, st.timedeltas(timedelta(0), timedelta(days=30)))
def test_asking_later_never_gives_an_earlier_reading(
    calendar: WorkCalendar, after: datetime, wait: timedelta
) -> None:
    first, second = next_reading(calendar, after), next_reading(calendar, after + wait)
    assert first is not None
    assert second is not None
    assert first <= second


@given(CALENDARS, INSTANTS)
def test_no_reading_lies_between_now_and_the_next(calendar: WorkCalendar, after: datetime) -> None:
    upcoming = next_reading(calendar, after)
    assert upcoming is not None
    if reading_now(calendar, after) is None and upcoming - after > timedelta(seconds=2):
        halfway = after + (upcoming - after) / 2
        assert reading_now(calendar, halfway) is None
        assert next_reading(calendar, halfway) == upcoming


@given(CALENDARS, DAYS, st.integers(1, 10))
def test_working_days_add_up_one_by_one(calendar: WorkCalendar, start: date, days: int) -> None:
    stepped = start
    for _ in range(days):
        stepped = add_working_days(calendar, stepped, 1)
    assert add_working_days(calendar, start, days) == stepped
    assert is_working_day(calendar, stepped)
    assert stepped.weekday() in calendar.weekdays
    between = [start + timedelta(days=ahead) for ahead in range(1, (stepped - start).days + 1)]
    assert sum(is_working_day(calendar, day) for day in between) == days


@given(CALENDARS, DAYS, st.integers(0, 10), st.integers(0, 30))
def test_counting_from_a_later_day_never_ends_earlier(
    calendar: WorkCalendar, start: date, days: int, wait: int
) -> None:
    later = start + timedelta(days=wait)
    assert add_working_days(calendar, start, days) <= add_working_days(calendar, later, days)
    assert add_working_days(calendar, start, days) <= add_working_days(calendar, start, days + 1)


@given(CALENDARS, INSTANTS, st.integers(0, 5), st.timedeltas(timedelta(0), timedelta(days=9)))
def test_an_answer_is_due_after_the_reading_and_never_earlier_for_a_later_message(
    calendar: WorkCalendar, received: datetime, within: int, wait: timedelta
) -> None:
    due = answer_due(calendar, received, within)
    later = answer_due(calendar, received + wait, within)
    assert due is not None
    assert later is not None
    assert received < due <= later
    if within:
        assert is_working_day(calendar, local_day(due, calendar.zone))


def test_the_same_window_in_two_zones_is_two_moments() -> None:
    away = WorkCalendar(ANNA.windows, (), "", ZoneInfo("America/New_York"))
    assert next_reading(away, oslo(23, 23)) == datetime(2026, 11, 24, 13, tzinfo=UTC)

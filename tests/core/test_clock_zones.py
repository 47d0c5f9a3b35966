"""Local time made certain, on both days a year when the clock jumps."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import example, given
from hypothesis import strategies as st

from portal.core.clock import at_local, local_day
from portal.core.clock.zones import last_at_local

OSLO = ZoneInfo("Europe/Oslo")
SPRING = date(2026, 3, 29)
AUTUMN = date(2026, 10, 25)
ZONES = st.sampled_from(
    [
        ZoneInfo(name)
        for name in (
            "Europe/Oslo",
            "America/New_York",
            "Australia/Lord_Howe",
            "Asia/Kolkata",
            "Africa/Casablanca",
            "Pacific/Apia",
            "UTC",
        )
    ]
)
DAYS = st.dates(date(2005, 1, 1), date(2036, 12, 31))
INSTANTS = st.integers(0, 5 * 365 * 24 * 60).map(
    lambda minutes: datetime(2024, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
)
TIMES = st.times().map(lambda each: each.replace(microsecond=0))


def test_an_ordinary_time_is_itself() -> None:
    assert at_local(date(2026, 11, 21), time(8), OSLO) == datetime(2026, 11, 21, 7, tzinfo=UTC)


def test_a_skipped_time_moves_forward_to_the_first_moment_after_the_jump() -> None:
    assert at_local(SPRING, time(2, 30), OSLO) == at_local(SPRING, time(3), OSLO)
    assert at_local(SPRING, time(2), OSLO) == datetime(2026, 3, 29, 1, tzinfo=UTC)


def test_a_time_shown_twice_means_the_first() -> None:
    assert at_local(AUTUMN, time(2, 30), OSLO) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert last_at_local(AUTUMN, time(2, 30), OSLO) == datetime(2026, 10, 25, 1, 30, tzinfo=UTC)


def test_a_day_that_never_was_moves_to_the_day_after_it() -> None:
    apia = ZoneInfo("Pacific/Apia")
    moved = at_local(date(2011, 12, 30), time(9), apia)
    assert moved == at_local(date(2011, 12, 31), time(0), apia)


@given(DAYS, TIMES, ZONES)
@example(SPRING, time(2, 59, 59), OSLO)
def test_the_clock_on_the_wall_shows_that_time_or_has_just_jumped_past_it(
    day: date, clock_time: time, zone: ZoneInfo
) -> None:
    shown = at_local(day, clock_time, zone).astimezone(zone).replace(tzinfo=None, fold=0)
    asked = datetime.combine(day, clock_time)
    assert shown >= asked
    if shown != asked:
        a_moment_before = (at_local(day, clock_time, zone) - timedelta(seconds=1)).astimezone(zone)
        assert a_moment_before.replace(tzinfo=None, fold=0) < asked


@given(DAYS, TIMES, ZONES)
def test_an_instant_goes_to_local_time_and_back(
    day: date, clock_time: time, zone: ZoneInfo
) -> None:
    instant = datetime.combine(day, clock_time, tzinfo=UTC)
    local = instant.astimezone(zone)
    back = last_at_local if local.fold else at_local
    assert back(local.date(), local.time(), zone) == instant
    assert local_day(instant, zone) == local.date()


@given(DAYS, TIMES, DAYS, TIMES, ZONES)
@example(SPRING, time(2, 30), SPRING, time(3), OSLO)
@example(AUTUMN, time(2, 59), AUTUMN, time(3), OSLO)
def test_a_later_local_time_is_never_an_earlier_instant(
    day: date, clock_time: time, other_day: date, other_time: time, zone: ZoneInfo
) -> None:
    first, second = sorted([(day, clock_time), (other_day, other_time)])
    assert at_local(*first, zone) <= at_local(*second, zone)
    assert last_at_local(*first, zone) <= last_at_local(*second, zone)


@given(st.sampled_from([date.min, date.max]), TIMES, ZONES)
def test_at_the_ends_of_the_calendar_a_local_time_is_the_nearest_instant_there_is(
    day: date, clock_time: time, zone: ZoneInfo
) -> None:
    for found in (at_local(day, clock_time, zone), last_at_local(day, clock_time, zone)):
        assert abs(found.replace(tzinfo=None) - datetime.combine(day, clock_time)) < timedelta(1)

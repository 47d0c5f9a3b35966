"""Quiet hours: never a nudge at night, whatever the clock does."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from portal.core.clock import QuietHours, first_allowed, is_quiet
from tests.core.test_clock_zones import AUTUMN, INSTANTS, OSLO, SPRING, ZONES

NIGHT = QuietHours(OSLO)
NEAR_A_JUMP = st.sampled_from([SPRING, AUTUMN]).flatmap(
    lambda day: st.integers(-1800, 1800).map(
        lambda minutes: datetime.combine(day, time(1), tzinfo=UTC) + timedelta(minutes=minutes)
    )
)
TIMES = st.integers(0, 95).map(lambda quarter: time(quarter // 4, quarter % 4 * 15))
QUIETS = st.builds(QuietHours, zone=ZONES, start=TIMES, end=TIMES)
OSLO_QUIETS = st.builds(QuietHours, zone=st.just(OSLO), start=TIMES, end=TIMES)


def oslo(day: int, hour: int, minute: int = 0, month: int = 11) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=OSLO)


def wall_is_quiet(at: datetime, quiet: QuietHours) -> bool:
    wall = at.astimezone(quiet.zone).time()
    if quiet.start <= quiet.end:
        return quiet.start <= wall < quiet.end
    return wall >= quiet.start or wall < quiet.end


@pytest.mark.parametrize(
    ("at", "allowed"),
    [
        (oslo(21, 20, 59), oslo(21, 20, 59)),
        (oslo(21, 21), oslo(22, 8)),
        (oslo(22, 0), oslo(22, 8)),
        (oslo(22, 7, 59), oslo(22, 8)),
        (oslo(22, 8), oslo(22, 8)),
    ],
)
def test_the_night_ends_at_eight(at: datetime, allowed: datetime) -> None:
    assert first_allowed(at, NIGHT) == allowed


def test_quiet_hours_within_one_day() -> None:
    siesta = QuietHours(OSLO, time(13), time(15))
    assert first_allowed(oslo(21, 14), siesta) == oslo(21, 15)
    assert first_allowed(oslo(21, 23), siesta) == oslo(21, 23)


def test_equal_times_mean_no_quiet_hours() -> None:
    assert not is_quiet(oslo(21, 3), QuietHours(OSLO, time(3), time(3)))


def test_the_spring_night_is_an_hour_shorter_and_still_ends_at_eight() -> None:
    allowed = first_allowed(oslo(28, 21, month=3), NIGHT)
    assert allowed == oslo(29, 8, month=3)
    assert allowed - oslo(28, 21, month=3).astimezone(UTC) == timedelta(hours=10)


def test_the_autumn_night_is_an_hour_longer_and_still_ends_at_eight() -> None:
    allowed = first_allowed(oslo(24, 21, month=10), NIGHT)
    assert allowed == oslo(25, 8, month=10)
    assert allowed - oslo(24, 21, month=10).astimezone(UTC) == timedelta(hours=12)


def test_an_end_that_the_clock_skips_lets_the_first_moment_after_it_through() -> None:
    early = QuietHours(OSLO, time(21), time(2, 30))
    assert first_allowed(oslo(29, 1, month=3), early) == oslo(29, 3, month=3)


def test_an_end_that_comes_twice_means_the_second() -> None:
    early = QuietHours(OSLO, time(21), time(2, 30))
    allowed = first_allowed(oslo(25, 1, month=10), early)
    assert allowed == datetime(2026, 10, 25, 1, 30, tzinfo=UTC)


@given(INSTANTS, QUIETS)
def test_an_allowed_moment_is_never_quiet_by_the_clock_on_the_wall(
    at: datetime, quiet: QuietHours
) -> None:
    allowed = first_allowed(at, quiet)
    assert allowed >= at
    assert not wall_is_quiet(allowed, quiet)
    assert not is_quiet(allowed, quiet)


@given(NEAR_A_JUMP, OSLO_QUIETS)
@example(datetime(2026, 10, 25, 0, 45, tzinfo=UTC), QuietHours(OSLO, time(2, 30), time(5)))
@example(datetime(2026, 3, 29, 0, 50, tzinfo=UTC), QuietHours(OSLO, time(2, 45), time(2, 30)))
def test_it_holds_on_the_days_when_the_clock_jumps(at: datetime, quiet: QuietHours) -> None:
    allowed = first_allowed(at, quiet)
    assert allowed >= at
    assert not wall_is_quiet(allowed, quiet)
    if not is_quiet(at, quiet):
        assert allowed == at


@given(INSTANTS | NEAR_A_JUMP, st.timedeltas(timedelta(0), timedelta(days=2)), OSLO_QUIETS)
def test_who_asks_later_is_never_let_through_earlier(
    at: datetime, wait: timedelta, quiet: QuietHours
) -> None:
    assert first_allowed(at, quiet) <= first_allowed(at + wait, quiet)


@given(INSTANTS, QUIETS)
def test_the_first_allowed_moment_allows_itself(at: datetime, quiet: QuietHours) -> None:
    allowed = first_allowed(at, quiet)
    assert first_allowed(allowed, quiet) == allowed


@given(INSTANTS, QUIETS)
def test_nobody_waits_for_more_than_one_night(at: datetime, quiet: QuietHours) -> None:
    assume(quiet.zone.key != "Pacific/Apia")
    assert first_allowed(at, quiet) - at <= timedelta(hours=49)


def test_each_person_has_a_night_of_their_own() -> None:
    at = datetime(2026, 11, 21, 22, tzinfo=UTC)
    assert is_quiet(at, QuietHours(OSLO))
    assert not is_quiet(at, QuietHours(ZoneInfo("America/New_York")))
    assert date(2026, 11, 21) == at.date()

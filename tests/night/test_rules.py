"""When a morning comes, in anybody's zone and on any day of the year."""

from datetime import UTC, datetime, time, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.core.clock import QuietHours, is_quiet
from portal.night import rules
from portal.night.shapes import NightBody, NightLine, Standing

OSLO = ZoneInfo("Europe/Oslo")
EIGHT = datetime(2026, 11, 24, 7, 0, tzinfo=UTC)


def line(until: datetime = EIGHT, **words: object) -> NightLine:
    body = NightBody("words", until, **words)  # type: ignore[arg-type]  # a few of its fields
    return NightLine(uuid4(), body, until - timedelta(hours=9), True)


@pytest.mark.parametrize(
    ("at", "quiet", "morning"),
    [
        ((23, 20, 42), QuietHours(OSLO), (24, 7, 0)),
        ((24, 1, 30), QuietHours(OSLO), (24, 7, 0)),
        ((23, 17, 0), QuietHours(OSLO), (24, 7, 0)),
        ((24, 7, 0), QuietHours(OSLO), (25, 7, 0)),
        ((24, 1, 30), QuietHours(OSLO, time(23), time(6)), (24, 5, 0)),
        ((24, 8, 0), QuietHours(OSLO, time(9), time(16)), (24, 15, 0)),
        ((23, 20, 42), QuietHours(OSLO, time(5), time(5)), (24, 7, 0)),
    ],
)
def test_the_morning_is_the_next_end_of_ones_own_quiet_hours(
    at: tuple[int, int, int], quiet: QuietHours, morning: tuple[int, int, int]
) -> None:
    def on(day: int, hour: int, minute: int) -> datetime:
        return datetime(2026, 11, day, hour, minute, tzinfo=UTC)

    assert rules.morning_after(on(*at), quiet) == on(*morning)


@given(
    minutes=st.integers(0, 3 * 365 * 24 * 60),
    zone=st.sampled_from(["Europe/Oslo", "America/New_York", "Australia/Lord_Howe", "UTC"]),
    start=st.times().map(lambda each: each.replace(second=0, microsecond=0)),
    end=st.times().map(lambda each: each.replace(second=0, microsecond=0)),
)
def test_a_morning_comes_within_about_a_day_and_is_never_quiet(
    minutes: int, zone: str, start: time, end: time
) -> None:
    at = EIGHT + timedelta(minutes=minutes)
    quiet = QuietHours(ZoneInfo(zone), start, end)
    morning = rules.morning_after(at, quiet)
    assert at < morning <= at + timedelta(hours=25)
    assert start == end or not is_quiet(morning, quiet)
    assert morning + rules.SHOWN_FOR - at < rules.REACH


@pytest.mark.parametrize(
    ("of", "after", "is_shown"),
    [
        (line(), timedelta(minutes=-1), False),
        (line(), timedelta(0), True),
        (line(), timedelta(hours=11), True),
        (line(), rules.SHOWN_FOR, False),
        (line(is_left=True), timedelta(0), False),
        (line(standing=Standing.TAKEN_UP), timedelta(0), False),
        (line(standing=Standing.LET_GO), timedelta(0), True),
    ],
)
def test_the_first_page_shows_a_line_in_its_own_morning(
    of: NightLine, after: timedelta, is_shown: bool
) -> None:
    assert rules.is_shown(of, EIGHT + after) is is_shown

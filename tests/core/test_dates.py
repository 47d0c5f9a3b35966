from datetime import UTC, date, datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.core.dates import Local, names_of, reader, reading_in

OSLO = ZoneInfo("Europe/Oslo")
THURSDAY = datetime(2026, 11, 26, 12, 0, tzinfo=UTC)
ENGLISH = Local(OSLO, "en", THURSDAY)
NORWEGIAN = Local(OSLO, "nb", THURSDAY)


def test_a_day_is_written_out_with_its_weekday() -> None:
    assert ENGLISH.day(date(2026, 11, 26)) == "Thursday 26 November"
    assert NORWEGIAN.day(date(2026, 11, 26)) == "torsdag 26. november"


def test_a_day_of_another_year_says_which() -> None:
    assert ENGLISH.day(date(2027, 1, 4)) == "Monday 4 January 2027"
    assert NORWEGIAN.short_day(date(2025, 12, 31)) == "ons 31. des. 2025"
    assert ENGLISH.plain_day(date(2025, 2, 1)) == "1 February 2025"


def test_a_short_day_is_short() -> None:
    assert ENGLISH.short_day(date(2026, 11, 26)) == "Thu 26 Nov"
    assert NORWEGIAN.short_day(date(2026, 5, 3)) == "søn 3. mai"


def test_a_clock_shows_the_time_where_the_reader_is() -> None:
    assert ENGLISH.clock(datetime(2026, 11, 26, 8, 10, tzinfo=UTC)) == "09:10"
    assert ENGLISH.clock(datetime(2026, 7, 1, 8, 10, tzinfo=UTC)) == "10:10"
    assert ENGLISH.clock(time(9, 5)) == "09:05"


def test_what_is_near_is_said_as_people_say_it() -> None:
    assert ENGLISH.when(THURSDAY) == "today 13:00"
    assert ENGLISH.when(datetime(2026, 11, 25, 20, 42, tzinfo=UTC)) == "yesterday 21:42"
    assert ENGLISH.when(datetime(2026, 11, 24, 8, 10, tzinfo=UTC)) == "Tue 24 Nov 09:10"
    assert NORWEGIAN.when(datetime(2026, 11, 27, 8, 0, tzinfo=UTC)) == "i morgen 09:00"
    assert NORWEGIAN.near_day(date(2026, 11, 25)) == "i går"


def test_the_day_turns_at_the_readers_own_midnight() -> None:
    late = datetime(2026, 11, 25, 23, 30, tzinfo=UTC)
    assert ENGLISH.when(late) == "today 00:30"
    assert Local(ZoneInfo("America/New_York"), "en", THURSDAY).when(late) == "yesterday 18:30"


def test_a_span_says_no_more_than_it_needs() -> None:
    assert ENGLISH.span(date(2026, 11, 12), date(2026, 11, 25)) == "12–25 November"
    assert NORWEGIAN.span(date(2026, 11, 12), date(2026, 11, 25)) == "12.–25. november"
    assert ENGLISH.span(date(2026, 11, 28), date(2026, 12, 3)) == "28 November – 3 December"
    assert ENGLISH.span(date(2026, 11, 12), date(2026, 11, 12)) == "12 November"
    ten = datetime(2026, 11, 26, 9, 0, tzinfo=UTC)
    assert ENGLISH.span(ten, ten + timedelta(hours=1)) == "Thu 26 Nov 10:00–11:00"
    assert ENGLISH.span(ten, ten + timedelta(days=1)) == "Thu 26 Nov 10:00 – Fri 27 Nov 10:00"


def test_a_weekday_has_its_name_by_day_and_by_number() -> None:
    assert ENGLISH.weekday(0) == "Monday"
    assert NORWEGIAN.weekday(date(2026, 11, 26)) == "torsdag"


def test_an_unknown_language_speaks_english() -> None:
    assert names_of("xx") == names_of("en")


def test_a_page_is_read_by_one_reader_at_a_time() -> None:
    with reading_in(ENGLISH):
        with reading_in(NORWEGIAN):
            assert reader() is NORWEGIAN
        assert reader() is ENGLISH
    assert reader().language == "en"


@given(
    at=st.datetimes(timezones=st.just(UTC), min_value=datetime(2000, 1, 1)),  # noqa: DTZ001  # its zone is given apart
    zone=st.sampled_from(["Europe/Oslo", "Asia/Kathmandu", "America/St_Johns", "Pacific/Apia"]),
    language=st.sampled_from(["en", "nb"]),
)
def test_remembered_words_are_the_words_worked_out_anew(
    at: datetime, zone: str, language: str
) -> None:
    local = at.astimezone(ZoneInfo(zone))
    reading = Local(ZoneInfo(zone), language, THURSDAY)
    assert reading.clock(at) == local.strftime("%H:%M")
    assert reading.day(at).startswith(names_of(language).weekdays[local.weekday()])
    assert f" {local.day}" in reading.day(at)
    assert reading.when(at).endswith(local.strftime("%H:%M"))


@pytest.mark.parametrize("hours", [-11, 0, 5.5, 14])
def test_the_zone_an_instant_was_written_in_does_not_matter(hours: float) -> None:
    written = THURSDAY.astimezone(timezone(timedelta(hours=hours)))
    assert ENGLISH.when(written) == ENGLISH.when(THURSDAY)

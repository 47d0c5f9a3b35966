"""When a worker reads at all, for whatever would be told to them."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from portal.agreements.service import last_reading_before, readings_of
from portal.core.clock import Window
from portal.dyads.service import end_dyad
from portal.hours.service import add_absence, change_week
from portal.hours.shapes import STANDARD_WORKING, NewAbsence, WeekBody
from tests.agreements.pair import NOW, TUESDAY, Pair
from tests.fixtures.agreed import Agree
from tests.fixtures.people import SomePerson

AFTER = NOW + timedelta(hours=1)


def read(person: SomePerson, now: datetime = AFTER) -> list[str]:
    with person.viewing(now):
        return [f"{each.starts_at:%a %d %H}" for each in readings_of([person.id], now)[person.id]]


def test_usual_hours_and_agreed_ones_count(pair: Pair, agree: Agree) -> None:
    assert read(pair.worker) == ["Wed 25 07", "Mon 30 07"]
    agree(pair.owner, pair.worker, pair.id, NOW, windows=TUESDAY)
    assert read(pair.worker) == ["Tue 24 09", "Wed 25 07", "Mon 30 07"]
    with pair.owner.viewing(AFTER) as viewer:
        end_dyad(viewer, pair.id)
    assert read(pair.worker) == ["Wed 25 07", "Mon 30 07"]


def test_a_reading_that_goes_on_comes_first(pair: Pair) -> None:
    monday = datetime(2026, 11, 23, 7, 30, tzinfo=UTC)
    assert read(pair.worker, monday) == ["Mon 23 07", "Wed 25 07", "Mon 30 07"]


def test_after_days_away_it_is_the_first_one_there(pair: Pair) -> None:
    with pair.worker.viewing(NOW) as viewer:
        add_absence(viewer, NewAbsence(date(2026, 11, 24), date(2026, 12, 15)))
    assert read(pair.worker) == ["Wed 16 07"]


def test_who_reads_at_no_time_has_none_and_is_told_when_it_is_due(pair: Pair) -> None:
    with pair.worker.viewing(NOW) as viewer:
        change_week(viewer, WeekBody(STANDARD_WORKING, ()))
    assert read(pair.worker) == []
    evening = NOW + timedelta(days=1)
    with pair.worker.viewing(NOW):
        assert last_reading_before(pair.worker.id, evening, NOW) == evening


def test_the_last_reading_before_an_evening_is_found_or_there_is_none(pair: Pair) -> None:
    with pair.worker.viewing(NOW) as viewer:
        daily = tuple(Window(day, time(8), time(9)) for day in (0, 2, 3))
        change_week(viewer, WeekBody(STANDARD_WORKING, daily))
    with pair.worker.viewing(NOW):
        for evening, found in (
            (datetime(2026, 11, 26, 17, tzinfo=UTC), datetime(2026, 11, 26, 7, tzinfo=UTC)),
            (datetime(2027, 1, 12, 17, tzinfo=UTC), datetime(2027, 1, 11, 7, tzinfo=UTC)),
            (datetime(2026, 11, 24, 17, tzinfo=UTC), None),
        ):
            assert last_reading_before(pair.worker.id, evening, AFTER) == found

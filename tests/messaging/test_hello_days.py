"""The day of the agreed hello: agreeing anew does not begin it again, days away move it."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import time_machine
from sqlalchemy import event

from portal.core.clock import Absence, Window, WorkCalendar
from portal.core.db import db
from portal.hours.service import add_absence
from portal.hours.shapes import NewAbsence
from portal.messaging import service
from portal.messaging.rules.prompts import day_at_work, hello_due_on
from tests.messaging.conftest import MONDAY_NIGHT, Two

THURSDAY = 3
NINE_DAYS = Absence(date(2026, 12, 31), date(2027, 1, 8))
CALENDAR = WorkCalendar(
    windows=(Window(1, time(8), time(9)),),
    absences=(),
    country="NO",
    zone=ZoneInfo("Europe/Oslo"),
    weekdays=frozenset(range(4)),
)


def due(*, agreed_on: date, wrote_on: date | None) -> date | None:
    return hello_due_on(every_weeks=4, weekday=THURSDAY, agreed_on=agreed_on, wrote_on=wrote_on)


def test_agreeing_anew_does_not_begin_the_hello_again() -> None:
    eighth = date(2026, 12, 8)
    assert due(agreed_on=eighth, wrote_on=date(2026, 12, 1)) == date(2026, 12, 31)
    assert due(agreed_on=eighth, wrote_on=None) == date(2026, 12, 10)
    assert due(agreed_on=eighth, wrote_on=date(2026, 6, 1)) == date(2026, 12, 10)


def test_days_away_and_holidays_are_stepped_over() -> None:
    away = WorkCalendar(
        windows=CALENDAR.windows,
        absences=(NINE_DAYS,),
        country="NO",
        zone=CALENDAR.zone,
        weekdays=CALENDAR.weekdays,
    )
    assert day_at_work(CALENDAR, date(2026, 12, 31)) == date(2026, 12, 31)
    assert day_at_work(CALENDAR, date(2026, 12, 25)) == date(2026, 12, 28)
    assert day_at_work(away, date(2026, 12, 31)) == date(2027, 1, 11)


def test_a_free_weekday_that_the_two_agreed_on_counts() -> None:
    assert day_at_work(CALENDAR, date(2026, 11, 27)) == date(2026, 11, 27)


def test_no_hello_is_due_while_the_worker_is_away(two: Two) -> None:
    sunday = MONDAY_NIGHT + timedelta(days=6)
    with two.as_anna(MONDAY_NIGHT) as viewer:
        add_absence(viewer, NewAbsence(date(2026, 11, 24), date(2026, 12, 1)))
    back = datetime(2026, 12, 2, 8, 0, tzinfo=UTC)
    for at, is_due in ((sunday, False), (back, True)):
        with two.as_anna(at) as viewer:
            assert service.hello_for(viewer, two.dyad_id).is_due is is_due
        with time_machine.travel(at, tick=False):
            page = two.anna.client.get("/your-turn").get_data(as_text=True)
        assert ("The agreed hello is due." in page) is is_due


def test_the_pages_that_name_a_hello_stay_within_six_queries(two: Two) -> None:
    with two.anna.app.app_context():
        engine = db.engine
    for path in (
        "/your-turn",
        "/people",
        f"/people/{two.dyad_id}",
        f"/messages/{two.dyad_id}/hello",
    ):
        said: list[object] = []

        def note(*about: object, said: list[object] = said) -> None:
            said.append(about[2])

        with time_machine.travel(MONDAY_NIGHT + timedelta(days=6), tick=False):
            two.anna.client.get(path)
            event.listen(engine, "before_cursor_execute", note)
            assert two.anna.client.get(path).status_code == 200
            event.remove(engine, "before_cursor_execute", note)
        assert len(said) <= 6, (path, said)

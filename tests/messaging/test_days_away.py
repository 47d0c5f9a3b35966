"""Days away that are put in while words wait: their day moves, and both read the new one."""

from datetime import date, time, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine

from portal.accounts.service import change_profile
from portal.core.clock import at_local
from portal.hours.service import add_absence
from portal.hours.shapes import NewAbsence
from portal.messaging import service
from portal.messaging.shapes import Outcome, State
from tests.fixtures.people import SomePerson
from tests.messaging.conftest import MONDAY_NIGHT, SOON, WEDNESDAY_READING, Two

AWAY = NewAbsence(date(2026, 11, 26), date(2026, 12, 4))
WHY = "Anna is away 26 November – 4 December, so you hear by Tue 8 Dec."


def go_away(two: Two, days: NewAbsence = AWAY) -> None:
    with two.as_anna(WEDNESDAY_READING) as viewer:
        add_absence(viewer, days)


def page(person: SomePerson, path: str, after: timedelta = SOON) -> str:
    with time_machine.travel(WEDNESDAY_READING + after, tick=False):
        return person.client.get(path).get_data(as_text=True)


def test_the_day_of_what_waits_moves_past_the_days_away(two: Two) -> None:
    number = two.write()
    assert "With Anna. You hear by Fri 27 Nov." in page(two.ingrid, "/")
    go_away(two)
    assert "With Anna. You hear by Tue 8 Dec." in page(two.ingrid, "/")
    assert WHY in page(two.ingrid, f"/messages/{two.dyad_id}")
    assert "answer by Tue 8 Dec" in page(two.anna, "/your-turn")
    week_later = WEDNESDAY_READING + timedelta(days=7)
    assert two.line_of(two.ingrid, number, week_later).state is State.WITH_THEM


@pytest.mark.parametrize("zone", ["Asia/Tokyo", "America/Los_Angeles"])
def test_the_days_away_are_over_when_they_are_where_the_worker_lives(two: Two, zone: str) -> None:
    with two.as_anna(MONDAY_NIGHT - timedelta(days=1)) as viewer:
        change_profile(viewer, name="Anna", title="", zone=zone, language="en")
    two.write()
    go_away(two)
    with two.ingrid.viewing(WEDNESDAY_READING + SOON) as viewer:
        page = service.thread_for(viewer, two.dyad_id)
    assert page.reading is not None
    assert page.reading.back_at == at_local(date(2026, 12, 5), time(0), ZoneInfo(zone))
    assert page.after_away == page.lines[-1].due_at


def test_what_was_opened_moves_too(two: Two) -> None:
    number = two.write()
    two.open_as_anna()
    go_away(two)
    week_later = WEDNESDAY_READING + timedelta(days=7)
    assert two.line_of(two.ingrid, number, week_later).state is State.OPENED
    assert WHY in page(two.ingrid, f"/messages/{two.dyad_id}")


def test_days_away_that_touch_no_day_of_an_answer_change_nothing(two: Two) -> None:
    two.write()
    go_away(two, days=NewAbsence(date(2026, 12, 1), date(2026, 12, 4)))
    assert "With Anna. You hear by Fri 27 Nov." in page(two.ingrid, "/")
    assert "so you hear by" not in page(two.ingrid, f"/messages/{two.dyad_id}")


def test_a_day_that_the_worker_named_stays(two: Two) -> None:
    number = two.write()
    two.open_as_anna()
    with two.as_anna(WEDNESDAY_READING) as viewer:
        service.answer_in_one_press(
            viewer, two.dyad_id, Outcome.ANSWERS_BY, by_on=date(2026, 11, 30)
        )
    named = two.line_of(two.ingrid, number, WEDNESDAY_READING).due_at
    go_away(two)
    assert two.line_of(two.ingrid, number, WEDNESDAY_READING).due_at == named


def test_what_is_late_already_stays_late(two: Two) -> None:
    number = two.write(at=MONDAY_NIGHT - timedelta(days=21))
    assert two.line_of(two.ingrid, number, WEDNESDAY_READING).state is State.LATE
    go_away(two)
    assert two.line_of(two.ingrid, number, WEDNESDAY_READING).state is State.LATE


def test_the_page_for_days_away_says_that_somebody_waits(two: Two) -> None:
    says = "Somebody waits for an answer from you."
    assert says not in page(two.anna, "/hours/absence")
    two.write()
    assert says in page(two.anna, "/hours/absence")
    two.open_as_anna()
    two.reply()
    assert says not in page(two.anna, "/hours/absence", 2 * SOON)

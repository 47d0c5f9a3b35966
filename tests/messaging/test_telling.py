"""Workers are told inside their own hours and not else; owners once, until they open."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import select

from portal.core.clock import Absence, Window, WorkCalendar
from portal.core.db import db
from portal.core.work import unit_of_work
from portal.hours.service import add_absence
from portal.hours.shapes import NewAbsence
from portal.messaging import service
from portal.messaging.rules.prompts import next_prompt_at, prompts_due
from portal.messaging.shapes import Outcome
from portal.notifications.models import Notice
from portal.notifications.shapes import NoticeKind, NoticeState
from tests.fixtures.people import SomePerson
from tests.messaging.conftest import MONDAY_NIGHT, SOON, WEDNESDAY_READING, Two

STARTS = datetime(2026, 11, 25, 7, 0, tzinfo=UTC)
MIDDLE = datetime(2026, 11, 25, 7, 30, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def look(two: Two, at: datetime) -> None:
    """The job looks."""
    with unit_of_work(two.anna.app):
        while service.tell_workers(at):
            pass


def told(person: SomePerson, kind: NoticeKind) -> list[datetime]:
    """When a person is told of a kind, earliest first; withdrawn ones are not counted."""
    with unit_of_work(person.app):
        rows = select(Notice.due_at).where(
            Notice.person_id == person.id,
            Notice.kind == kind,
            Notice.state == NoticeState.WAITING,
        )
        return list(db.session.scalars(rows.order_by(Notice.due_at)))


def test_a_worker_is_told_when_a_reading_begins_and_half_way_and_not_before(two: Two) -> None:
    two.write()
    for hours in range(34):
        look(two, MONDAY_NIGHT + timedelta(hours=hours))
    assert told(two.anna, NoticeKind.MESSAGE_WAITING) == []
    look(two, STARTS)
    look(two, STARTS + MINUTE)
    look(two, MIDDLE + MINUTE)
    look(two, MIDDLE + 2 * MINUTE)
    assert told(two.anna, NoticeKind.MESSAGE_WAITING) == [STARTS, MIDDLE + MINUTE]


def test_more_words_just_before_a_reading_do_not_put_off_what_waits_already(two: Two) -> None:
    two.write("One.")
    two.write("Two.", at=STARTS - 5 * MINUTE)
    look(two, STARTS)
    assert told(two.anna, NoticeKind.MESSAGE_WAITING) == [STARTS]


def test_telling_stops_when_the_worker_opens(two: Two) -> None:
    two.write()
    look(two, STARTS)
    two.open_as_anna(STARTS + MINUTE)
    look(two, MIDDLE)
    assert told(two.anna, NoticeKind.MESSAGE_WAITING) == []


def test_several_people_who_wrote_are_one_notice(two: Two) -> None:
    two.write("One.")
    two.write("Two.")
    look(two, STARTS)
    look(two, STARTS)
    assert len(told(two.anna, NoticeKind.MESSAGE_WAITING)) == 1


def test_what_can_still_be_taken_back_is_told_to_nobody(two: Two) -> None:
    number = two.write(at=STARTS - 5 * MINUTE)
    look(two, STARTS)
    assert told(two.anna, NoticeKind.MESSAGE_WAITING) == []
    with two.as_ingrid(STARTS) as viewer:
        service.take_back(viewer, two.dyad_id, number)
    look(two, MIDDLE)
    assert told(two.anna, NoticeKind.MESSAGE_WAITING) == []


def test_a_worker_who_is_away_is_not_told(two: Two) -> None:
    two.write()
    with two.as_anna(MONDAY_NIGHT + SOON) as viewer:
        add_absence(viewer, NewAbsence(STARTS.date(), STARTS.date()))
    look(two, STARTS)
    look(two, MIDDLE)
    assert told(two.anna, NoticeKind.MESSAGE_WAITING) == []
    monday = datetime(2026, 11, 30, 7, 0, tzinfo=UTC)
    look(two, monday)
    assert told(two.anna, NoticeKind.MESSAGE_WAITING) == [monday]


def test_an_answer_due_before_the_next_reading_and_a_late_one_are_the_workers_alone(
    two: Two,
) -> None:
    two.write()
    two.open_as_anna()
    monday = datetime(2026, 11, 30, 7, 0, tzinfo=UTC)
    look(two, MIDDLE)
    look(two, monday)
    assert told(two.anna, NoticeKind.ANSWER_DUE_TODAY) == [MIDDLE, monday]
    assert told(two.anna, NoticeKind.MESSAGE_WAITING) == []
    with unit_of_work(two.ingrid.app):
        mine = select(Notice.id).where(
            Notice.person_id == two.ingrid.id, Notice.kind == NoticeKind.ANSWER_DUE_TODAY
        )
        assert db.session.scalars(mine).all() == []


def test_the_owner_is_told_once_that_something_came_until_they_open_it(two: Two) -> None:
    two.write()
    two.open_as_anna()
    with two.as_anna(WEDNESDAY_READING) as viewer:
        service.answer_in_one_press(viewer, two.dyad_id, Outcome.ACKNOWLEDGED)
    two.reply(at=WEDNESDAY_READING + MINUTE)
    assert told(two.ingrid, NoticeKind.MESSAGE_ANSWERED) == [WEDNESDAY_READING]
    two.open_as_ingrid(WEDNESDAY_READING + SOON + MINUTE)
    assert told(two.ingrid, NoticeKind.MESSAGE_ANSWERED) == []
    two.reply("One thing more.", at=WEDNESDAY_READING + 30 * MINUTE)
    assert told(two.ingrid, NoticeKind.MESSAGE_ANSWERED) == [WEDNESDAY_READING + 40 * MINUTE]


def test_a_reply_taken_back_was_never_told(two: Two) -> None:
    number = two.reply()
    assert len(told(two.ingrid, NoticeKind.MESSAGE_ANSWERED)) == 1
    with two.as_anna(WEDNESDAY_READING + MINUTE) as viewer:
        service.take_back(viewer, two.dyad_id, number)
    assert told(two.ingrid, NoticeKind.MESSAGE_ANSWERED) == []


def test_nothing_is_told_after_an_answer_and_again_once_it_was_taken_back(two: Two) -> None:
    two.write()
    two.open_as_anna(STARTS)
    number = two.reply(at=STARTS + MINUTE)
    look(two, STARTS + 2 * MINUTE)
    assert told(two.anna, NoticeKind.ANSWER_DUE_TODAY) == []
    with two.as_anna(STARTS + 5 * MINUTE) as viewer:
        service.take_back(viewer, two.dyad_id, number)
    look(two, MIDDLE)
    assert told(two.anna, NoticeKind.ANSWER_DUE_TODAY) == [MIDDLE]


def test_a_hello_that_is_due_is_told_once_at_the_next_reading(two: Two) -> None:
    friday = datetime(2026, 11, 27, 12, 0, tzinfo=UTC)
    for at in (friday - timedelta(days=1), friday, friday + MINUTE):
        with unit_of_work(two.anna.app):
            service.tell_hellos(at)
    assert told(two.anna, NoticeKind.HELLO_DUE) == [datetime(2026, 11, 30, 7, 0, tzinfo=UTC)]


def test_the_next_moment_for_telling_lies_inside_a_reading() -> None:
    calendar = WorkCalendar(
        windows=(Window(2, time(8), time(9)),),
        absences=(Absence(date(2026, 12, 2), date(2026, 12, 2)),),
        country="NO",
        zone=ZoneInfo("Europe/Oslo"),
    )
    assert next_prompt_at(calendar, MONDAY_NIGHT) == STARTS
    assert next_prompt_at(calendar, STARTS) == MIDDLE
    assert next_prompt_at(calendar, MIDDLE) == STARTS + timedelta(days=14)
    quiet = prompts_due(calendar, MONDAY_NIGHT, unopened_since=MONDAY_NIGHT, due_at=MONDAY_NIGHT)
    assert quiet == frozenset()

"""A worker's time: what the clocks get, what the owner sees, what nobody else opens."""

from datetime import UTC, date, datetime, time
from uuid import UUID

import pytest

from portal.core.clock import Window, answer_due, is_working_day
from portal.core.db import db
from portal.core.errors import FieldError, NotVisible
from portal.core.work import unit_of_work
from portal.dyads.service import end_dyad
from portal.hours import hooks
from portal.hours.models import WorkHours
from portal.hours.service import (
    absences_of,
    add_absence,
    add_phrase,
    calendar_of,
    change_week,
    delete_phrase,
    hours_shown,
    phrases_of,
    put_phrase_away,
    remove_absence,
)
from portal.hours.shapes import STANDARD_READING, NewAbsence, PhraseBody, WeekBody
from tests.fixtures.people import People

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
SKIING = NewAbsence(date(2026, 11, 25), date(2026, 11, 27), "Back on Monday.")


def test_a_worker_who_chose_nothing_has_the_usual_week(people: People) -> None:
    anna = people.worker()
    with anna.viewing(NOW):
        calendar = calendar_of(anna.id)
    assert calendar.windows == STANDARD_READING
    assert calendar.weekdays == frozenset(range(5))


def test_days_on_which_the_worker_does_not_work_do_not_count(people: People) -> None:
    anna = people.worker()
    week = WeekBody((Window(0, time(9), time(15)),), (Window(0, time(10), time(11)),))
    with anna.viewing(NOW) as viewer:
        change_week(viewer, week)
    with anna.viewing(NOW):
        calendar = calendar_of(anna.id)
    assert calendar.windows == week.reading
    assert is_working_day(calendar, date(2026, 11, 23))
    assert not is_working_day(calendar, date(2026, 11, 24))


def test_reading_without_a_working_day_is_refused_at_its_field(people: People) -> None:
    anna = people.worker()
    with anna.viewing(NOW) as viewer:
        with pytest.raises(FieldError) as refusal:
            change_week(viewer, WeekBody((), STANDARD_READING))
        assert refusal.value.field == "working_days"
        change_week(viewer, WeekBody((), ()))


def test_where_a_week_has_no_working_day_those_from_monday_to_friday_count(
    people: People,
) -> None:
    anna = people.worker()
    with unit_of_work(anna.app):
        db.session.add(WorkHours(worker_id=anna.id, working=(), reading=STANDARD_READING))
    with anna.viewing(NOW):
        due = answer_due(calendar_of(anna.id), NOW, 2)
    assert due == datetime(2026, 11, 27, 15, tzinfo=UTC)


def test_days_at_the_weekend_count_for_who_works_then(people: People) -> None:
    sara = people.worker("Sara")
    saturday = (Window(5, time(9), time(10)),)
    with sara.viewing(NOW) as viewer:
        change_week(viewer, WeekBody((*saturday, Window(6, time(7), time(15))), saturday))
    with sara.viewing(NOW):
        due = answer_due(calendar_of(sara.id), NOW, 2)
    assert due == datetime(2026, 12, 5, 9, tzinfo=UTC)


def test_the_owner_reads_the_line_about_an_absence(people: People) -> None:
    ingrid, anna = people.owner(), people.worker()
    dyad_id = people.dyad(ingrid, anna, NOW)
    with anna.viewing(NOW) as viewer:
        add_absence(viewer, SKIING)
    with ingrid.viewing(NOW) as viewer:
        (shown,) = hours_shown(viewer, dyad_id).absences
        assert (shown.from_on, shown.note, shown.is_now) == (SKIING.from_on, SKIING.note, False)
        assert calendar_of(anna.id).absences[0].covers(date(2026, 11, 26))


def test_absence_taken_back_is_gone_on_both_sides(people: People) -> None:
    ingrid, anna = people.owner(), people.worker()
    dyad_id = people.dyad(ingrid, anna, NOW)
    with anna.viewing(NOW) as viewer:
        add_absence(viewer, SKIING)
    with anna.viewing(NOW) as viewer:
        remove_absence(viewer, absences_of(viewer)[0].id)
    with ingrid.viewing(NOW) as viewer:
        assert hours_shown(viewer, dyad_id).absences == []


def test_every_change_of_a_workers_time_is_told_to_whoever_plans_by_it(people: People) -> None:
    anna = people.worker()
    week = WeekBody((Window(0, time(9), time(15)),), (Window(0, time(10), time(11)),))
    heard: list[tuple[UUID, int]] = []
    hooks.after_change.append(
        lambda worker_id, now: heard.append((worker_id, len(calendar_of(worker_id).absences)))
    )
    try:
        with anna.viewing(NOW) as viewer:
            add_absence(viewer, SKIING)
            remove_absence(viewer, absences_of(viewer)[0].id)
            change_week(viewer, week)
    finally:
        hooks.after_change.pop()
    assert heard == [(anna.id, 1), (anna.id, 0), (anna.id, 0)]


def test_days_that_end_before_they_begin_come_back_to_the_form(people: People) -> None:
    anna = people.worker()
    with anna.viewing(NOW) as viewer, pytest.raises(FieldError, match="before the first"):
        add_absence(viewer, NewAbsence(date(2026, 12, 2), date(2026, 12, 1)))


def test_a_stranger_sees_nothing_of_a_workers_hours(people: People) -> None:
    ingrid, anna, kari = people.owner(), people.worker(), people.owner("Kari")
    dyad_id = people.dyad(ingrid, anna, NOW)
    with kari.viewing(NOW) as viewer, pytest.raises(NotVisible):
        hours_shown(viewer, dyad_id)
    with anna.viewing(NOW) as viewer:
        end_dyad(viewer, dyad_id)
    with anna.viewing(NOW) as viewer, pytest.raises(NotVisible):
        hours_shown(viewer, dyad_id)


def test_phrases_are_put_away_taken_out_and_deleted(people: People) -> None:
    anna, bjorn = people.worker(), people.worker("Bjørn")
    with anna.viewing(NOW) as viewer:
        add_phrase(viewer, PhraseBody("Good morning. I read on Wednesday."))
        add_phrase(viewer, PhraseBody("Good morning. I read on Wednesday."))
    with anna.viewing(NOW) as viewer:
        [phrase] = phrases_of(viewer)
        put_phrase_away(viewer, phrase.id, is_away=True)
        assert phrases_of(viewer) == []
        assert phrases_of(viewer, with_away=True)[0].is_away
    with bjorn.viewing(NOW) as viewer, pytest.raises(NotVisible):
        delete_phrase(viewer, phrase.id)
    with anna.viewing(NOW) as viewer:
        delete_phrase(viewer, phrase.id)
        assert phrases_of(viewer, with_away=True) == []

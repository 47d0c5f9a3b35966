"""Somebody lives in another time zone after the two agreed on a meeting: when they are told."""

from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask

from portal.accounts.service import change_profile
from portal.dyads.service import end_dyad
from portal.meetings.service import call_off
from portal.notifications import service as notices
from tests.fixtures.people import People, SomePerson
from tests.meetings.test_service import NOW, THURSDAY, Pair, evenings
from tests.notifications.conftest import House

IN_OSLO = datetime(2026, 11, 25, 17, tzinfo=UTC)
IN_NEW_YORK = datetime(2026, 11, 25, 23, tzinfo=UTC)
LATE_IN_TOKYO = datetime(2026, 11, 25, 13, tzinfo=UTC)  # 22:00 there, after that evening at 18
MORNING_IN_TOKYO = datetime(2026, 11, 25, 23, 5, tzinfo=UTC)


@pytest.fixture
def app(app_on_each: Flask) -> Flask:
    """Once on each database."""
    return app_on_each


@pytest.fixture
def pair(people: People) -> Pair:
    return Pair(people)


def moves(person: SomePerson, zone: str, now: datetime = NOW) -> None:
    with person.viewing(now) as viewer:
        change_profile(viewer, name=person.name, title="", zone=zone, language="en")


def test_each_is_told_the_evening_before_as_it_is_where_they_live_now(
    app: Flask, pair: Pair
) -> None:
    pair.agree()
    before = evenings(app)
    assert before[pair.ingrid.id] == IN_OSLO
    moves(pair.ingrid, "America/New_York")
    assert evenings(app) == before | {pair.ingrid.id: IN_NEW_YORK}
    moves(pair.anna, "America/New_York")
    of_anna = before[pair.anna.id] + timedelta(hours=6)
    assert evenings(app) == {pair.ingrid.id: IN_NEW_YORK, pair.anna.id: of_anna}


def test_who_was_told_already_is_not_told_again(app: Flask, pair: Pair) -> None:
    pair.agree()
    house = House(app, People(app))
    house.looks(IN_OSLO)
    assert pair.ingrid.address in house.went_to
    moves(pair.ingrid, "America/New_York", IN_OSLO + timedelta(hours=1))
    assert pair.ingrid.id not in evenings(app)
    house.looks(IN_NEW_YORK)
    assert house.went_to.count(pair.ingrid.address) == 1


def test_whose_evening_has_begun_is_told_after_their_quiet_hours(app: Flask, pair: Pair) -> None:
    pair.agree()
    house = House(app, People(app))
    moves(pair.ingrid, "Asia/Tokyo", LATE_IN_TOKYO)
    assert evenings(app)[pair.ingrid.id] == LATE_IN_TOKYO
    house.looks(IN_OSLO)
    assert pair.ingrid.address not in house.went_to
    house.looks(MORNING_IN_TOKYO)
    assert pair.ingrid.address in house.went_to
    assert MORNING_IN_TOKYO < THURSDAY


def test_a_worker_of_a_pair_that_ended_is_not_told_anew(app: Flask, pair: Pair) -> None:
    pair.agree()
    with pair.ingrid.viewing(NOW) as viewer:
        end_dyad(viewer, pair.id)
    moves(pair.anna, "America/New_York")
    assert pair.anna.id not in evenings(app)


def test_a_meeting_called_off_is_told_to_nobody_who_moves(app: Flask, pair: Pair) -> None:
    meeting_id = pair.agree()
    with pair.anna.viewing(NOW) as viewer:
        call_off(viewer, meeting_id)
    moves(pair.ingrid, "America/New_York")
    assert evenings(app) == {}


def test_bringing_forward_what_is_not_there_makes_nothing(app: Flask, pair: Pair) -> None:
    with pair.ingrid.viewing(NOW) as viewer:
        notices.bring_forward("meeting-evening:none", viewer.person_id, now=NOW)
    assert evenings(app) == {}

"""A press that took something away is known for a day, to its person alone."""

from datetime import UTC, datetime, timedelta

from flask import Flask
from sqlalchemy import func, select

from portal.accounts.models import LastPress
from portal.accounts.service import tidy
from portal.accounts.service.last_presses import knows_press, note_press
from portal.core.db import db
from portal.core.work import unit_of_work
from tests.fixtures.people import People, SomePerson

NOW = datetime(2026, 11, 21, 9, tzinfo=UTC)
PRESS = ("/meetings/kept/one/removal", "next", "/meetings")


def knows(person: SomePerson, press: tuple[str, ...], now: datetime = NOW) -> bool:
    with person.viewing(now) as viewer:
        return knows_press(viewer, press)


def test_the_very_same_press_of_the_same_person_is_known_for_a_day(app_on_each: Flask) -> None:
    people = People(app_on_each)
    ingrid, kari = people.owner("Ingrid"), people.owner("Kari")
    for _each in range(2):
        with ingrid.viewing(NOW) as viewer:
            note_press(viewer, PRESS)
    assert knows(ingrid, PRESS)
    assert not knows(kari, PRESS)
    assert not knows(ingrid, PRESS[:1])
    assert not knows(ingrid, ("/meetings/kept/one/removalnext", "/meetings"))
    assert not knows(ingrid, PRESS, NOW + timedelta(days=1))


def test_what_is_no_longer_known_is_deleted(app: Flask, people: People) -> None:
    with people.owner().viewing(NOW) as viewer:
        note_press(viewer, PRESS)
    for later, left in ((timedelta(hours=23), 1), (timedelta(days=1), 0)):
        with unit_of_work(app):
            tidy(NOW + later)
            assert db.session.scalar(select(func.count()).select_from(LastPress)) == left

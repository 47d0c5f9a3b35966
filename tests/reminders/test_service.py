"""Reminders on a real database, each test once on SQLite and once on PostgreSQL."""

from datetime import date, datetime, timedelta
from uuid import UUID

import pytest
from flask import Flask

from portal.accounts.service import change_profile
from portal.core.clock import Repeat, RepeatKind
from portal.core.errors import NotVisible
from portal.notifications.shapes import HandedOver, NoticeKind
from portal.reminders import service
from tests.fixtures.people import People, SomePerson
from tests.notifications.conftest import NOON, House

DAY = timedelta(days=1)
DAILY = Repeat(RepeatKind.DAILY, date(2026, 11, 21))


@pytest.fixture
def house(app_on_each: Flask) -> House:
    return House(app_on_each, People(app_on_each))


def reminds(
    house: House, person_id: UUID, at: datetime = NOON, repeat: Repeat | None = None
) -> None:
    house.does(
        service.remind,
        person_id,
        NoticeKind.ACTIVITY_REMINDER,
        at=at,
        key="piece:1",
        now=NOON - DAY,
        repeat=repeat,
    )


def sweeps(house: House, now: datetime) -> list[HandedOver]:
    while house.does(service.sweep_due, now):
        pass
    return house.looks(now)


def test_a_reminder_leads_to_a_notice_once(house: House) -> None:
    ingrid = house.people.owner()
    reminds(house, ingrid.id)
    assert sweeps(house, NOON - DAY) == []
    assert sweeps(house, NOON) == [HandedOver.SENT]
    assert sweeps(house, NOON + DAY) == []
    assert house.went_to == [ingrid.address]


def test_one_with_a_rhythm_comes_again_at_the_same_local_time(house: House) -> None:
    ingrid = house.people.owner()
    reminds(house, ingrid.id, repeat=DAILY)
    for days in range(3):
        assert sweeps(house, NOON + days * DAY) == [HandedOver.SENT]
        assert sweeps(house, NOON + days * DAY) == []


def test_after_a_pause_of_the_portal_a_person_is_reminded_once(house: House) -> None:
    ingrid = house.people.owner()
    reminds(house, ingrid.id, repeat=DAILY)
    assert sweeps(house, NOON + 9 * DAY) == [HandedOver.SENT]
    assert sweeps(house, NOON + 9 * DAY) == []


def test_a_forgotten_cause_reminds_nobody(house: House) -> None:
    ingrid = house.people.owner()
    reminds(house, ingrid.id)
    house.does(service.forget, "piece:1")
    assert sweeps(house, NOON) == []


def test_a_cause_forgotten_after_the_sweep_is_taken_back(house: House) -> None:
    ingrid = house.people.owner()
    reminds(house, ingrid.id, repeat=DAILY)
    house.does(service.sweep_due, NOON)
    house.does(service.forget, "piece:1", person_id=ingrid.id)
    assert sweeps(house, NOON) == []
    assert sweeps(house, NOON + DAY) == []


def test_setting_a_reminder_again_moves_it(house: House) -> None:
    ingrid = house.people.owner()
    reminds(house, ingrid.id)
    reminds(house, ingrid.id, at=NOON + DAY)
    assert sweeps(house, NOON) == []
    assert sweeps(house, NOON + DAY) == [HandedOver.SENT]


def test_one_that_is_forgotten_and_set_again_is_told_every_time(house: House) -> None:
    ingrid = house.people.owner()
    reminds(house, ingrid.id, repeat=DAILY)
    for days in range(3):
        assert sweeps(house, NOON + days * DAY) == [HandedOver.SENT]
    house.does(service.forget, "piece:1", person_id=ingrid.id)
    reminds(house, ingrid.id, at=NOON + 3 * DAY, repeat=DAILY)
    for days in range(3, 6):
        assert sweeps(house, NOON + days * DAY) == [HandedOver.SENT]


def test_one_set_again_on_the_same_day_can_still_be_taken_back(house: House) -> None:
    ingrid = house.people.owner()
    reminds(house, ingrid.id)
    assert sweeps(house, NOON) == [HandedOver.SENT]
    house.does(service.forget, "piece:1")
    reminds(house, ingrid.id, at=NOON + DAY)
    house.does(service.sweep_due, NOON + DAY)
    house.does(service.answered, "piece:1")
    assert house.looks(NOON + DAY) == []


def test_one_ignored_three_times_in_a_row_asks_and_goes_on(house: House) -> None:
    ingrid = house.people.owner()
    reminds(house, ingrid.id, repeat=DAILY)
    for days in range(4):
        with ingrid.viewing() as viewer:
            assert service.questions_for(viewer) == []
        assert sweeps(house, NOON + days * DAY) == [HandedOver.SENT]
    with ingrid.viewing() as viewer:
        (question,) = service.questions_for(viewer)
        assert question.kind is NoticeKind.ACTIVITY_REMINDER
        assert question.due_at == NOON + 4 * DAY
    assert sweeps(house, NOON + 4 * DAY) == [HandedOver.SENT]


def test_one_that_is_answered_never_asks(house: House) -> None:
    ingrid = house.people.owner()
    reminds(house, ingrid.id, repeat=DAILY)
    for days in range(6):
        sweeps(house, NOON + days * DAY)
        if days % 3 == 2:
            house.does(service.answered, "piece:1")
    with ingrid.viewing() as viewer:
        assert service.questions_for(viewer) == []


def test_answering_before_the_letter_goes_takes_it_back(house: House) -> None:
    ingrid = house.people.owner()
    reminds(house, ingrid.id, repeat=DAILY)
    house.does(service.sweep_due, NOON)
    house.does(service.answered, "piece:1")
    assert house.looks(NOON) == []
    assert sweeps(house, NOON + DAY) == [HandedOver.SENT]


def test_keeping_it_asks_again_only_after_three_more_times(house: House) -> None:
    ingrid = house.people.owner()
    reminds(house, ingrid.id, repeat=DAILY)
    for days in range(4):
        sweeps(house, NOON + days * DAY)
    with ingrid.viewing() as viewer:
        service.keep(viewer, service.questions_for(viewer)[0].id)
        assert service.questions_for(viewer) == []
    for days in (4, 5, 6):
        assert sweeps(house, NOON + days * DAY) == [HandedOver.SENT]
    with ingrid.viewing() as viewer:
        assert len(service.questions_for(viewer)) == 1


def test_stopping_it_ends_it_until_it_is_set_again(house: House) -> None:
    ingrid = house.people.owner()
    reminds(house, ingrid.id, repeat=DAILY)
    for days in range(4):
        sweeps(house, NOON + days * DAY)
    with ingrid.viewing() as viewer:
        service.stop(viewer, service.questions_for(viewer)[0].id)
        assert service.questions_for(viewer) == []
    assert sweeps(house, NOON + 5 * DAY) == []
    reminds(house, ingrid.id, at=NOON + 6 * DAY, repeat=DAILY)
    assert sweeps(house, NOON + 6 * DAY) == [HandedOver.SENT]


def test_nobody_else_can_stop_or_keep_it(house: House) -> None:
    ingrid, other = house.people.owner(), house.people.owner("Bo")
    reminds(house, ingrid.id, repeat=DAILY)
    for days in range(4):
        sweeps(house, NOON + days * DAY)
    with ingrid.viewing() as viewer:
        (question,) = service.questions_for(viewer)
    for verb in (service.keep, service.stop):
        with pytest.raises(NotVisible), other.viewing() as viewer:
            verb(viewer, question.id)


def moves(person: SomePerson, zone: str, now: datetime) -> None:
    with person.viewing(now) as viewer:
        change_profile(viewer, name=person.name, title="", zone=zone, language="en")


def test_a_reminder_keeps_its_time_of_day_where_its_person_lives_now(house: House) -> None:
    ingrid, kari = house.people.owner(), house.people.owner("Kari")
    noon_in_new_york = NOON + timedelta(hours=6)
    reminds(house, ingrid.id, repeat=DAILY)
    moves(kari, "Asia/Tokyo", NOON - DAY)
    moves(ingrid, "America/New_York", NOON - DAY)
    for days in range(2):
        assert sweeps(house, NOON + days * DAY) == []
        assert sweeps(house, noon_in_new_york + days * DAY) == [HandedOver.SENT]


def test_a_reminder_that_is_due_already_when_its_person_moves_still_comes(house: House) -> None:
    ingrid = house.people.owner()
    reminds(house, ingrid.id, repeat=DAILY)
    moves(ingrid, "Asia/Tokyo", NOON)
    assert sweeps(house, NOON) == [HandedOver.SENT]

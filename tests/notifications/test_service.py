"""Notices and letters on a real database, each test once on SQLite and once on PostgreSQL."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select, update

from portal.accounts.models import Person
from portal.accounts.shapes import SecurityEvent
from portal.core.db import db
from portal.notifications import service
from portal.notifications.hooks import readings_of
from portal.notifications.models import Letter, LinkLetter, Notice
from portal.notifications.service.handing_over import LEASE
from portal.notifications.shapes import HandedOver, NoticeChoices, NoticeKind, NoticeState
from tests.notifications.conftest import NOON, PORTAL, House

REVIEW = NoticeKind.REVIEW_DUE
IDEA = NoticeKind.IDEA_OFFERED
ACTIVITY = NoticeKind.ACTIVITY_REMINDER
EVENING = NOON.replace(hour=21)
NEXT_MORNING = (NOON + timedelta(days=1)).replace(hour=7)
MONDAY_EIGHT = (NOON + timedelta(days=2)).replace(hour=7)
MINUTE = timedelta(minutes=1)


def states(house: House) -> dict[str, NoticeState]:
    rows = house.does(lambda: db.session.execute(select(Notice.dedupe_key, Notice.state)).all())
    return dict(rows)


def test_something_new_is_told_once(house: House) -> None:
    ingrid = house.people.owner()
    house.tells(ingrid.id, REVIEW, "review:1")
    house.tells(ingrid.id, REVIEW, "review:1")
    assert house.looks() == [HandedOver.SENT]
    house.tells(ingrid.id, REVIEW, "review:1")
    assert house.looks(NEXT_MORNING) == []
    assert house.went_to == [ingrid.address]


def test_the_same_key_tells_two_people(house: House) -> None:
    ingrid, kari = house.people.owner(), house.people.owner()
    house.tells(ingrid.id, REVIEW, "review:1")
    house.tells(kari.id, REVIEW, "review:1")
    house.looks()
    assert set(house.went_to) == {ingrid.address, kari.address}


def test_a_worker_is_told_as_they_next_read_but_at_once_of_a_meeting_called_off(
    house: House,
) -> None:
    anna, per = house.people.worker("Anna"), house.people.worker("Per")
    house.tells(anna.id, REVIEW, "review:1")
    house.tells(per.id, NoticeKind.MEETING_CALLED_OFF, "meeting:1")
    assert house.looks() == [HandedOver.SENT]
    assert house.looks(MONDAY_EIGHT - MINUTE) == []
    assert house.looks(MONDAY_EIGHT) == [HandedOver.SENT]
    assert house.went_to == [per.address, anna.address]


def test_what_a_mail_server_did_not_take_reaches_a_worker_as_they_next_read(house: House) -> None:
    anna, per = house.people.worker("Anna"), house.people.worker("Per")
    house.tells(anna.id, REVIEW, "review:1", MONDAY_EIGHT)
    house.tells(per.id, REVIEW, "review:2", MONDAY_EIGHT)
    house.tells(per.id, NoticeKind.MEETING_CALLED_OFF, "meeting:1", MONDAY_EIGHT)
    house.office.is_away = True
    assert house.looks(MONDAY_EIGHT) == [HandedOver.SERVER_AWAY] * 2
    house.office.is_away = False
    readings = house.does(readings_of, [anna.id], MONDAY_EIGHT)[anna.id]
    over, again = readings[0].ends_at, readings[1].starts_at
    assert sorted(each.value for each in house.looks(over + MINUTE)) == ["not_now", "sent"]
    assert house.went_to == [per.address]
    assert house.looks(again - MINUTE) == []
    assert house.looks(again) == [HandedOver.SENT]
    assert house.went_to == [per.address, anna.address]


def test_what_is_not_due_waits(house: House) -> None:
    ingrid = house.people.owner()
    house.tells(ingrid.id, REVIEW, "review:1", at=NOON + MINUTE)
    assert house.looks() == []
    assert house.looks(NOON + MINUTE) == [HandedOver.SENT]


def test_many_things_at_once_are_one_letter(house: House) -> None:
    ingrid = house.people.owner()
    for kind in NoticeKind:
        house.tells(ingrid.id, kind, f"cause:{kind.value}")
    house.looks()
    assert len(house.office.taken) == 1
    assert set(states(house).values()) == {NoticeState.TOLD}


def test_a_second_unsolicited_notice_waits_and_is_folded_into_the_next_letter(
    house: House,
) -> None:
    ingrid = house.people.owner()
    house.tells(ingrid.id, REVIEW, "review:1")
    house.looks()
    house.tells(ingrid.id, IDEA, "idea:1", at=NOON + MINUTE)
    assert house.looks(NOON + MINUTE) == []
    house.tells(ingrid.id, ACTIVITY, "activity:1", at=NOON + 2 * MINUTE)
    assert house.looks(NOON + 2 * MINUTE) == [HandedOver.SENT]
    assert set(states(house).values()) == {NoticeState.TOLD}
    assert house.looks(NEXT_MORNING) == []


def test_what_waited_for_the_day_to_pass_comes_in_the_morning(house: House) -> None:
    ingrid = house.people.owner()
    house.tells(ingrid.id, REVIEW, "review:1")
    house.looks()
    house.tells(ingrid.id, IDEA, "idea:1", at=NOON + MINUTE)
    house.looks(NOON + MINUTE)
    assert house.looks(NEXT_MORNING - MINUTE) == []
    assert house.looks(NEXT_MORNING) == [HandedOver.SENT]


def test_no_more_letters_a_day_than_the_person_wants(house: House) -> None:
    ingrid = house.people.owner()
    with ingrid.viewing() as viewer:
        service.change_choices(viewer, NoticeChoices(daily_cap=2))
    for number in range(5):
        at = NOON + number * MINUTE
        house.tells(ingrid.id, ACTIVITY, f"activity:{number}", at=at)
        house.looks(at)
    assert len(house.office.taken) == 2
    assert len(house.looks(NEXT_MORNING)) == 1


def test_at_night_nobody_is_told_and_in_the_morning_once(house: House) -> None:
    ingrid = house.people.owner()
    house.tells(ingrid.id, REVIEW, "review:1", at=EVENING)
    house.tells(ingrid.id, ACTIVITY, "activity:1", at=EVENING + MINUTE)
    assert house.looks(EVENING + MINUTE) == []
    assert house.looks(NEXT_MORNING) == [HandedOver.SENT]


def test_each_person_sleeps_in_their_own_zone(house: House) -> None:
    ingrid, far = house.people.owner(), house.people.owner("Bo")
    house.does(lambda: setattr(db.session.get_one(Person, far.id), "zone", "America/New_York"))
    for person in (ingrid, far):
        house.tells(person.id, REVIEW, "review:1", at=EVENING)
    house.looks(EVENING)
    assert house.went_to == [far.address]


def test_quiet_hours_that_begin_before_the_hand_over_put_the_letter_off(house: House) -> None:
    ingrid = house.people.owner()
    house.tells(ingrid.id, REVIEW, "review:1")
    house.does(service.gather_due, NOON)
    (claimed,) = house.does(service.claim_letters, EVENING)
    assert (
        house.does(service.hand_over, claimed, house.office, PORTAL, EVENING) is HandedOver.NOT_NOW
    )
    assert house.office.taken == []
    assert house.looks(NEXT_MORNING) == [HandedOver.SENT]


def test_a_letter_of_yesterday_is_gathered_anew_under_todays_rules(house: House) -> None:
    ingrid = house.people.owner()
    house.tells(ingrid.id, REVIEW, "review:1")
    house.does(service.gather_due, NOON)
    house.tells(ingrid.id, IDEA, "idea:1", at=NEXT_MORNING)
    assert house.looks(NEXT_MORNING) == [HandedOver.NOT_NOW]
    assert house.looks(NEXT_MORNING) == [HandedOver.SENT]
    assert house.looks(NEXT_MORNING + MINUTE) == []


def test_what_was_turned_off_is_not_told(house: House) -> None:
    ingrid = house.people.owner()
    with ingrid.viewing() as viewer:
        service.change_choices(viewer, NoticeChoices(kinds_off=frozenset(NoticeKind)))
    for kind in (REVIEW, IDEA, ACTIVITY):
        house.tells(ingrid.id, kind, f"cause:{kind.value}")
    assert house.looks() == []
    assert set(states(house).values()) == {NoticeState.NOT_WANTED}
    house.does(service.tell_of_security, ingrid.id, SecurityEvent.PASSWORD_CHANGED, NOON)
    assert house.looks() == [HandedOver.SENT]


def test_security_is_told_on_a_day_that_is_full(house: House) -> None:
    ingrid = house.people.owner()
    with ingrid.viewing() as viewer:
        service.change_choices(viewer, NoticeChoices(daily_cap=1))
    house.tells(ingrid.id, ACTIVITY, "activity:1")
    house.looks()
    house.does(service.tell_of_security, ingrid.id, SecurityEvent.RECOVERY_USED, NOON)
    assert house.looks() == [HandedOver.SENT]


@pytest.mark.parametrize("is_gathered", [False, True])
def test_a_cause_that_is_gone_is_not_told(house: House, is_gathered: bool) -> None:
    ingrid = house.people.owner()
    house.tells(ingrid.id, REVIEW, "review:1")
    if is_gathered:
        house.does(service.gather_due, NOON)
    house.does(service.withdraw, "review:1")
    assert house.looks() == []
    assert house.office.taken == []


def test_a_letter_that_still_tells_something_else_goes_out(house: House) -> None:
    ingrid = house.people.owner()
    house.tells(ingrid.id, REVIEW, "review:1")
    house.tells(ingrid.id, IDEA, "idea:1")
    house.does(service.gather_due, NOON)
    house.does(service.withdraw, "review:1", person_id=ingrid.id)
    assert house.looks() == [HandedOver.SENT]


def test_a_withdrawn_cause_that_comes_back_is_told(house: House) -> None:
    ingrid = house.people.owner()
    house.tells(ingrid.id, REVIEW, "review:1")
    house.does(service.gather_due, NOON)
    house.does(service.withdraw, "review:1")
    house.tells(ingrid.id, REVIEW, "review:1", at=NOON + MINUTE)
    assert house.looks(NOON + MINUTE) == [HandedOver.SENT]


def test_a_closed_account_is_not_told(house: House) -> None:
    ingrid = house.people.owner()
    house.tells(ingrid.id, REVIEW, "review:1")
    house.does(lambda: setattr(db.session.get_one(Person, ingrid.id), "is_active", False))
    assert house.looks() == []


def test_a_person_who_leaves_takes_notices_and_letters_with_them(house: House) -> None:
    ingrid = house.people.owner()
    house.tells(ingrid.id, REVIEW, "review:1")
    house.does(service.gather_due, NOON)
    house.does(lambda: db.session.delete(db.session.get_one(Person, ingrid.id)))
    assert house.looks() == []
    assert states(house) == {}


def test_a_mail_server_that_is_away_loses_nothing(house: House) -> None:
    ingrid = house.people.owner()
    house.tells(ingrid.id, REVIEW, "review:1")
    house.office.is_away = True
    assert house.looks() == [HandedOver.SERVER_AWAY]
    house.office.is_away = False
    assert house.looks() == []
    assert house.looks(NOON + MINUTE) == [HandedOver.SENT]


def test_a_refused_address_is_tried_again_later_and_later(house: House) -> None:
    ingrid = house.people.owner()
    house.office.refuses.add(ingrid.address)
    house.tells(ingrid.id, REVIEW, "review:1")
    assert house.looks() == [HandedOver.LATER]
    assert house.looks(NOON + MINUTE) == [HandedOver.LATER]
    assert house.looks(NOON + 2 * MINUTE) == []
    house.office.refuses.clear()
    assert house.looks(NOON + 6 * MINUTE) == [HandedOver.SENT]


def test_a_letter_that_does_not_open_is_put_off_by_itself_and_names_its_id(
    house: House, caplog: pytest.LogCaptureFixture
) -> None:
    ingrid, bo = house.people.owner(), house.people.owner("Bo")
    house.does(lambda: setattr(db.session.get_one(Person, ingrid.id), "address", b"damaged"))
    house.tells(ingrid.id, REVIEW, "review:1")
    house.looks()
    house.tells(bo.id, REVIEW, "review:1", at=NOON + MINUTE)
    assert sorted(each.value for each in house.looks(NOON + MINUTE)) == ["later", "sent"]
    assert house.went_to == [bo.address]
    (letter_id,) = house.does(
        lambda: db.session.scalars(select(Letter.id).where(Letter.person_id == ingrid.id)).all()
    )
    line = next(each for each in caplog.records if each.message == "letter does not open")
    assert vars(line)["letter_id"] == letter_id


def test_a_link_letter_that_does_not_open_holds_no_other_up(house: House) -> None:
    house.does(service.send_link, "a@example.org", "/sign-up/abc", at=NOON, now=NOON)
    house.does(lambda: db.session.execute(update(LinkLetter).values(sealed=b"damaged")))
    house.does(service.send_link, "b@example.org", "/sign-up/def", at=NOON, now=NOON)
    assert sorted(each.value for each in house.looks()) == ["later", "sent"]
    assert house.looks() == []
    assert house.went_to == ["b@example.org"]


def test_a_lease_comes_back_when_the_job_was_killed(house: House) -> None:
    ingrid = house.people.owner()
    house.tells(ingrid.id, REVIEW, "review:1")
    house.does(service.gather_due, NOON)
    (dead,) = house.does(service.claim_letters, NOON)
    assert house.does(service.claim_letters, NOON + MINUTE) == []
    (alive,) = house.does(service.claim_letters, NOON + LEASE)
    for claimed in (dead, alive):
        house.does(service.hand_over, claimed, house.office, PORTAL, NOON + LEASE)
    assert house.went_to == [ingrid.address]
    assert alive.attempts == 2


def test_a_job_that_is_slow_stops_before_its_lease_ends(house: House) -> None:
    ingrid = house.people.owner()
    house.tells(ingrid.id, REVIEW, "review:1")
    house.does(service.gather_due, NOON)
    (claimed,) = house.does(service.claim_letters, NOON)
    late = NOON + LEASE - MINUTE
    assert house.does(service.hand_over, claimed, house.office, PORTAL, late) is HandedOver.NOT_OURS


def test_a_letter_with_a_link_goes_to_any_address_and_leaves_no_trace(house: House) -> None:
    house.does(service.send_link, "new@example.org", "/sign-up/abc", at=NOON, now=NOON)
    assert house.looks() == [HandedOver.SENT]
    (mail,) = house.office.taken
    assert mail.to == "new@example.org"
    assert "https://portal.example.org/sign-up/abc" in mail.text
    assert house.does(lambda: db.session.scalar(select(func.count()).select_from(LinkLetter))) == 0


def test_address_and_link_are_not_in_the_database(house: House) -> None:
    house.does(service.send_link, "new@example.org", "/sign-up/abc", at=NOON, now=NOON)
    (sealed,) = house.does(lambda: db.session.scalars(select(LinkLetter.sealed)).all())
    assert b"example" not in sealed
    assert b"sign-up" not in sealed


def test_every_mail_has_the_same_subject_and_length_and_says_nothing(house: House) -> None:
    for kind in NoticeKind:
        person = house.people.owner("Ingrid")
        house.tells(person.id, kind, f"cause:{kind.value}")
    house.does(service.send_link, "a@example.org", "/sign-up/abc", at=NOON, now=NOON)
    house.does(service.send_link, "b@example.org", "/invitations/" + "x" * 90, at=NOON, now=NOON)
    house.looks()
    mails = house.office.taken
    assert len(mails) == len(NoticeKind) + 2
    assert len({mail.subject for mail in mails}) == 1
    assert len({len(mail.text) for mail in mails}) == 1
    for mail in mails:
        said = (mail.subject + mail.text).lower()
        assert not [word for word in ("mental", "ingrid", "goal", "health") if word in said]


def test_choices_are_kept(house: House) -> None:
    ingrid = house.people.owner()
    with ingrid.viewing() as viewer:
        assert service.choices_of(viewer) == NoticeChoices()
        wished = NoticeChoices(daily_cap=1, kinds_off=frozenset({REVIEW, IDEA}))
        service.change_choices(viewer, wished)
    with ingrid.viewing() as viewer:
        service.change_choices(viewer, wished)
        assert service.choices_of(viewer) == wished


def test_what_was_settled_long_ago_is_forgotten(house: House) -> None:
    ingrid = house.people.owner()
    house.tells(ingrid.id, REVIEW, "review:1")
    house.looks()
    house.tells(ingrid.id, IDEA, "idea:1", at=NOON + timedelta(days=365))
    house.does(service.tidy, NOON + timedelta(days=61))
    assert states(house) == {"idea:1": NoticeState.WAITING}
    assert house.does(lambda: db.session.scalar(select(func.count()).select_from(Letter))) == 0

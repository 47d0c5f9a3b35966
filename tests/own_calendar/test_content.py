"""What a calendar is given: the meetings of one person that stand, and nothing else of them."""

from datetime import timedelta

from flask import Flask
from sqlalchemy import update

from portal.accounts.models import Person
from portal.core.db import db
from portal.core.work import unit_of_work
from portal.dyads.service import end_dyad
from portal.meetings import service as meetings
from portal.meetings.shapes import Offer
from portal.own_calendar import service
from tests.fixtures.people import People
from tests.own_calendar.conftest import (
    LATER,
    NOW,
    SOON,
    Town,
    asked,
    events_in,
    path_of,
    seen_by,
    starts_in,
)


def test_all_that_stands_with_everybody_is_there_soonest_first_and_nothing_of_others(
    town: Town,
) -> None:
    town.meet(town.with_anna, LATER)
    town.meet(town.with_per, SOON)
    town.meet(town.kari_with_anna, SOON + timedelta(hours=3))
    assert starts_in(asked(town.ingrid)) == [SOON, LATER]
    assert starts_in(asked(town.kari)) == [SOON + timedelta(hours=3)]
    assert starts_in(asked(town.anna)) == [SOON + timedelta(hours=3), LATER]
    assert starts_in(asked(town.per)) == [SOON]


def test_on_either_database_an_address_is_made_followed_renewed_and_ended(
    app_on_each: Flask,
) -> None:
    town = Town.among(People(app_on_each))
    meeting_id = town.meet(town.with_anna, SOON)
    town.move(town.with_anna, meeting_id, LATER)
    client, path = app_on_each.test_client(), path_of(town.ingrid)
    assert events_in(client.get(path).text)[0]["SEQUENCE"] == "1"
    assert starts_in(client.get(path).text) == [LATER]
    seen = seen_by(town.ingrid)
    with town.ingrid.viewing() as viewer:
        service.renew_feed(viewer, seen)
    assert client.get(path).status_code == 404
    assert starts_in(asked(town.ingrid)) == [LATER]
    with unit_of_work(app_on_each):
        service.end_feed(town.ingrid.id, NOW)
    with town.ingrid.viewing() as viewer:
        assert service.feed_of(viewer) is None


def test_an_appointment_has_its_time_and_one_word(town: Town) -> None:
    town.meet(town.with_anna, SOON)
    text = asked(town.ingrid)
    (event,) = events_in(text)
    assert set(event) == {
        "UID",
        "DTSTAMP",
        "SEQUENCE",
        "DTSTART",
        "DTEND",
        "SUMMARY",
        "STATUS",
        "CLASS",
        "END",
    }
    assert (event["SUMMARY"], event["STATUS"]) == ("Appointment", "CONFIRMED")
    assert event["DTEND"] == f"{SOON + timedelta(hours=1):%Y%m%dT%H%M%SZ}"
    for word in ("Ingrid", "Anna", "room", "Tandem", town.ingrid.id.hex, town.with_anna.hex):
        assert word not in text
    for line in ("METHOD:PUBLISH", "X-PUBLISHED-TTL:PT1H", "X-WR-CALNAME:Appointments"):
        assert f"\r\n{line}\r\n" in text
    assert "\r\nREFRESH-INTERVAL;VALUE=DURATION:PT1H\r\n" in text


def test_without_a_meeting_the_calendar_is_empty_and_whole(town: Town) -> None:
    text = asked(town.ingrid)
    assert events_in(text) == []
    assert text.startswith("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n")
    assert text.endswith("END:VTIMEZONE\r\nEND:VCALENDAR\r\n")


def test_a_move_keeps_the_name_that_the_single_file_has_too_and_counts_up(town: Town) -> None:
    meeting_id = town.meet(town.with_anna, SOON)
    (before,) = events_in(asked(town.ingrid))
    (of_anna,) = events_in(asked(town.anna))
    file = town.ingrid.client.get(f"/meetings/{town.with_anna}/{meeting_id}/calendar").text
    assert events_in(file)[0]["UID"] == before["UID"] != of_anna["UID"]
    with town.ingrid.viewing(NOW) as viewer:
        meetings.move_meeting(viewer, meeting_id, Offer(LATER, ""))
    assert events_in(asked(town.ingrid))[0]["DTSTART"] == before["DTSTART"], "nobody said yes yet"
    town.answer(town.with_anna, meeting_id, LATER)
    (after,) = events_in(asked(town.ingrid))
    assert after["UID"] == before["UID"]
    assert int(after["SEQUENCE"]) > int(before["SEQUENCE"])
    assert starts_in(asked(town.ingrid)) == [LATER]


def test_only_what_both_said_yes_to_is_there(town: Town) -> None:
    waiting = town.suggest(town.with_anna, SOON)
    assert starts_in(asked(town.ingrid)) == []
    with town.anna.viewing(NOW) as viewer:
        meetings.answer_offer(viewer, waiting, yes=False, seen=SOON)
    assert starts_in(asked(town.ingrid)) == []


def test_what_is_called_off_vanishes_for_both(town: Town) -> None:
    meeting_id = town.meet(town.with_anna, SOON)
    town.meet(town.with_per, LATER)
    with town.anna.viewing(NOW) as viewer:
        meetings.call_off(viewer, meeting_id)
    assert starts_in(asked(town.ingrid)) == [LATER]
    assert starts_in(asked(town.anna)) == []


def test_meetings_of_a_pair_that_has_ended_vanish_for_both(town: Town) -> None:
    town.meet(town.with_anna, SOON)
    town.meet(town.with_per, LATER)
    with town.ingrid.viewing(NOW) as viewer:
        end_dyad(viewer, town.with_anna)
    assert starts_in(asked(town.ingrid)) == [LATER]
    assert starts_in(asked(town.anna)) == []


def test_four_weeks_back_are_kept_and_all_that_lies_ahead(town: Town) -> None:
    recent, old = NOW - timedelta(days=27), NOW - timedelta(days=29)
    far = NOW + timedelta(days=700)
    for at in (old, recent):
        town.meet(town.with_anna, at, now=at - timedelta(days=1))
    town.meet(town.with_anna, far)
    assert starts_in(asked(town.ingrid)) == [recent, far]


def test_the_calendar_of_somebody_whose_account_is_closed_is_given_nothing(town: Town) -> None:
    path = path_of(town.anna)
    with unit_of_work(town.anna.app):
        db.session.execute(update(Person).where(Person.id == town.anna.id).values(is_active=False))
    assert town.anna.app.test_client().get(path).status_code == 404

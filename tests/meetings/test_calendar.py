"""A meeting's time in somebody's own calendar: a file that names nobody."""

from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest

from portal.core.errors import NotVisible
from portal.meetings import rules, service
from portal.meetings.calendar_file import LONGEST, calendar_file
from portal.meetings.shapes import MeetingTime, Offer
from tests.fixtures.agreed import agree_on
from tests.fixtures.pages import opened
from tests.fixtures.people import People, SomePerson

NOW = datetime.now(UTC)  # pages are opened by the real clock
SOON = (NOW + timedelta(days=7)).replace(hour=12, minute=30, second=0, microsecond=0)
LATER = SOON + timedelta(days=1)
TIME = MeetingTime(uid="a" * 32, starts_at=SOON, is_agreed=True, sequence=0)


def file_for(person: SomePerson, dyad_id: UUID, meeting_id: UUID) -> dict[str, str]:
    """What a calendar reads: each property once, by name."""
    answer = person.client.get(f"/meetings/{dyad_id}/{meeting_id}/calendar")
    assert answer.status_code == 200
    assert answer.mimetype == "text/calendar"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="appointment.ics"'
    assert answer.text.endswith("END:VCALENDAR\r\n")
    lines = answer.text.split("\r\n")[:-1]
    assert not any("\n" in line or len(line.encode()) > LONGEST for line in lines)
    return dict(line.split(":", 1) for line in lines)


def page_of(person: SomePerson, dyad_id: UUID) -> str:
    """The pair's page, as somebody opens it."""
    return opened(person.client.get(f"/meetings/{dyad_id}"))


def test_the_file_has_the_time_and_one_neutral_word_and_a_moved_meeting_keeps_its_name(
    people: People,
) -> None:
    ingrid, anna = people.owner("Ingrid"), people.worker("Anna")
    dyad_id = people.dyad(ingrid, anna)
    agree_on(ingrid, anna, dyad_id)
    with ingrid.viewing() as viewer:
        service.offer_meeting(viewer, dyad_id, Offer(SOON, "the small room"))
    with anna.viewing() as viewer:
        meeting_id = service.meetings_for(viewer, dyad_id).coming[0].id
    link = f"/meetings/{dyad_id}/{meeting_id}/calendar"
    assert file_for(anna, dyad_id, meeting_id)["STATUS"] == "TENTATIVE"
    assert link not in page_of(anna, dyad_id), "only what stands is offered"
    with anna.viewing() as viewer:
        service.answer_offer(viewer, meeting_id, yes=True, seen=SOON)
    for person in (anna, ingrid):
        assert link in page_of(person, dyad_id)
        found = file_for(person, dyad_id, meeting_id)
        assert (found["STATUS"], found["SUMMARY"]) == ("CONFIRMED", "Appointment")
        assert (found["DTSTART"], found["DTEND"], found["SEQUENCE"]) == (
            f"{SOON:%Y%m%dT123000Z}",
            f"{SOON:%Y%m%dT133000Z}",
            "0",
        )
        said = " ".join(found.values())
        assert not any(word in said for word in ("Ingrid", "Anna", "room", "Tandem"))
    with anna.viewing() as viewer:
        service.move_meeting(viewer, meeting_id, Offer(LATER, ""))
    assert file_for(ingrid, dyad_id, meeting_id)["SEQUENCE"] == "0", "the old time still stands"
    with ingrid.viewing() as viewer:
        service.answer_offer(viewer, meeting_id, yes=True, seen=LATER)
    moved = file_for(ingrid, dyad_id, meeting_id)
    assert (moved["UID"], moved["DTSTART"]) == (found["UID"], f"{LATER:%Y%m%dT123000Z}")
    assert moved["SEQUENCE"] == "1"
    with ingrid.viewing() as viewer:
        service.call_off(viewer, meeting_id)
    assert ingrid.client.get(link).status_code == 404


def test_a_suggestion_that_is_changed_before_a_yes_is_newer_too(people: People) -> None:
    ingrid, anna = people.owner(), people.worker()
    dyad_id = people.dyad(ingrid, anna)
    with ingrid.viewing(NOW) as viewer:
        service.offer_meeting(viewer, dyad_id, Offer(SOON, ""))
        meeting_id = service.meetings_for(viewer, dyad_id).coming[0].id
        service.move_meeting(viewer, meeting_id, Offer(LATER, ""))
        time = service.time_of(viewer, dyad_id, meeting_id)
        assert (time.starts_at, time.sequence, time.is_agreed) == (LATER, 1, False)
        with pytest.raises(NotVisible):
            service.time_of(viewer, dyad_id, dyad_id)
        with pytest.raises(NotVisible):
            service.time_of(viewer, meeting_id, meeting_id)
    with people.owner("Kari").viewing(NOW) as viewer, pytest.raises(NotVisible):
        service.time_of(viewer, dyad_id, meeting_id)


def test_each_of_the_two_has_a_name_of_their_own_for_the_same_meeting() -> None:
    meeting_id, ingrid, anna = uuid4(), uuid4(), uuid4()
    names = {rules.calendar_id(meeting_id, person) for person in (ingrid, anna, ingrid)}
    assert len(names) == 2
    assert not any(meeting_id.hex in name for name in names)


def test_a_word_of_another_language_cannot_add_lines() -> None:
    file = calendar_file([TIME], word="one, two; three\r\nEND:VEVENT", now=NOW)
    assert "SUMMARY:one\\, two\\; three\\nEND:VEVENT\r\n" in file
    assert file.count("\r\nEND:VEVENT") == 1


def test_a_long_line_is_folded_and_no_letter_is_cut() -> None:
    word = "avtale på sykehuset, æøå og 約束 " * 9
    file = calendar_file([TIME], word=word, now=NOW, name="n" * 200)
    lines = file.encode().split(b"\r\n")
    assert max(map(len, lines)) <= LONGEST
    assert all(line.decode() for line in lines[:-1])
    whole = file.replace("\r\n ", "").split("\r\n")
    assert "SUMMARY:" + word.replace(",", "\\,") in whole
    assert "NAME:" + "n" * 200 in whole


def test_an_empty_calendar_still_has_something_that_calendars_take() -> None:
    file = calendar_file([], word="Appointment", now=NOW, name="Appointments")
    assert file.count("BEGIN:VTIMEZONE") == 1
    assert "BEGIN:VEVENT" not in file
    assert "BEGIN:VTIMEZONE" not in calendar_file([TIME], word="Appointment", now=NOW)

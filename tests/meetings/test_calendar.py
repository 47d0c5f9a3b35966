"""A meeting's time in somebody's own calendar: a file that names nobody."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from portal.core.errors import NotVisible
from portal.meetings import service
from portal.meetings.calendar_file import calendar_file
from portal.meetings.shapes import Offer
from tests.fixtures.agreed import agree_on
from tests.fixtures.pages import opened
from tests.fixtures.people import People, SomePerson

NOW = datetime.now(UTC)  # pages are opened by the real clock
SOON = (NOW + timedelta(days=7)).replace(hour=12, minute=30, second=0, microsecond=0)
LATER = SOON + timedelta(days=1)


def file_for(person: SomePerson, dyad_id: UUID, meeting_id: UUID) -> dict[str, str]:
    """What a calendar reads: each property once, by name."""
    answer = person.client.get(f"/meetings/{dyad_id}/{meeting_id}/calendar")
    assert answer.status_code == 200
    assert answer.mimetype == "text/calendar"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="appointment.ics"'
    assert answer.text.endswith("END:VCALENDAR\r\n")
    lines = answer.text.split("\r\n")[:-1]
    assert not any("\n" in line or len(line.encode()) > 75 for line in lines)
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
    for person in (ingrid, anna):
        assert link in page_of(person, dyad_id)
        found = file_for(person, dyad_id, meeting_id)
        assert (found["STATUS"], found["SUMMARY"]) == ("CONFIRMED", "Appointment")
        assert (found["DTSTART"], found["DTEND"]) == (
            f"{SOON:%Y%m%dT123000Z}",
            f"{SOON:%Y%m%dT133000Z}",
        )
        said = " ".join(found.values())
        assert not any(word in said for word in ("Ingrid", "Anna", "room"))
    with anna.viewing() as viewer:
        service.move_meeting(viewer, meeting_id, Offer(LATER, ""))
    with ingrid.viewing() as viewer:
        service.answer_offer(viewer, meeting_id, yes=True, seen=LATER)
    moved = file_for(ingrid, dyad_id, meeting_id)
    assert (moved["UID"], moved["DTSTART"]) == (found["UID"], f"{LATER:%Y%m%dT123000Z}")


def test_a_word_of_another_language_cannot_add_lines(people: People) -> None:
    ingrid, anna = people.owner(), people.worker()
    dyad_id = people.dyad(ingrid, anna)
    with ingrid.viewing(NOW) as viewer:
        service.offer_meeting(viewer, dyad_id, Offer(SOON, ""))
        card = service.meetings_for(viewer, dyad_id).coming[0]
        with pytest.raises(NotVisible):
            service.meetings_for(viewer, dyad_id).meeting(dyad_id)
    file = calendar_file(card, word="one, two; three\nEND:VEVENT", now=NOW)
    assert "SUMMARY:one\\, two\\; three\\nEND:VEVENT\r\n" in file
    assert file.count("\r\nEND:VEVENT") == 1

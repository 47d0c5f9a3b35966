"""A time that was only suggested: nowhere does it look agreed, and a hint where it may not suit."""

import re
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from portal.hours.service import add_absence
from portal.hours.shapes import NewAbsence
from portal.meetings import service
from portal.meetings.shapes import DayOff, Offer
from tests.fixtures.agreed import agree_on
from tests.fixtures.pages import opened
from tests.fixtures.people import People, SomePerson

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
CHRISTMAS_DAY = datetime(2026, 12, 25, 9, 0, tzinfo=UTC)
SATURDAY = datetime(2026, 12, 5, 9, 0, tzinfo=UTC)
AWAY_DAY = datetime(2026, 12, 9, 9, 0, tzinfo=UTC)
TUESDAY = datetime(2026, 12, 1, 9, 0, tzinfo=UTC)


def suggested(person: SomePerson, dyad_id: UUID, at: datetime, now: datetime | None = NOW) -> UUID:
    with person.viewing(now) as viewer:
        service.offer_meeting(viewer, dyad_id, Offer(at, ""))
    with person.viewing(now) as viewer:
        return service.meetings_for(viewer, dyad_id).coming[-1].id


@pytest.mark.parametrize(
    ("at", "why"),
    [
        (CHRISTMAS_DAY, DayOff.HOLIDAY),
        (SATURDAY, DayOff.NOT_WORKING),
        (AWAY_DAY, DayOff.AWAY),
        (TUESDAY, None),
    ],
)
def test_both_are_told_of_a_day_that_may_not_suit_until_it_is_agreed(
    people: People, at: datetime, why: DayOff | None
) -> None:
    ingrid, anna = people.owner(), people.worker()
    dyad_id = people.dyad(ingrid, anna)
    with anna.viewing(NOW) as viewer:
        add_absence(viewer, NewAbsence(AWAY_DAY.date(), AWAY_DAY.date()))
    meeting_id = suggested(ingrid, dyad_id, at)
    for person in (ingrid, anna):
        with person.viewing(NOW) as viewer:
            assert service.meetings_shown(viewer, dyad_id).off.get(meeting_id) is why
    with anna.viewing(NOW) as viewer:
        service.answer_offer(viewer, meeting_id, yes=True, seen=at)
    with anna.viewing(NOW) as viewer:
        assert service.meetings_shown(viewer, dyad_id).off == {}


def test_a_suggested_time_looks_agreed_on_no_first_page(people: People) -> None:
    ingrid, anna = people.owner("Ingrid"), people.worker("Anna")
    dyad_id = people.dyad(ingrid, anna)
    agree_on(ingrid, anna, dyad_id)
    at = datetime.now(UTC).replace(microsecond=0) + timedelta(days=9)
    meeting_id = suggested(anna, dyad_id, at, now=None)
    places = ((ingrid, "/"), (anna, "/your-turn"), (anna, "/people"), (anna, f"/people/{dyad_id}"))
    before = f"/people/{dyad_id}/before-meeting"
    for person, path in (*places, (anna, before), (ingrid, f"/meetings/{dyad_id}")):
        page = opened(person.client.get(path))
        assert "Next meeting" not in page, path
        assert re.search("[Yy]ou suggested|Suggested to you|suggests this time", page), path
    with ingrid.viewing() as viewer:
        service.answer_offer(viewer, meeting_id, yes=True, seen=at)
    for person, path in places:
        assert "Next meeting" in opened(person.client.get(path)), path
    assert "You suggested" not in opened(anna.client.get(before))

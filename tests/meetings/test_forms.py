"""The form of a meeting's time: days that no calendar holds come back as they were typed."""

from datetime import UTC, datetime, time, timedelta
from uuid import UUID, uuid4

import pytest

from portal.core.clock import at_local
from portal.meetings import service
from portal.meetings.shapes import Offer
from tests.fixtures.pages import hidden_in, opened
from tests.fixtures.people import People


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31", "1066-10-14"])
@pytest.mark.parametrize("at_clock", ["00:10", "23:59"])
def test_a_day_beyond_the_calendar_is_asked_for_again(
    people: People, day: str, at_clock: str
) -> None:
    ingrid, anna = people.owner(), people.worker()
    at = f"/meetings/{people.dyad(ingrid, anna)}/offer"
    form = hidden_in(opened(ingrid.client.get(at)))
    answer = ingrid.client.post(at, data=form | {"on": day, "clock": at_clock, "venue": "Room 2"})
    assert answer.status_code == 422
    page = opened(answer)
    assert "Please pick a day between the years 1900 and 2199." in page
    assert f'value="{day}"' in page
    assert "Room 2" in page


def test_the_form_for_another_time_is_there_for_a_coming_meeting_of_the_pair_alone(
    people: People,
) -> None:
    ingrid, anna, per = people.owner(), people.worker(), people.worker("Per")
    with_anna, with_per = people.dyad(ingrid, anna), people.dyad(ingrid, per)
    with ingrid.viewing() as viewer:
        starts_at = datetime.now(UTC) + timedelta(days=3)
        service.offer_meeting(viewer, with_anna, Offer(starts_at, "room 2"))
    with ingrid.viewing() as viewer:
        meeting = service.meetings_for(viewer, with_anna).coming[0]

    def state_of(dyad_id: UUID, meeting_id: UUID) -> int:
        return ingrid.client.get(f"/meetings/{dyad_id}/{meeting_id}/time").status_code

    assert state_of(with_anna, meeting.id) == 200
    assert state_of(with_per, meeting.id) == 404
    assert state_of(with_anna, uuid4()) == 404


def test_moving_begins_with_the_day_the_time_and_the_place_as_they_are(people: People) -> None:
    ingrid, anna = people.owner(), people.worker()
    dyad_id = people.dyad(ingrid, anna)
    with ingrid.viewing() as viewer:
        zone = viewer.zone
        starts_at = at_local(datetime.now(zone).date() + timedelta(days=9), time(10, 30), zone)
        service.offer_meeting(viewer, dyad_id, Offer(starts_at, "room 2"))
    with ingrid.viewing() as viewer:
        meeting = service.meetings_for(viewer, dyad_id).coming[0]
    at = f"/meetings/{dyad_id}/{meeting.id}/time"
    page = opened(ingrid.client.get(at))
    for value in (f"{starts_at.astimezone(zone):%Y-%m-%d}", "10:30", "room 2"):
        assert f'value="{value}"' in page
    answer = ingrid.client.post(at, data=hidden_in(page) | {"on": "", "clock": "", "venue": "hall"})
    page = opened(answer)
    assert answer.status_code == 422
    assert 'value="hall"' in page
    assert "room 2" not in page

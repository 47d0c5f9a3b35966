"""The form of a meeting's time: days that no calendar holds come back as they were typed."""

from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest

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

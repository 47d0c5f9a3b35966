"""The form of a meeting's time: days that no calendar holds come back as they were typed."""

import pytest

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

"""A worker's time in a browser without scripts."""

import re

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from portal.hours.forms import KINDS
from tests.fixtures.pages import hidden_in
from tests.fixtures.people import People


def shown(client: FlaskClient, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, (path, answer.status_code)
    return answer.get_data(as_text=True)


def press(client: FlaskClient, page: str, action: str = "", **words: object) -> TestResponse:
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', shown(client, page))
    assert token is not None
    return client.post(action or page, data={"csrf_token": token[1], **words})


def test_a_week_is_kept_and_the_owner_sees_it(people: People) -> None:
    ingrid, anna = people.owner("Ingrid"), people.worker("Anna")
    dyad_id = people.dyad(ingrid, anna)
    empty = {
        f"{kind}_{day}_{end}": "" for kind in KINDS for day in range(7) for end in ("from", "until")
    }
    week = empty | {
        "working_days": ["0", "2"],
        "working_from": "09:30",
        "working_until": "15:00",
        "working_2_from": "12:00",
        "working_2_until": "18:00",
        "reading_days": ["0"],
        "reading_from": "10:00",
        "reading_until": "",
    }
    ends_early, ends_later = ({"reading_until": each} for each in ("09:00", "11:00"))
    faulty = press(anna.client, "/hours/week", "", **week)
    assert faulty.status_code == 422
    assert "Please pick both times." in faulty.get_data(as_text=True)
    assert 'value="09:30"' in faulty.get_data(as_text=True)
    assert press(anna.client, "/hours/week", "", **week | ends_early).status_code == 422
    assert press(anna.client, "/hours/week", "", **week | ends_later).status_code == 303
    page = shown(ingrid.client, f"/dyads/{dyad_id}/hours")
    assert "09:30 to 15:00" in page
    assert "12:00 to 18:00" in page
    assert "Tuesday" not in page


def test_reading_days_without_a_working_day_come_back_with_a_sentence(people: People) -> None:
    anna = people.worker("Anna")
    week = {"reading_days": ["0"], "reading_from": "10:00", "reading_until": "11:00"}
    faulty = press(anna.client, "/hours/week", "", **week)
    assert faulty.status_code == 422
    assert "Please pick a working day too" in faulty.get_data(as_text=True)
    assert 'value="10:00"' in faulty.get_data(as_text=True)


def test_a_week_comes_back_as_it_was_kept(people: People) -> None:
    anna = people.worker("Anna")
    page = shown(anna.client, "/hours/week")
    assert 'class="more" open' not in page
    usual = {"working_days": ["0", "1"], "working_from": "08:00", "working_until": "16:00"}
    other = {"working_1_from": "10:00", "working_1_until": "12:00"}
    assert press(anna.client, "/hours/week", "", **usual | other).status_code == 303
    page = shown(anna.client, "/hours/week")
    assert page.count('value="08:00"') == 1
    assert re.search(r'name="working_1_from"[^>]*value="10:00"', page)
    assert "reading_days" in page
    stray = press(anna.client, "/hours/week", "", **usual | other | {"working_days": ["0"]})
    assert stray.status_code == 422
    assert "Pick this day above too" in stray.get_data(as_text=True)


def test_days_away_are_added_shown_and_taken_back(people: People) -> None:
    ingrid, anna = people.owner("Ingrid"), people.worker("Anna")
    dyad_id = people.dyad(ingrid, anna)
    with anna.viewing() as viewer:
        today = viewer.now.astimezone(viewer.zone).date().isoformat()
    days = {"from_on": today, "until_on": today, "note": "Back tomorrow."}
    assert press(anna.client, "/hours/absence", **days | {"until_on": "x"}).status_code == 422
    assert press(anna.client, "/hours/absence", **days).status_code == 303
    assert "Back tomorrow." in shown(ingrid.client, f"/dyads/{dyad_id}/hours")
    removal = re.search(r"/hours/absence/[\w-]+/removal", shown(anna.client, "/hours"))
    assert removal is not None
    assert press(anna.client, "/hours", removal[0]).status_code == 303
    assert "Back tomorrow." not in shown(ingrid.client, f"/dyads/{dyad_id}/hours")


def test_the_number_of_people_is_kept(people: People) -> None:
    anna = people.worker("Anna")
    assert press(anna.client, "/hours/room", cap="many").status_code == 422
    assert press(anna.client, "/hours/room", cap="0").status_code == 303
    assert "You take on 0 people at the most." in shown(anna.client, "/hours")


@pytest.mark.parametrize("number", ["501", "-1", "9" * 400, "9" * 5000, "many", "1e3", ""])
def test_a_number_past_all_people_comes_back_with_a_sentence(people: People, number: str) -> None:
    anna = people.worker("Anna")
    answer = press(anna.client, "/hours/room", cap=number)
    assert answer.status_code == 422
    assert "Please " in answer.text


def test_phrases_are_written_put_away_taken_out_and_deleted(people: People) -> None:
    anna = people.worker("Anna")
    assert press(anna.client, "/phrases", text="").status_code == 422
    assert press(anna.client, "/phrases", text="Good morning <i>there</i>.").status_code == 303
    page = shown(anna.client, "/phrases")
    assert "Good morning &lt;i&gt;there&lt;/i&gt;." in page
    away = re.search(r"/phrases/[\w-]+/away", page)
    assert away is not None
    assert press(anna.client, "/phrases", away[0], away="yes").status_code == 303
    removal = re.search(r"/phrases/[\w-]+/removal", shown(anna.client, "/phrases"))
    assert removal is not None
    assert press(anna.client, "/phrases", away[0], away="no").status_code == 303
    assert "/removal" not in shown(anna.client, "/phrases")
    assert press(anna.client, "/phrases", removal[0]).status_code == 409
    assert press(anna.client, "/phrases", away[0], away="yes").status_code == 303
    assert press(anna.client, "/phrases", removal[0]).status_code == 303
    assert "there" not in shown(anna.client, "/phrases")


def test_days_away_sent_twice_are_there_once(people: People) -> None:
    anna = people.worker()
    page, typed = "/hours/absence", {"from_on": "2027-03-01", "until_on": "2027-03-05"}
    form = hidden_in(shown(anna.client, page)) | typed | {"note": "Skiing."}
    assert [anna.client.post(page, data=form).status_code for _each in range(2)] == [303, 303]
    assert shown(anna.client, "/hours").count("Skiing.") == 1


def test_days_away_beyond_the_calendar_are_asked_for_again(people: People) -> None:
    page, typed = "/hours/absence", {"from_on": "9998-06-01", "until_on": "9999-12-31"}
    answer = press(people.worker().client, page, **typed)
    assert answer.status_code == 422
    assert "between the years 1900 and 2199" in answer.get_data(as_text=True)

"""A worker's time in a browser without scripts."""

import re

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from portal.hours.forms import KINDS
from tests.fixtures.people import People


def shown(client: FlaskClient, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, (path, answer.status_code)
    return answer.get_data(as_text=True)


def press(client: FlaskClient, page: str, action: str = "", **words: str) -> TestResponse:
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
        "working_0_from": "09:30",
        "working_0_until": "15:00",
        "reading_0_from": "10:00",
    }
    ends_early, ends_later = ({"reading_0_until": each} for each in ("09:00", "11:00"))
    faulty = press(anna.client, "/hours/week", **week)
    assert faulty.status_code == 422
    assert "Please write both times, or none." in faulty.get_data(as_text=True)
    assert 'value="09:30"' in faulty.get_data(as_text=True)
    assert press(anna.client, "/hours/week", **week | ends_early).status_code == 422
    assert press(anna.client, "/hours/week", **week | ends_later).status_code == 303
    page = shown(ingrid.client, f"/dyads/{dyad_id}/hours")
    assert "09:30 to 15:00" in page
    assert "Tuesday" not in page


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
    assert press(anna.client, "/phrases", removal[0]).status_code == 303
    assert "there" not in shown(anna.client, "/phrases")

"""Time-outs and two tabs: sessions end, words do not."""

import fcntl
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient

from portal.core.clock.zones import utc_now
from tests.accounts.forms import form_of, press, send
from tests.accounts.test_signing_in import sign_in
from tests.fixtures.application import MakeApp
from tests.fixtures.people import PASSWORD, People, SomePerson

TYPED = "Ingrid with words that took an hour"


@pytest.fixture
def ingrid(people: People) -> SomePerson:
    """An owner."""
    return people.owner("Ingrid")


def test_idle_session_ends_and_the_words_on_the_form_are_there_after_signing_in(
    client: FlaskClient, ingrid: SomePerson
) -> None:
    with time_machine.travel(utc_now(), tick=False) as clock:
        sign_in(client, ingrid)
        typed = form_of(client.get("/settings/profile")) | {"name": TYPED}
        clock.shift(timedelta(minutes=46))
        late = client.post(
            "/settings/profile",
            data=typed | {"zone": "Europe/Oslo"},
            headers={"Referer": "http://localhost/settings/profile"},
        )
        assert late.status_code == 303
        assert late.location.startswith("/sign-in?next=/settings/profile")
        assert "All your words are kept" in client.get(late.location).get_data(as_text=True)
        back = sign_in(client, ingrid, path=late.location)
        assert back.location == "/settings/profile"
        page = client.get(back.location).get_data(as_text=True)
        assert TYPED in page
        assert send(client, "/settings/profile", zone="Europe/Oslo").status_code == 303
        assert TYPED in client.get("/settings").get_data(as_text=True)
        assert form_of(client.get("/settings/profile"))["name"] == TYPED


def test_session_in_use_lives_on_until_its_absolute_end(
    client: FlaskClient, ingrid: SomePerson
) -> None:
    with time_machine.travel(utc_now(), tick=False) as clock:
        sign_in(client, ingrid)
        for _half_hour in range(23):
            clock.shift(timedelta(minutes=30))
            assert client.get("/settings").status_code == 200
        clock.shift(timedelta(minutes=31))
        assert client.get("/settings").location.startswith("/sign-in")


def test_worker_is_signed_out_earlier_than_an_owner(make_app: MakeApp) -> None:
    app = make_app(second_factor_required_for="nobody")
    people = People(app)
    anna, ingrid = people.worker(), people.owner()
    theirs, hers = app.test_client(), app.test_client()
    with time_machine.travel(utc_now(), tick=False) as clock:
        sign_in(theirs, anna)
        sign_in(hers, ingrid)
        clock.shift(timedelta(minutes=31))
        assert theirs.get("/settings").status_code == 303
        assert hers.get("/settings").status_code == 200


def test_two_tabs_and_a_password_change_lose_no_words(ingrid: SomePerson, app: Flask) -> None:
    one, other = ingrid.new_client(), ingrid.new_client()
    typed = form_of(other.get("/settings/profile")) | {"name": TYPED, "zone": "Europe/Oslo"}
    changed = send(one, "/settings/password", password=PASSWORD, new_password="seven new herons")
    assert changed.status_code == 303
    late = other.post(
        "/settings/profile",
        data=typed,
        headers={"Referer": "http://localhost/settings/profile"},
    )
    assert late.location.startswith("/sign-in?next=/settings/profile")
    ingrid.password = "seven new herons"
    back = sign_in(other, ingrid, ingrid.password, late.location)
    assert TYPED in other.get(back.location).get_data(as_text=True)


def test_another_tab_of_the_same_browser_is_led_back_after_a_change(
    ingrid: SomePerson, app: Flask
) -> None:
    here, under_way = ingrid.new_client(), app.test_client()
    cookie = here.get_cookie(ingrid.cookie_name())
    assert cookie is not None
    under_way.set_cookie(ingrid.cookie_name(), cookie.value)
    send(here, "/settings/password", password=PASSWORD, new_password="seven new herons")
    sent_away = under_way.get("/settings/devices")
    assert sent_away.location == "/sign-in?next=/settings/devices"
    assert here.get(sent_away.location).location == "/settings/devices"


def test_password_change_changes_the_session_and_ends_the_others(ingrid: SomePerson) -> None:
    here, there = ingrid.new_client(), ingrid.new_client()
    before = here.get_cookie("tandem")
    send(here, "/settings/password", password=PASSWORD, new_password="seven new herons")
    after = here.get_cookie("tandem")
    assert before is not None
    assert after is not None
    assert before.value != after.value
    assert here.get("/settings").status_code == 200
    assert there.get("/settings").status_code == 303
    here.set_cookie("tandem", before.value)
    assert here.get("/settings").status_code == 303


def test_password_change_asks_for_the_present_one(ingrid: SomePerson) -> None:
    answer = send(
        ingrid.client, "/settings/password", password="wrong", new_password="seven new herons"
    )
    assert answer.status_code == 422
    assert "not your present password" in answer.get_data(as_text=True)


def test_busy_machine_answers_kindly_and_other_pages_go_on(
    app: Flask, client: FlaskClient, ingrid: SomePerson
) -> None:
    folder = Path(app.config["SETTINGS"].home) / "run"
    held = [open(folder / f"stretch-{number}.lock", "a") for number in range(2)]  # noqa: SIM115  # held for the whole test
    for file in held:
        fcntl.flock(file, fcntl.LOCK_EX)
    answer = sign_in(client, ingrid)
    assert answer.status_code == 503
    assert "Try again soon" in answer.get_data(as_text=True)
    assert int(answer.headers["Retry-After"]) > 0
    assert client.get("/help-now").status_code == 200
    for file in held:
        file.close()
    assert sign_in(client, ingrid).status_code == 303


def test_signing_out_one_device_leaves_the_other(ingrid: SomePerson) -> None:
    here, there = ingrid.new_client(), ingrid.new_client()
    press(here, "/settings", "/sign-out")
    assert there.get("/settings").status_code == 200


def test_words_on_a_page_of_somebody_else_never_become_ones_own(
    client: FlaskClient, ingrid: SomePerson, people: People
) -> None:
    """A shared screen: Ingrid's session ends, Kari signs in, Ingrid's old page is sent."""
    kari = people.owner("Kari")
    sign_in(client, ingrid)
    typed = form_of(client.get("/goals/new")) | {"title": TYPED, "state": "now"}
    client.delete_cookie(ingrid.cookie_name())
    sign_in(client, kari)
    answer = client.post("/goals/new", data=typed)
    assert answer.status_code == 409
    assert TYPED not in client.get("/goals").get_data(as_text=True)
    assert TYPED not in client.get("/goals/new").get_data(as_text=True)
    assert TYPED in ingrid.client.get("/goals/new").get_data(as_text=True)


@pytest.mark.parametrize("blank", ["   ", "\u200b\u200d", "\u3164"])
def test_a_name_that_nobody_sees_is_no_name(ingrid: SomePerson, blank: str) -> None:
    answer = send(ingrid.client, "/settings/profile", name=blank, zone="Europe/Oslo")
    assert answer.status_code == 422
    assert "Please write a name" in answer.get_data(as_text=True)

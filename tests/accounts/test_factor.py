"""The second factor: asked for, set up where it is needed, and each code works once."""

from datetime import timedelta

import pyotp
from flask import Flask
from flask.testing import FlaskClient

from portal.accounts.service import reset_factor
from portal.core.clock.zones import utc_now
from portal.core.work import unit_of_work
from tests.accounts.forms import send
from tests.accounts.test_signing_in import cookie_of, sign_in
from tests.fixtures.application import MakeApp
from tests.fixtures.people import PASSWORD, People, SomePerson


def secret_on(client: FlaskClient, path: str) -> str:
    """The letters that a set-up page shows for the app."""
    page = client.get(path).get_data(as_text=True)
    return "".join(part.split("<")[0] for part in page.split('class="code-group">')[1:])


def code_of(secret: str, *, steps: int = 0) -> str:
    """What the app shows now, or some half minutes later."""
    return pyotp.TOTP(secret).at(utc_now() + timedelta(seconds=30 * steps))


def set_up(client: FlaskClient, person: SomePerson) -> str:
    """Sign in as somebody who needs an app, and set it up; gives its secret."""
    path = sign_in(client, person).location
    assert path.startswith("/second-factor/first")
    secret = secret_on(client, path)
    answer = send(client, path, code=code_of(secret))
    assert (answer.status_code, answer.location) == (303, "/")
    return secret


def test_worker_sets_an_app_up_at_the_first_sign_in(client: FlaskClient, people: People) -> None:
    anna = people.worker()
    sign_in(client, anna)
    assert client.get("/settings").location.startswith("/sign-in")
    before = cookie_of(client)
    path = "/second-factor/first"
    secret = secret_on(client, path)
    assert send(client, path, code="000000").status_code == 422
    assert secret_on(client, path) == secret
    assert send(client, path, code=code_of(secret)).status_code == 303
    assert cookie_of(client) != before
    assert client.get("/settings").status_code == 200


def test_each_code_works_once(app: Flask, people: People) -> None:
    anna = people.worker()
    secret = set_up(app.test_client(), anna)
    used, client = code_of(secret), app.test_client()
    path = sign_in(client, anna).location
    assert path.startswith("/second-factor")
    assert "first" not in path
    replay = send(client, path, code=used)
    assert replay.status_code == 422
    assert "This code was used" in replay.get_data(as_text=True)
    assert send(client, path, code=code_of(secret, steps=1)).status_code == 303
    other = app.test_client()
    sign_in(other, anna)
    assert send(other, path, code=code_of(secret, steps=1)).status_code == 422


def test_second_step_changes_the_session(app: Flask, people: People) -> None:
    anna, client = people.worker(), app.test_client()
    secret = set_up(app.test_client(), anna)
    path = sign_in(client, anna).location
    half = cookie_of(client)
    send(client, path, code=code_of(secret, steps=1))
    assert cookie_of(client) != half
    client.set_cookie("tandem", half or "")
    assert client.get("/second-factor").location.startswith("/sign-in")


def test_wrong_codes_delay(app: Flask, people: People) -> None:
    anna, client = people.worker(), app.test_client()
    set_up(app.test_client(), anna)
    path = sign_in(client, anna).location
    statuses = [send(client, path, code="000000").status_code for _trial in range(4)]
    assert statuses == [422] * 4
    assert send(client, path, code="000000").status_code == 429


def test_owner_turns_it_on_and_off_by_choice(app: Flask, people: People) -> None:
    ingrid = people.owner()
    client = app.test_client()
    assert sign_in(client, ingrid).location == "/"
    other = ingrid.new_client()
    secret = secret_on(client, "/settings/second-factor/new")
    assert send(client, "/settings/second-factor/new", code=code_of(secret)).status_code == 303
    assert other.get("/settings").status_code == 303
    assert sign_in(app.test_client(), ingrid).location.startswith("/second-factor")
    end = "/settings/second-factor/end"
    assert send(client, "/settings/second-factor", end, password="no").status_code == 422
    assert send(client, "/settings/second-factor", end, password=PASSWORD).status_code == 303
    assert sign_in(app.test_client(), ingrid).location == "/"


def test_worker_cannot_turn_it_off(client: FlaskClient, people: People) -> None:
    anna = people.worker()
    set_up(client, anna)
    page = client.get("/settings/second-factor").get_data(as_text=True)
    assert "has to stay on" in page


def test_demo_asks_for_none_and_says_so(make_app: MakeApp) -> None:
    app = make_app(demo=True)
    anna = People(app).worker()
    client = app.test_client()
    assert "turned off here" in client.get("/sign-in").get_data(as_text=True)
    assert sign_in(client, anna).location == "/"
    assert "turned off here" in client.get("/settings/second-factor").get_data(as_text=True)


def test_setting_decides_who_needs_it(make_app: MakeApp) -> None:
    app = make_app(second_factor_required_for="nobody")
    assert sign_in(app.test_client(), People(app).worker()).location == "/"


def test_reset_leads_to_a_new_set_up(app: Flask, people: People) -> None:
    anna, client = people.worker(), app.test_client()
    set_up(client, anna)
    assert client.get("/settings").status_code == 200
    with unit_of_work(app):
        reset_factor(anna.id, utc_now())
    assert client.get("/settings").location.startswith("/sign-in")
    assert sign_in(app.test_client(), anna).location.startswith("/second-factor/first")

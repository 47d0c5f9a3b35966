"""Sign in, sign out, next=, devices, and that unknown accounts cannot be told from known ones."""

import dataclasses
import re
import statistics
import time
from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from portal.core.clock.zones import utc_now
from portal.vault.keys import Cost
from tests.accounts.forms import form_of, press, send
from tests.fixtures.application import MakeApp
from tests.fixtures.people import PASSWORD, People, SomePerson

DEAR = Cost(rounds=3, memory_kib=16 * 1024)


def sign_in(
    client: FlaskClient, person: SomePerson, password: str = PASSWORD, path: str = "/sign-in"
) -> TestResponse:
    """Sign in through the form."""
    return send(client, path, address=person.address, password=password)


def cookie_of(client: FlaskClient) -> str | None:
    """The session cookie that a client holds."""
    found = client.get_cookie("tandem")
    return found.value if found else None


def test_owner_signs_in_and_sees_their_settings(client: FlaskClient, people: People) -> None:
    ingrid = people.owner("Ingrid")
    answer = sign_in(client, ingrid)
    assert (answer.status_code, answer.location) == (303, "/")
    assert "Ingrid" in client.get("/settings").get_data(as_text=True)


def test_password_is_taken_in_any_unicode_form(client: FlaskClient, people: People) -> None:
    ingrid = people.owner()
    ingrid.password = "blåbærtur på fjellet"
    change = send(
        ingrid.client, "/settings/password", password=PASSWORD, new_password=ingrid.password
    )
    assert change.status_code == 303
    decomposed = "bla\u030abærtur pa\u030a fjellet"
    assert sign_in(client, ingrid, decomposed).status_code == 303


def test_wrong_password_keeps_the_address_and_never_the_password(
    client: FlaskClient, people: People
) -> None:
    ingrid = people.owner()
    answer = sign_in(client, ingrid, "not my password")
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert ingrid.address in page
    assert "not my password" not in page


def test_session_changes_at_sign_in_and_a_planted_cookie_is_unused(
    client: FlaskClient, people: People
) -> None:
    ingrid, mallory = people.owner("Ingrid"), people.owner("Mallory")
    planted = mallory.new_cookie()
    client.set_cookie("tandem", planted)
    send(client, "/settings/password", password="x", new_password="y")
    client.post(
        "/sign-out", data={"csrf_token": form_of(client.get("/settings/password"))["csrf_token"]}
    )
    client.set_cookie("tandem", "A" * 43)
    sign_in(client, ingrid)
    assert cookie_of(client) not in (planted, "A" * 43, None)
    assert "Ingrid" in client.get("/settings").get_data(as_text=True)


def test_cookie_has_exactly_the_flags_it_should(make_app: MakeApp) -> None:
    app = make_app(public_url="https://portal.example.org")
    ingrid = People(app).owner()
    client = app.test_client()
    page = client.get("/sign-in", base_url="https://portal.example.org")
    typed = form_of(page) | {"address": ingrid.address, "password": PASSWORD}
    answer = client.post("/sign-in", data=typed, base_url="https://portal.example.org")
    (cookie,) = [
        each for each in answer.headers.getlist("Set-Cookie") if each.startswith("__Host-tandem=")
    ]
    name_and_value, *flags = cookie.split("; ")
    assert len(name_and_value.removeprefix("__Host-tandem=")) == 43
    assert sorted(flags) == ["HttpOnly", "Path=/", "SameSite=Lax", "Secure"]


def test_own_device_stays_signed_in_for_owners_only(app: Flask, people: People) -> None:
    for person, lasts in ((people.owner(), True), (people.worker(), False)):
        client = app.test_client()
        send(
            client,
            "/sign-in",
            address=person.address,
            password=PASSWORD,
            is_own_device="y",
        )
        cookie = client.get_cookie("tandem")
        assert cookie is not None
        assert (cookie.max_age == 30 * 24 * 3600) is lasts


def test_after_signing_out_nothing_is_left(client: FlaskClient, people: People) -> None:
    ingrid = people.owner()
    sign_in(client, ingrid)
    old = cookie_of(client)
    page = client.get("/settings")
    assert page.headers["Cache-Control"] == "no-store"
    answer = press(client, "/settings", "/sign-out")
    assert answer.headers["Clear-Site-Data"] == '"cache", "cookies"'
    assert cookie_of(client) is None
    client.set_cookie("tandem", old or "")
    assert client.get("/settings").location.startswith("/sign-in")


@pytest.mark.parametrize(
    "target",
    [
        "https://evil.example",
        "//evil.example",
        "/\\evil.example",
        "\\/evil.example",
        "/%09/evil.example",
        "/\t/evil.example",
        "///evil.example",
        "http:evil.example",
        "javascript:alert(1)",
        "/\n/evil.example",
        "evil.example",
        " /settings",
        "https:/evil.example",
        "/@evil.example/..//",
    ],
)
def test_next_stays_on_this_site(app: Flask, people: People, target: str) -> None:
    client, ingrid = app.test_client(), people.owner()
    page = client.get("/sign-in", query_string={"next": target})
    typed = form_of(page) | {"address": ingrid.address, "password": PASSWORD}
    answer = client.post("/sign-in", query_string={"next": target}, data=typed)
    assert answer.status_code == 303
    assert answer.location.startswith("/")
    assert not answer.location.startswith(("//", "/\\", "/\t", "/\n"))


def test_known_and_unknown_account_get_the_same_answer(app: Flask, people: People) -> None:
    known = people.owner().address
    answers = []
    for address in (known, "nobody-9@example.org"):
        client = app.test_client()
        page = client.get("/sign-in")
        typed = form_of(page) | {"address": address, "password": "wrong password"}
        answer = client.post("/sign-in", data=typed)
        body = re.sub(r'value="[^"]*"', "", answer.get_data(as_text=True))
        heads = {name for name, _value in answer.headers}
        answers.append((answer.status_code, body, heads))
    assert answers[0] == answers[1]


def test_known_and_unknown_account_cost_the_same(make_app: MakeApp) -> None:
    """Over 200 trials, interleaved, with a password that costs most of what a try costs.

    The quick quarter of each is compared: what else the machine does only makes trials slower.
    """
    app = make_app()
    app.extensions["vault"] = dataclasses.replace(app.extensions["vault"], cost=DEAR)
    ingrid = People(app).owner()
    client = app.test_client()
    typed = form_of(client.get("/sign-in")) | {"password": "wrong password"}
    took: dict[str, list[float]] = {ingrid.address: [], "nobody-99@example.org": []}
    for trial in range(100):
        for address, times in took.items():
            start = time.perf_counter()
            answer = client.post(
                "/sign-in",
                data=typed | {"address": address},
                environ_base={"REMOTE_ADDR": f"10.0.{trial}.{len(times) % 250}"},
            )
            times.append(time.perf_counter() - start)
            assert answer.status_code == 422
    known, unknown = (statistics.quantiles(times, n=4)[0] for times in took.values())
    assert 0.8 < known / unknown < 1.25


def test_wrong_passwords_delay_and_the_owner_gets_in_within_a_minute(
    app: Flask, people: People
) -> None:
    ingrid, client = people.owner(), app.test_client()
    start = utc_now()
    typed = form_of(client.get("/sign-in")) | {"address": ingrid.address}
    with time_machine.travel(start, tick=False) as clock:
        looked_at = 0
        for _trial in range(45):
            answer = client.post("/sign-in", data=typed | {"password": "wrong password"})
            looked_at += answer.status_code == 422
            clock.shift(0.5)
        assert looked_at < 12
        assert answer.status_code == 429
        assert 0 < int(answer.headers["Retry-After"]) <= 30
        clock.shift(timedelta(seconds=31))
        assert sign_in(client, ingrid).status_code == 303


def test_attacker_elsewhere_does_not_delay_the_owner(app: Flask, people: People) -> None:
    ingrid, client = people.owner(), app.test_client()
    typed = form_of(client.get("/sign-in")) | {
        "address": ingrid.address,
        "password": "wrong password",
    }
    for _trial in range(8):
        client.post("/sign-in", data=typed, environ_base={"REMOTE_ADDR": "203.0.113.9"})
    assert sign_in(app.test_client(), ingrid).status_code == 303


def test_devices_are_listed_and_can_be_ended(app: Flask, people: People) -> None:
    ingrid = people.owner()
    phone, laptop = app.test_client(), app.test_client()
    for client, agent in ((phone, "iPhone Safari"), (laptop, "Windows Firefox")):
        typed = form_of(client.get("/sign-in"))
        typed |= {"address": ingrid.address, "password": PASSWORD}
        client.post("/sign-in", data=typed, headers={"User-Agent": agent})
    page = laptop.get("/settings/devices").get_data(as_text=True)
    assert "Safari · iPhone" in page
    assert page.count("this device") == 1
    end = page.split('action="/settings/devices/')[1].split('"')[0]
    assert press(laptop, "/settings/devices", f"/settings/devices/{end}").status_code == 303
    assert phone.get("/settings").location.startswith("/sign-in")
    assert laptop.get("/settings").status_code == 200


def test_all_other_devices_are_ended_at_once(people: People) -> None:
    ingrid = people.owner()
    here, there = ingrid.new_client(), ingrid.new_client()
    press(here, "/settings/devices", "/settings/devices/end")
    assert there.get("/settings").status_code == 303
    assert here.get("/settings").status_code == 200


def test_somebody_elses_device_does_not_exist(people: People) -> None:
    ingrid, other = people.owner(), people.owner("Other")
    other.new_client()
    page = other.client.get("/settings/devices").get_data(as_text=True)
    end = page.split('action="/settings/devices/')[1].split('"')[0]
    answer = press(ingrid.client, "/settings/devices", f"/settings/devices/{end}")
    assert answer.status_code == 404

"""Leaving quickly: only for owners who want it, and away from everything at once."""

from bs4 import BeautifulSoup
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, text

from portal.core.db import db
from portal.core.work import unit_of_work
from portal.vault.models import Session
from tests.accounts.forms import form_of, press, send
from tests.accounts.test_signing_in import cookie_of, sign_in
from tests.fixtures.application import MakeApp
from tests.fixtures.people import People, SomePerson

PAGES = ("/", "/messages", "/help-now", "/settings", "/nothing-here")


def has_button(client: FlaskClient, path: str = "/") -> bool:
    page = BeautifulSoup(client.get(path).get_data(as_text=True), "html.parser")
    return page.select_one("form.leave button") is not None


def sessions_of(person: SomePerson) -> int:
    with unit_of_work(person.app):
        return len(db.session.scalars(select(Session.id)).all())


def test_the_button_is_there_once_its_owner_wants_it(client: FlaskClient, people: People) -> None:
    sign_in(client, people.owner())
    assert not has_button(client)
    assert send(client, "/settings/leaving", is_wanted="y").location == "/settings"
    without = [path for path in PAGES if not has_button(client, path)]
    assert without == []
    unticked = form_of(client.get("/settings/leaving"))
    assert unticked.pop("is_wanted")
    client.post("/settings/leaving", data=unticked)
    assert not has_button(client)


def test_another_device_knows_it_from_the_next_sign_in(app: Flask, people: People) -> None:
    ingrid, phone, desk = people.owner(), app.test_client(), app.test_client()
    sign_in(phone, ingrid)
    send(phone, "/settings/leaving", is_wanted="y")
    sign_in(desk, ingrid)
    assert has_button(desk)


def test_leaving_ends_the_session_and_says_nothing_of_where_one_was(
    client: FlaskClient, people: People
) -> None:
    ingrid = people.owner()
    sign_in(client, ingrid)
    send(client, "/settings/leaving", is_wanted="y")
    old = cookie_of(client)
    answer = press(client, "/", "/leave")
    words = answer.get_data(as_text=True)
    assert answer.headers["Clear-Site-Data"] == '"cache", "cookies"'
    assert 'content="0; url=https://www.yr.no"' in words
    assert "Tandem" not in words
    assert "Ingrid" not in words
    assert cookie_of(client) is None
    assert sessions_of(ingrid) == 0
    client.set_cookie("tandem", old or "")
    assert client.get("/settings").location.startswith("/sign-in")


def test_who_was_signed_out_meanwhile_leaves_all_the_same(
    client: FlaskClient, people: People
) -> None:
    sign_in(client, people.owner())
    send(client, "/settings/leaving", is_wanted="y")
    page = BeautifulSoup(client.get("/").get_data(as_text=True), "html.parser")
    token = page.select_one("form.leave input[name=csrf_token]")
    assert token is not None
    client.delete_cookie("tandem")
    answer = client.post("/leave", data={"csrf_token": str(token["value"])})
    assert answer.status_code == 200
    assert "https://www.yr.no" in answer.get_data(as_text=True)


def test_a_page_from_before_an_earlier_leaving_takes_one_away_too(
    client: FlaskClient, people: People
) -> None:
    """In another tab without scripts, where the browser has forgotten all its cookies."""
    sign_in(client, people.owner())
    send(client, "/settings/leaving", is_wanted="y")
    page = BeautifulSoup(client.get("/").get_data(as_text=True), "html.parser")
    token = page.select_one("form.leave input[name=csrf_token]")
    assert token is not None
    answer = client.application.test_client().post(
        "/leave", data={"csrf_token": str(token["value"])}
    )
    words = answer.get_data(as_text=True)
    assert answer.status_code == 400
    assert 'content="0; url=https://www.yr.no"' in words
    assert "Tandem" not in words


def test_a_form_from_elsewhere_signs_nobody_out(client: FlaskClient, people: People) -> None:
    sign_in(client, people.owner())
    for answer in (
        client.post("/leave"),
        client.post("/leave", headers={"Origin": "https://elsewhere.example.org"}),
    ):
        assert answer.status_code == 400
        assert "Set-Cookie" not in answer.headers
        assert "Clear-Site-Data" not in answer.headers
    assert client.get("/settings").status_code == 200


def test_while_the_database_is_away_one_leaves_all_the_same(
    client: FlaskClient, people: People
) -> None:
    sign_in(client, people.owner())
    send(client, "/settings/leaving", is_wanted="y")
    token = form_of(client.get("/settings/leaving"))["csrf_token"]
    with unit_of_work(client.application):
        db.session.execute(text("ALTER TABLE sessions RENAME TO sessions_away"))
    answer = client.post("/leave", data={"csrf_token": token})
    words = answer.get_data(as_text=True)
    assert answer.status_code == 503
    assert 'content="0; url=https://www.yr.no"' in words
    assert "Tandem" not in words
    assert cookie_of(client) is None


def test_a_service_says_where_to(make_app: MakeApp) -> None:
    app = make_app(leave_to="https://news.example.org/today")
    client, ingrid = app.test_client(), People(app).owner()
    sign_in(client, ingrid)
    page = client.get("/settings/leaving").get_data(as_text=True)
    assert "opens news.example.org instead" in page
    send(client, "/settings/leaving", is_wanted="y")
    answer = press(client, "/", "/leave").get_data(as_text=True)
    assert "url=https://news.example.org/today" in answer


def test_workers_have_no_such_button(people: People) -> None:
    client = people.worker().client
    assert client.get("/settings/leaving").status_code == 404
    assert "/settings/leaving" not in client.get("/settings").get_data(as_text=True)

"""The page of one's own calendar, without scripts: it explains, makes, shows, renews, ends."""

import re

import pytest

from portal.own_calendar import service
from tests.accounts.forms import press
from tests.fixtures.application import MakeApp
from tests.fixtures.pages import opened
from tests.fixtures.people import People, SomePerson
from tests.own_calendar.conftest import SOON, Town, token_of


def page_of(person: SomePerson) -> str:
    """The page as somebody opens it."""
    return opened(person.client.get("/calendar"))


@pytest.mark.parametrize("who", ["ingrid", "anna"])
def test_owner_and_worker_make_show_and_end_an_address(town: Town, who: str) -> None:
    person: SomePerson = getattr(town, who)
    page = page_of(person)
    assert "Whoever has the address sees when you have an appointment here." in page
    assert "calendar-address" not in page
    assert press(person.client, "/calendar", "/calendar").status_code == 303
    page = page_of(person)
    (field,) = re.findall(r'<input[^>]*id="calendar-address"[^>]*>', page)
    address = f"/calendar/{token_of(person)}.ics"
    assert f'{address}"' in field
    assert " readonly" in field
    links = re.findall(r'href="(\w+)://[^"/]+(/calendar/[^"]+)"', page)
    assert links == [("webcal", address), ("http", address)]
    assert press(person.client, "/calendar", "/calendar/end").status_code == 303
    assert address not in page_of(person)


def test_behind_tls_the_address_is_https(make_app: MakeApp) -> None:
    app = make_app(public_url="https://portal.example.org")
    ingrid = People(app).owner()
    token, client = token_of(ingrid), app.test_client()
    host = "portal.example.org"
    client.set_cookie(ingrid.cookie_name(), ingrid.new_cookie(), domain=host, secure=True)
    page = opened(client.get("/calendar", base_url=f"https://{host}"))
    assert f'value="https://portal.example.org/calendar/{token}.ics"' in page
    assert f'href="webcal://portal.example.org/calendar/{token}.ics"' in page


def test_presses_that_come_twice_lead_on(people: People) -> None:
    ingrid = people.owner()
    csrf = re.findall(r'name="csrf_token" value="([^"]+)"', page_of(ingrid))[0]
    first = ingrid.client.post("/calendar", data={"csrf_token": csrf})
    token = token_of(ingrid)
    second = ingrid.client.post("/calendar", data={"csrf_token": csrf})
    assert first.status_code == second.status_code == 303
    assert token_of(ingrid) == token, "what was given to a calendar stays"
    for _ in range(2):
        assert ingrid.client.post("/calendar/end", data={"csrf_token": csrf}).status_code == 303
    with ingrid.viewing() as viewer:
        assert service.feed_of(viewer) is None
    assert ingrid.client.post("/calendar/new-address", data={"csrf_token": csrf}).status_code == 303
    assert "calendar-address" in page_of(ingrid), "a press on an old page still gives an address"


def test_the_page_is_reached_from_meetings_from_one_meeting_and_from_settings(town: Town) -> None:
    town.meet(town.with_anna, SOON)
    for person in (town.ingrid, town.anna):
        for path in ("/meetings", f"/meetings/{town.with_anna}", "/settings"):
            assert 'href="/calendar"' in opened(person.client.get(path)), path


def test_what_ends_the_address_says_so(town: Town) -> None:
    town.anna.new_cookie()
    for path in ("/settings/password", "/settings/devices", "/settings/second-factor/new"):
        assert "that ends too" in opened(town.anna.client.get(path)), path

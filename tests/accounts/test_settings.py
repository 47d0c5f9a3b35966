"""Name, zone, address: what people change about themselves."""

import re
from collections.abc import Iterator

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from werkzeug.test import TestResponse

from portal.accounts import hooks
from portal.accounts.service import address_of, create_worker, tidy
from portal.accounts.shapes import Letter, LetterKind
from portal.accounts.views.profile import zones_by_place
from portal.core.clock.zones import utc_now
from portal.core.errors import FieldError
from portal.core.work import unit_of_work
from portal.dyads.service import dyads_of
from tests.accounts.forms import press, send
from tests.fixtures.pages import hidden_in, opened
from tests.fixtures.people import PASSWORD, People


@pytest.fixture
def letters(app: Flask) -> Iterator[list[Letter]]:
    """What is sent during the test."""
    sent: list[Letter] = []
    usual = hooks.letters[:]
    hooks.letters[:] = [lambda letter, _now: sent.append(letter)]
    yield sent
    hooks.letters[:] = usual


def test_name_and_zone_can_be_changed(people: People) -> None:
    ingrid = people.owner("Ingrid")
    answer = send(ingrid.client, "/settings/profile", name="Inga", zone="Asia/Tokyo")
    assert answer.status_code == 303
    page = ingrid.client.get("/settings").get_data(as_text=True)
    assert page.count("Inga") == 2
    with ingrid.viewing() as viewer:
        assert viewer.zone.key == "Asia/Tokyo"


def test_zones_stand_by_part_of_the_world_and_ones_own_comes_first(people: People) -> None:
    ingrid = people.owner()
    send(ingrid.client, "/settings/profile", name="Inga", zone="America/Argentina/Salta")
    page = BeautifulSoup(ingrid.client.get("/settings/profile").data, "html.parser")
    places = page.select("select[name=zone] optgroup")
    assert [each["label"] for each in places][:3] == ["America", "Africa", "Asia"]
    chosen = page.select_one("select[name=zone] option[selected]")
    assert chosen is not None
    assert (chosen.text, chosen["value"]) == ("Argentina, Salta", "America/Argentina/Salta")


def test_a_zone_without_a_place_is_offered_to_whoever_has_it() -> None:
    assert zones_by_place("UTC")["UTC"] == [("UTC", "UTC")]
    assert "UTC" not in zones_by_place("Europe/Oslo")


def test_zone_that_does_not_exist_is_refused(people: People) -> None:
    answer = send(people.owner().client, "/settings/profile", zone="Mars/Olympus")
    assert answer.status_code == 422


def test_new_address_counts_once_its_letter_was_opened(
    app: Flask, people: People, letters: list[Letter]
) -> None:
    ingrid = people.owner()
    send(ingrid.client, "/settings/address", address="inga@example.org", password=PASSWORD)
    with unit_of_work(app):
        assert address_of(ingrid.id) == ingrid.address
    path = letters[0].path
    assert "inga@example.org" in ingrid.client.get(path).get_data(as_text=True)
    assert press(ingrid.client, path, path).status_code == 303
    with unit_of_work(app):
        assert address_of(ingrid.id) == "inga@example.org"


def test_the_link_to_a_new_address_pressed_again_says_that_it_is_done(
    app: Flask, people: People, letters: list[Letter]
) -> None:
    ingrid, other = people.owner(), people.owner("Other")
    send(ingrid.client, "/settings/address", address="inga@example.org", password=PASSWORD)
    path = letters[0].path
    form = hidden_in(opened(ingrid.client.get(path)))
    for _each in range(2):
        answer = ingrid.client.post(path, data=form, follow_redirects=True)
        assert "Your new e-mail address counts from now on." in answer.get_data(as_text=True)
    page = ingrid.client.get(path).get_data(as_text=True)
    assert "That is done already. You sign in as inga@example.org." in page
    assert "Yes, use this one" not in page
    assert [each.kind for each in letters].count(LetterKind.ADDRESS_LEFT) == 1
    assert other.client.get(path).status_code == 404


def test_a_used_link_brings_no_older_address_back(
    app: Flask, people: People, letters: list[Letter]
) -> None:
    ingrid = people.owner()
    for address in ("inga@example.org", "ida@example.org"):
        send(ingrid.client, "/settings/address", address=address, password=PASSWORD)
        press(ingrid.client, letters[-1].path, letters[-1].path)
    first = next(each.path for each in letters if each.address == "inga@example.org")
    assert ingrid.client.get(first).status_code == 404
    assert ingrid.client.post(first).status_code in (400, 404)
    with unit_of_work(app):
        assert address_of(ingrid.id) == "ida@example.org"


def test_link_to_a_new_address_is_of_no_use_to_others(
    people: People, letters: list[Letter]
) -> None:
    ingrid, other = people.owner(), people.owner("Other")
    send(ingrid.client, "/settings/address", address="inga@example.org", password=PASSWORD)
    assert other.client.get(letters[0].path).status_code == 404


def without_tokens(answer: TestResponse) -> str:
    """A page apart from what changes from one second to the next."""
    return re.sub(r'value="[^"]*"', "", answer.get_data(as_text=True))


def test_address_of_somebody_else_gets_the_same_page_and_is_never_taken(
    app: Flask, people: People, letters: list[Letter]
) -> None:
    ingrid, other = people.owner(), people.owner("Other")
    page = send(ingrid.client, "/settings/address", address=other.address, password=PASSWORD)
    free = send(ingrid.client, "/settings/address", address="free@example.org", password=PASSWORD)
    assert without_tokens(page) == without_tokens(free)
    path = letters[0].path
    assert press(ingrid.client, path, path).status_code == 409
    with unit_of_work(app):
        assert address_of(ingrid.id) == ingrid.address


def test_administrator_sees_commands_and_nobody_else_does(people: People) -> None:
    page = people.administrator().client.get("/administration").get_data(as_text=True)
    assert "invite-worker" in page
    assert people.worker().client.get("/administration").status_code == 404


def test_first_password_of_a_worker_must_hold_too(app: Flask) -> None:
    with unit_of_work(app), pytest.raises(FieldError):
        create_worker("anna@example.org", "Anna", "password123", utc_now())


def test_what_is_over_is_deleted_and_nothing_else(app: Flask, people: People) -> None:
    ingrid = people.owner()
    ingrid.new_client()
    with unit_of_work(app):
        tidy(utc_now())
    assert ingrid.client.get("/settings").status_code == 200


def test_new_name_reaches_those_who_know_the_person(people: People) -> None:
    ingrid, anna = people.owner("Ingrid"), people.worker("Anna")
    people.dyad(ingrid, anna)
    send(ingrid.client, "/settings/profile", name="Inga", zone="Europe/Oslo")
    with anna.viewing() as viewer:
        assert [card.partner_name for card in dyads_of(viewer)] == ["Inga"]


def test_person_without_a_code_is_told_how_to_get_one(people: People) -> None:
    anna = people.worker()
    assert "none on paper yet" in anna.client.get("/settings").get_data(as_text=True)
    answer = send(anna.client, "/settings/recovery-code", password=PASSWORD)
    assert answer.status_code == 422
    assert "You have no code yet" in answer.get_data(as_text=True)


def test_new_code_can_be_saved_as_a_file_until_it_is_kept(people: People) -> None:
    ingrid = people.owner()
    path = "/settings/recovery-code"
    send(ingrid.client, path, f"{path}/new", password=PASSWORD)
    answer = ingrid.client.get("/recovery-code/file")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="code.txt"'
    groups = answer.get_data(as_text=True).strip().split("-")
    page = ingrid.client.get("/recovery-code").get_data(as_text=True)
    number = int(page.split("Type group ")[1].split(" ")[0])
    assert send(ingrid.client, "/recovery-code", code=groups[number - 1]).status_code == 303
    assert ingrid.client.get("/recovery-code/file").status_code == 404


def test_the_old_mailbox_hears_of_a_new_address(people: People, letters: list[Letter]) -> None:
    """A notice alone would go to the address that counts by then: the thief's."""
    ingrid = people.owner()
    send(ingrid.client, "/settings/address", address="inga@example.org", password=PASSWORD)
    path = letters[0].path
    assert press(ingrid.client, path, path).status_code == 303
    assert letters[1:] == [Letter(ingrid.address, LetterKind.ADDRESS_LEFT, "/sign-in")]


@pytest.mark.parametrize(
    ("page", "to"),
    [
        ("/settings/password", "/settings/password"),
        ("/settings/recovery-code", "/settings/recovery-code"),
        ("/settings/recovery-code", "/settings/recovery-code/new"),
        ("/settings/address", "/settings/address"),
        ("/settings/password", "/settings/second-factor/end"),
    ],
)
def test_a_screen_left_open_is_no_place_to_guess_the_password(
    people: People, page: str, to: str
) -> None:
    ingrid = people.owner()
    more = {"address": "inga@example.org", "new_password": "three green kettles sing"}
    statuses = [
        send(ingrid.client, page, to, password=f"guess {trial}", **more).status_code
        for trial in range(5)
    ]
    assert statuses == [422] * 4 + [429]
    assert send(ingrid.client, page, to, password=PASSWORD, **more).status_code == 429
    assert ingrid.client.get("/settings").status_code == 200
    there = ingrid.app.test_client()
    signed_in = send(there, "/sign-in", address=ingrid.address, password=PASSWORD)
    assert signed_in.status_code == 303


def test_a_mailbox_is_not_flooded_by_somebody_who_is_signed_in(people: People) -> None:
    ingrid = people.owner()
    odd = [
        "victim@example.org",
        "VICTIM@example.org",
        " victim@example.org",
        "victim\u202e@example.org",
    ]
    statuses = [
        send(ingrid.client, "/settings/address", address=each, password=PASSWORD).status_code
        for each in (*odd, odd[0], odd[0])
    ]
    assert statuses == [200] * 5 + [429]

"""The recovery code and the pepper: what opens, what opens once, and what opens nothing."""

import re
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from config import Settings
from portal import create_app
from portal.accounts.rules.codes import groups_of, read_code
from portal.accounts.service.people import set_up_person
from portal.accounts.shapes import ProfileBody
from portal.core.work import unit_of_work
from portal.vault.identity import (
    WrongPassword,
    open_identity,
    open_with_recovery_code,
    recovery_code_of,
)
from portal.vault.viewer import Role
from tests.accounts.forms import send
from tests.fixtures.application import settings_of
from tests.fixtures.people import PASSWORD, People, SomePerson

NEW = "three green kettles sing"


@pytest.fixture
def ingrid(people: People) -> SomePerson:
    """An owner with a recovery code."""
    person = people.owner("Ingrid")
    made = send(
        person.client,
        "/settings/recovery-code",
        "/settings/recovery-code/new",
        password=PASSWORD,
    )
    assert made.location.startswith("/recovery-code")
    return person


def code_of(person: SomePerson) -> str:
    """The person's present code as it is printed."""
    with unit_of_work(person.app):
        return "-".join(groups_of(recovery_code_of(person.id, person.bundle)))


def recover(client: FlaskClient, person: SomePerson, code: str) -> TestResponse:
    """Come back in through the form."""
    return send(client, "/recovery", address=person.address, code=code, new_password=NEW)


def test_code_opens_once_and_gives_a_new_one(app: Flask, ingrid: SomePerson) -> None:
    code, client = code_of(ingrid), app.test_client()
    answer = recover(client, ingrid, code.lower().replace("-", " "))
    assert (answer.status_code, answer.location) == (303, "/recovery-code")
    page = client.get("/recovery-code").get_data(as_text=True)
    assert code_of(ingrid) != code
    assert code_of(ingrid).split("-")[0] in page
    again = recover(app.test_client(), ingrid, code)
    assert again.status_code == 422
    assert "works once" in again.get_data(as_text=True)


def test_recovery_ends_every_device_and_the_old_password(app: Flask, ingrid: SomePerson) -> None:
    there = ingrid.new_client()
    recover(app.test_client(), ingrid, code_of(ingrid))
    assert there.get("/settings").status_code == 303
    old = send(app.test_client(), "/sign-in", address=ingrid.address, password=PASSWORD)
    assert old.status_code == 422
    new = send(app.test_client(), "/sign-in", address=ingrid.address, password=NEW)
    assert new.status_code == 303


def test_code_with_a_slip_of_the_pen_says_so(app: Flask, ingrid: SomePerson) -> None:
    code = code_of(ingrid)
    slip = code[:-1] + ("2" if code[-1] != "2" else "3")
    answer = recover(app.test_client(), ingrid, slip)
    assert answer.status_code == 422
    assert "not a whole recovery code" in answer.get_data(as_text=True)


def test_unknown_address_and_wrong_code_get_the_same_words(
    app: Flask, ingrid: SomePerson, people: People
) -> None:
    other = people.owner("Other")
    other.address = "nobody-77@example.org"
    words = "E-mail and recovery code do not fit"
    assert words in recover(app.test_client(), other, code_of(ingrid)).get_data(as_text=True)
    other.address = "person-2@example.org"
    assert words in recover(app.test_client(), other, code_of(ingrid)).get_data(as_text=True)


def test_code_can_be_printed_again_with_the_password(ingrid: SomePerson) -> None:
    first = code_of(ingrid).split("-")[0]
    refused = send(ingrid.client, "/settings/recovery-code", password="not mine")
    assert refused.status_code == 422
    assert first not in refused.get_data(as_text=True)
    shown = send(ingrid.client, "/settings/recovery-code", password=PASSWORD)
    assert first in shown.get_data(as_text=True)
    assert "<svg" in shown.get_data(as_text=True)


def test_without_the_pepper_nothing_opens(app: Flask, ingrid: SomePerson, tmp_path: Path) -> None:
    """Database and Redis and the right password, on a host with other secrets."""
    code = code_of(ingrid)
    settings: Settings = app.config["SETTINGS"]
    elsewhere = tmp_path / "elsewhere"
    shutil.copytree(settings.home, elsewhere, ignore=shutil.ignore_patterns("secrets"))
    shutil.copytree(settings.secrets_dir, elsewhere / "secrets")
    (elsewhere / "secrets" / "pepper-1").write_text("ab" * 32)
    thief = create_app(settings_of(elsewhere, redis_url=settings.redis_url))
    with unit_of_work(thief):
        with pytest.raises(WrongPassword):
            open_identity(ingrid.id, PASSWORD)
        with pytest.raises(WrongPassword):
            open_with_recovery_code(ingrid.id, read_code(code))
    with unit_of_work(app):
        assert open_identity(ingrid.id, PASSWORD) == ingrid.bundle


def test_the_first_page_reminds_of_a_code_that_nobody_keeps_yet(ingrid: SomePerson) -> None:
    said = "You have not kept it yet."
    assert said in ingrid.client.get("/").get_data(as_text=True)
    page = ingrid.client.get("/recovery-code").get_data(as_text=True)
    asked = re.search(r"group (\d)", page)
    assert asked is not None
    group = code_of(ingrid).split("-")[int(asked[1]) - 1]
    kept = send(ingrid.client, "/recovery-code", code=group)
    assert kept.status_code == 303
    assert said not in ingrid.client.get("/").get_data(as_text=True)
    again = ingrid.app.test_client()
    send(again, "/sign-in", address=ingrid.address, password=PASSWORD)
    assert said not in again.get("/").get_data(as_text=True)


def test_who_has_no_code_at_all_makes_one_first(app: Flask) -> None:
    with unit_of_work(app):
        profile = ProfileBody(name="Per")
        set_up_person("per@example.org", profile, PASSWORD, Role.OWNER, datetime.now(UTC))
    client = app.test_client()
    send(client, "/sign-in", address="per@example.org", password=PASSWORD)
    assert "You have not kept it yet." in client.get("/").get_data(as_text=True)
    assert client.get("/recovery-code").location == "/settings/recovery-code"

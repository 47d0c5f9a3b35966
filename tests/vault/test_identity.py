"""Identities: opened by the right password alone, and every change from outside is refused."""

from dataclasses import replace

import pytest
from flask import Flask
from sqlalchemy import update

from portal.core.db import db
from portal.core.work import unit_of_work
from portal.vault import identity
from portal.vault.house import House, init_house
from portal.vault.identity import Tampered, WrongPassword
from portal.vault.keys import Bundle, Cost
from portal.vault.models import BundleWrap, Identity
from portal.vault.secrets import SecretsMissing, load_or_make_secrets
from tests.fixtures.people import PASSWORD, People


def test_the_password_opens_the_bundle(app: Flask, people: People) -> None:
    ingrid = people.owner()
    with unit_of_work(app):
        assert identity.open_identity(ingrid.id, PASSWORD) == ingrid.bundle
        with pytest.raises(WrongPassword):
            identity.open_identity(ingrid.id, "another password")
        with pytest.raises(WrongPassword):
            identity.open_identity(None, PASSWORD)


def test_a_new_password_opens_the_same_keys_and_the_old_one_nothing(
    app: Flask, people: People
) -> None:
    ingrid = people.owner()
    with unit_of_work(app):
        identity.change_password(ingrid.id, ingrid.bundle, "nine small boats")
    with unit_of_work(app):
        assert identity.open_identity(ingrid.id, "nine small boats") == ingrid.bundle
        with pytest.raises(WrongPassword):
            identity.open_identity(ingrid.id, PASSWORD)


def test_a_recovery_code_opens_until_a_new_one_is_made(app: Flask, people: People) -> None:
    ingrid = people.owner()
    with unit_of_work(app):
        identity.set_recovery_code(ingrid.id, ingrid.bundle, b"first code")
    with unit_of_work(app):
        assert identity.open_with_recovery_code(ingrid.id, b"first code").bundle == ingrid.bundle
        assert identity.recovery_code_of(ingrid.id, ingrid.bundle) == b"first code"
        identity.set_recovery_code(ingrid.id, ingrid.bundle, b"second code")
    with unit_of_work(app):
        with pytest.raises(WrongPassword):
            identity.open_with_recovery_code(ingrid.id, b"first code")
        assert identity.open_with_recovery_code(ingrid.id, b"second code").bundle == ingrid.bundle


def test_a_code_on_paper_outlives_a_new_pepper(app: Flask, people: People) -> None:
    ingrid, kari = people.owner("Ingrid"), people.owner("Kari")
    with unit_of_work(app):
        identity.set_recovery_code(ingrid.id, ingrid.bundle, b"under the first")
    add_pepper(app)
    with unit_of_work(app):
        identity.set_recovery_code(kari.id, kari.bundle, b"under the second")
    with unit_of_work(app):
        for person, code in ((ingrid, b"under the first"), (kari, b"under the second")):
            assert identity.open_with_recovery_code(person.id, code).bundle == person.bundle
            with pytest.raises(WrongPassword):
                identity.open_with_recovery_code(person.id, b"another code")


def test_using_a_code_closes_the_next_one_under_the_newest_pepper(
    app: Flask, people: People
) -> None:
    ingrid = people.owner()
    with unit_of_work(app):
        identity.set_recovery_code(ingrid.id, ingrid.bundle, b"first code")
    add_pepper(app)
    with unit_of_work(app):
        used = identity.open_with_recovery_code(ingrid.id, b"first code")
        identity.use_recovery_code(ingrid.id, used, b"second code")
    house: House = app.extensions["vault"]
    newest = {house.secrets.pepper_id: house.secrets.peppers[house.secrets.pepper_id]}
    init_house(app, replace(house, secrets=replace(house.secrets, peppers=newest)))
    with unit_of_work(app):
        assert identity.open_with_recovery_code(ingrid.id, b"second code").bundle == ingrid.bundle
        with pytest.raises(WrongPassword):
            identity.open_with_recovery_code(ingrid.id, b"first code")


def test_a_code_opens_nothing_once_its_pepper_is_gone(app: Flask, people: People) -> None:
    ingrid = people.owner()
    with unit_of_work(app):
        identity.set_recovery_code(ingrid.id, ingrid.bundle, b"first code")
    house: House = app.extensions["vault"]
    init_house(app, replace(house, secrets=replace(house.secrets, peppers={2: bytes(32)})))
    with unit_of_work(app), pytest.raises(WrongPassword):
        identity.open_with_recovery_code(ingrid.id, b"first code")


def add_pepper(app: Flask) -> None:
    """Let the service begin to use another pepper, beside the one it has."""
    home = app.config["SETTINGS"].home
    (home / "secrets" / "pepper-2").write_text("ab" * 32)
    init_house(app, replace(app.extensions["vault"], secrets=load_or_make_secrets(home)))


def test_without_the_pepper_the_right_password_opens_nothing(app: Flask, people: People) -> None:
    ingrid = people.owner()
    house: House = app.extensions["vault"]
    init_house(app, replace(house, secrets=replace(house.secrets, peppers={1: bytes(32)})))
    with unit_of_work(app), pytest.raises(WrongPassword):
        identity.open_identity(ingrid.id, PASSWORD)


@pytest.mark.parametrize(
    "column",
    ["opening_public", "signing_public", "salt", "verifier", "rounds", "memory_kib", "mac"],
)
def test_an_identity_changed_from_outside_is_refused(
    app: Flask, people: People, column: str
) -> None:
    ingrid = people.owner()
    with unit_of_work(app):
        row = db.session.get_one(Identity, ingrid.id)
        old = getattr(row, column)
        new = old + 1 if isinstance(old, int) else bytes([old[0] ^ 1]) + old[1:]
        db.session.execute(update(Identity).values({column: new}))
    with unit_of_work(app), pytest.raises(Tampered):
        identity.open_identity(ingrid.id, PASSWORD)


def test_a_bundle_of_somebody_else_is_refused(app: Flask, people: People) -> None:
    ingrid = people.owner()
    with unit_of_work(app):
        row = db.session.get_one(Identity, ingrid.id)
        with pytest.raises(Tampered):
            identity.checked_bundle(row, Bundle.make())


def test_a_wrap_moved_to_another_person_does_not_open(app: Flask, people: People) -> None:
    ingrid, mallory = people.owner("Ingrid"), people.owner("Mallory")
    with unit_of_work(app):
        wraps = {row.person_id: row for row in db.session.query(BundleWrap).all()}
        wraps[ingrid.id].wrapped = wraps[mallory.id].wrapped
    with unit_of_work(app), pytest.raises(Tampered):
        identity.open_identity(ingrid.id, PASSWORD)


def test_the_short_code_is_the_same_from_both_sides(app: Flask, people: People) -> None:
    ingrid, anna = people.owner(), people.worker()
    with unit_of_work(app):
        keys = identity.public_keys([ingrid.id, anna.id])
        code = identity.short_code(keys[ingrid.id], keys[anna.id])
        assert code == identity.short_code(keys[anna.id], keys[ingrid.id])
        assert len(code.replace(" ", "")) == 8


def test_a_password_below_the_floor_is_refused(app: Flask) -> None:
    house: House = app.extensions["vault"]
    with pytest.raises(ValueError, match="cost more"):
        init_house(app, replace(house, cost=Cost(1, 8), floor=Cost()))


def test_a_home_that_lost_a_secret_is_refused_loudly(app: Flask) -> None:
    home = app.config["SETTINGS"].home
    (home / "secrets" / "pepper-1").unlink()
    with pytest.raises(SecretsMissing):
        load_or_make_secrets(home)

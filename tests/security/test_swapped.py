"""A sealed body that was moved opens nowhere else, and keys that were exchanged open nothing.

Source: OWASP ASVS 5.0, 11.1 and 11.3. Whoever can write to the database can delete and roll back;
they cannot re-address or plant words. What is tried here: every two rows of the whole portal.
"""

import logging
from collections.abc import Callable

import msgspec
import pytest
from sqlalchemy import select, text

from portal.core.db import db
from portal.core.errors import NotVisible
from portal.core.work import unit_of_work
from portal.vault.box import Box, SealedFields
from portal.vault.keys import Bundle, seal_to
from portal.vault.models import Identity, Part, WrappedKey
from portal.vault.sealed import SealedRow, sealed_tables
from portal.vault.viewer import Viewer
from tests.access.scene import Scene
from tests.fixtures.people import SomePerson
from tests.security.forms import walk

NOT_IN_THE_TOWN = {"agreement_points", "away_notes", "drafts", "factors", "kept_letters"}
Place = tuple[type[SealedRow], SealedFields]


class Anything(msgspec.Struct):
    """Opens whatever a body holds."""


@pytest.fixture
def rows(scene: Scene) -> list[Place]:
    """Every sealed row of the town, with its table."""
    with unit_of_work(scene.app):
        found = []
        for table in sealed_tables():
            columns = [getattr(table, name) for name in SealedFields._fields]
            said = db.session.execute(select(*columns).order_by(table.id))
            found += [(table, SealedFields(*row)) for row in said]
    return found


def opens(box: Box, table: type[SealedRow], row: SealedFields) -> bool:
    """Does a row open for somebody?"""
    try:
        box.open(row, Anything, table=table)
    except NotVisible:
        return False
    return True


def all_keys(scene: Scene, viewer: Viewer) -> Box:
    """The box of somebody who looked at everything of theirs."""
    pairs = (scene.with_anna, scene.with_per, scene.with_ola)
    viewer.box.prefetch(*((dyad_id, Part.DYAD) for dyad_id in pairs))
    return viewer.box


def everybody(scene: Scene) -> list[SomePerson]:
    """All people of the town."""
    return [scene.ingrid, scene.kari, scene.anna, scene.per, scene.ola, scene.ada]


def test_the_town_has_rows_in_nearly_every_sealed_table(rows: list[Place]) -> None:
    empty = {each.__tablename__ for each in sealed_tables()} - {t.__tablename__ for t, _ in rows}
    assert empty <= NOT_IN_THE_TOWN


def test_every_row_opens_for_somebody_where_it_is(scene: Scene, rows: list[Place]) -> None:
    left = [*rows]
    for person in everybody(scene):
        with person.viewing() as viewer:
            box = all_keys(scene, viewer)
            left = [(table, row) for table, row in left if not opens(box, table, row)]
    assert left == []


@pytest.mark.parametrize("who", ["ingrid", "anna"])
def test_no_body_opens_in_the_place_of_another(
    scene: Scene, rows: list[Place], who: str, caplog: pytest.LogCaptureFixture
) -> None:
    person: SomePerson = getattr(scene, who)
    tried, found = 0, []
    with person.viewing() as viewer, caplog.at_level(logging.ERROR):
        box = all_keys(scene, viewer)
        mine = [(table, row) for table, row in rows if opens(box, table, row)]
        caplog.clear()
        for table, row in mine:
            for other, moved in mine:
                if moved.sealed != row.sealed:
                    there = row._replace(sealed=moved.sealed, data_key_id=moved.data_key_id)
                    tried += 1
                    if opens(box, table, there):
                        found.append((other.__tablename__, table.__tablename__))
        assert found == []
        assert tried > 100
        assert caplog.text.count("sealed row does not open") == tried


def test_pages_of_rows_whose_bodies_were_exchanged_are_clean(
    scene: Scene, rows: list[Place]
) -> None:
    with unit_of_work(scene.app):
        for table in sealed_tables():
            here = [row for each, row in rows if each is table]
            for row, other in zip(here, [*here[1:], *here[:1]], strict=True):
                db.session.connection().execute(
                    table.__table__.update()  # type: ignore[attr-defined]  # a table of ours
                    .where(table.id == row.id)
                    .values(sealed=other.sealed, data_key_id=other.data_key_id)
                )
    for role in ("owner", "worker"):
        broken = [
            answer.request.path
            for answer in walk(scene, role, scene.client(role))
            if answer.status_code >= 500 and answer.request.path != "/readyz"
        ]
        assert broken == []


def plant_key(row: WrappedKey, scene: Scene) -> None:
    """Seal another key to the owner, as anybody could who knows the public key."""
    row.sealed = seal_to(scene.ingrid.bundle.opening_public, bytes(range(32)))


def change_signature(row: WrappedKey, _scene: Scene) -> None:
    """Let somebody else have signed."""
    row.signature = Bundle.make().sign(b"anything")


def change_signer(row: WrappedKey, scene: Scene) -> None:
    """Say that somebody else handed the key over."""
    row.signer_id = scene.kari.id


@pytest.mark.parametrize("change", [plant_key, change_signature, change_signer])
def test_a_key_that_was_exchanged_opens_nothing(
    scene: Scene,
    rows: list[Place],
    change: Callable[[WrappedKey, Scene], None],
    caplog: pytest.LogCaptureFixture,
) -> None:
    with unit_of_work(scene.app):
        held = select(WrappedKey).where(WrappedKey.holder_id == scene.ingrid.id)
        for row in db.session.scalars(held).all():
            change(row, scene)
    with scene.ingrid.viewing() as viewer:
        box = all_keys(scene, viewer)
        assert [table for table, row in rows if opens(box, table, row)] == []
    assert "wrapped key refused" in caplog.text
    assert "Mornings" not in caplog.text
    page = scene.client("owner").get("/")
    assert page.status_code < 500
    assert "Mornings" not in page.get_data(as_text=True)


@pytest.mark.parametrize(
    "change",
    [
        "opening_public = x'00'",
        "signing_public = x'00'",
        "salt = x'00112233445566778899aabbccddeeff'",
        "rounds = 1, memory_kib = 8",
        "verifier = x'00'",
        "pepper_id = 7",
    ],
)
def test_an_identity_that_was_exchanged_lets_nobody_in(scene: Scene, change: str) -> None:
    with unit_of_work(scene.app):
        assert db.session.get(Identity, scene.ingrid.id) is not None
        db.session.execute(text(f"UPDATE identities SET {change}"))
    client = scene.app.test_client()
    page = client.get("/sign-in").get_data(as_text=True)
    token = page.partition('name="csrf_token"')[2].partition('value="')[2].partition('"')[0]
    form = {
        "address": scene.ingrid.address,
        "password": scene.ingrid.password,
        "csrf_token": token,
    }
    answer = client.post("/sign-in", data=form)
    assert answer.status_code in (422, 500)
    assert client.get_cookie(scene.ingrid.cookie_name()) is None

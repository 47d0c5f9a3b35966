"""The box: rows open for who holds their key, in their own place, and nowhere else."""

import logging
from datetime import UTC, datetime
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import delete, select, update

from portal.core.db import db
from portal.core.errors import NotVisible
from portal.core.row_ids import new_id
from portal.core.work import unit_of_work
from portal.drafts.models import Draft
from portal.drafts.shapes import DraftBody
from portal.vault import keyring
from portal.vault.box import Box
from portal.vault.identity import public_keys
from portal.vault.keys import fingerprint, seal_to
from portal.vault.models import Audience, DataKey, Identity, Part, WrappedKey
from tests.fixtures.people import People, SomePerson

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
WORDS = DraftBody({"text": ["the buses before ten"]})


def write(person: SomePerson, place: str = "here", audience: Audience = Audience.ONLY_ME) -> UUID:
    """Seal some words of a person; gives the row's id."""
    with person.viewing(NOW) as viewer:
        row = Draft(id=new_id(), owner_id=person.id, place=place)
        key = viewer.box.own_key(Part.DRAFTS, audience, now=NOW)
        viewer.box.seal(row, WORDS, key, now=NOW)
        db.session.add(row)
        return row.id


def read(person: SomePerson, row_id: UUID) -> DraftBody:
    """Open them again, as somebody."""
    with person.viewing(NOW) as viewer:
        return viewer.box.open(db.session.get_one(Draft, row_id), DraftBody)


def test_own_words_open_for_their_owner_and_for_nobody_else(people: People) -> None:
    ingrid, anna = people.owner(), people.worker()
    row_id = write(ingrid)
    assert read(ingrid, row_id) == WORDS
    with pytest.raises(NotVisible):
        read(anna, row_id)


def test_words_open_when_loaded_as_plain_columns(people: People) -> None:
    ingrid = people.owner()
    write(ingrid)
    columns = (Draft.id, Draft.owner_id, Draft.data_key_id, Draft.author_id, Draft.sealed)
    with ingrid.viewing(NOW) as viewer:
        row = db.session.execute(select(*columns)).one()
        assert viewer.box.open(row, DraftBody, table=Draft) == WORDS


def test_a_handed_over_key_opens_and_its_loss_closes(people: People) -> None:
    ingrid, anna = people.owner(), people.worker()
    row_id = write(ingrid, audience=Audience.SHARED)
    hand_over(ingrid, anna)
    assert read(anna, row_id) == WORDS
    with ingrid.viewing(NOW):
        db.session.execute(delete(WrappedKey).where(WrappedKey.holder_id == anna.id))
    with pytest.raises(NotVisible):
        read(anna, row_id)


@pytest.mark.parametrize("column", ["sealed", "owner_id", "author_id", "data_key_id"])
def test_sealed_fields_swapped_between_rows_do_not_open(
    people: People, column: str, caplog: pytest.LogCaptureFixture
) -> None:
    ingrid, kari = people.owner("Ingrid"), people.owner("Kari")
    mine, other = write(ingrid, "one"), write(kari, "two")
    if column == "sealed":
        other = write(ingrid, "three")
    with ingrid.viewing(NOW):
        value = getattr(db.session.get_one(Draft, other), column)
        db.session.execute(update(Draft).where(Draft.id == mine).values({column: value}))
    with caplog.at_level(logging.ERROR), pytest.raises(NotVisible):
        read(ingrid, mine)
    if column != "data_key_id":
        assert any(record.message == "sealed row does not open" for record in caplog.records)
    assert "buses" not in caplog.text


def test_a_key_planted_by_an_attacker_is_refused(
    app: Flask, people: People, caplog: pytest.LogCaptureFixture
) -> None:
    ingrid, mallory = people.owner("Ingrid"), people.owner("Mallory")
    write(ingrid, audience=Audience.SHARED)
    known = bytes(32)
    with mallory.viewing(NOW) as attacker:
        row = db.session.scalars(
            select(WrappedKey)
            .join(DataKey, DataKey.id == WrappedKey.data_key_id)
            .where(WrappedKey.holder_id == ingrid.id, DataKey.part == Part.DRAFTS)
        ).one()
        public = ingrid.bundle.opening_public
        row.sealed = seal_to(public, known)
        row.signature = attacker.box.sign(b"anything " + fingerprint(known, b"data key"))
    with caplog.at_level(logging.ERROR), ingrid.viewing(NOW) as viewer:
        viewer.box.prefetch((ingrid.id, Part.DRAFTS))
        with pytest.raises(NotVisible):
            viewer.box.shared_key(ingrid.id, Part.DRAFTS)
    assert "wrapped key refused" in caplog.text


def test_a_key_signed_by_its_attacker_in_their_own_name_is_refused(people: People) -> None:
    ingrid, mallory = people.owner("Ingrid"), people.owner("Mallory")
    row_id = write(ingrid, audience=Audience.SHARED)
    with mallory.viewing(NOW) as attacker:
        planted = keyring.make_key(
            attacker.box.bundle_for_rewrap(),
            owner_id=mallory.id,
            part=Part.DRAFTS,
            audience=Audience.SHARED,
            now=NOW,
        )
        keyring.hand_over(attacker.box.bundle_for_rewrap(), planted, identity_of(ingrid))
        db.session.flush()
        db.session.execute(
            update(DataKey)
            .where(DataKey.id == planted.id)
            .values(owner_id=ingrid.id, scope_id=ingrid.id, epoch=9)
        )
    with ingrid.viewing(NOW) as viewer:
        newest = viewer.box.own_key(Part.DRAFTS, Audience.SHARED, now=NOW)
        assert newest.id != planted.id
    assert read(ingrid, row_id) == WORDS


def test_moving_a_row_changes_who_can_open_it(people: People) -> None:
    ingrid, anna = people.owner(), people.worker()
    row_id = write(ingrid)
    hand_over(ingrid, anna)
    with ingrid.viewing(NOW) as viewer:
        row = db.session.get_one(Draft, row_id)
        viewer.box.move(row, viewer.box.own_key(Part.DRAFTS, Audience.SHARED, now=NOW))
    assert read(anna, row_id) == WORDS
    with ingrid.viewing(NOW) as viewer:
        row = db.session.get_one(Draft, row_id)
        viewer.box.move(row, viewer.box.own_key(Part.DRAFTS, Audience.ONLY_ME, now=NOW))
    with pytest.raises(NotVisible):
        read(anna, row_id)


def test_a_box_shows_no_key_when_it_is_printed(app: Flask, people: People) -> None:
    ingrid = people.owner()
    with unit_of_work(app):
        assert repr(Box(ingrid.id, ingrid.bundle)) == "<Box>"


def hand_over(owner: SomePerson, holder: SomePerson) -> None:
    """Give a holder the owner's shared key."""
    with owner.viewing(NOW) as viewer:
        key = viewer.box.own_key(Part.DRAFTS, Audience.SHARED, now=NOW)
        keyring.hand_over(viewer.box.bundle_for_rewrap(), key, identity_of(holder))


def identity_of(person: SomePerson) -> Identity:
    """A person's public keys."""
    return public_keys([person.id])[person.id]

"""Keys that others handed over are closed by their holder's own key from the next sign-in on."""

from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select, update

from portal.access.service import keep_handed_keys, revoke
from portal.accounts import hooks
from portal.core.db import db
from portal.core.errors import NotVisible
from portal.core.work import unit_of_work
from portal.vault.keyring import SEALED_BOX_BYTES
from portal.vault.models import DataKey, Part, WrappedKey
from tests.access.test_sharing import NOW, PART, seen_by, share, write
from tests.fixtures.people import People, SomePerson


def held_by(person: SomePerson) -> dict[UUID, WrappedKey]:
    with unit_of_work(person.app):
        rows = db.session.scalars(select(WrappedKey).where(WrappedKey.holder_id == person.id)).all()
        db.session.expunge_all()
        return {row.data_key_id: row for row in rows}


def boxes_of(person: SomePerson) -> list[WrappedKey]:
    return [row for row in held_by(person).values() if len(row.sealed) == SEALED_BOX_BYTES]


def spoil(person: SomePerson, data_key_id: UUID, sealed: bytes) -> None:
    with unit_of_work(person.app):
        db.session.execute(
            update(WrappedKey)
            .where(WrappedKey.holder_id == person.id, WrappedKey.data_key_id == data_key_id)
            .values(sealed=sealed)
        )


def sign_in(person: SomePerson) -> None:
    with person.viewing(NOW) as viewer:
        hooks.signed_in(viewer)


def test_after_a_sign_in_no_key_lies_in_a_box_and_all_open(app_on_each: Flask) -> None:
    people = People(app_on_each)
    ingrid, anna = people.owner(), people.worker()
    write(ingrid, "for both")
    share(ingrid, anna)
    dyad_id = people.dyad(ingrid, anna)
    given = boxes_of(anna)
    assert given
    sign_in(anna)
    assert not boxes_of(anna)
    now = held_by(anna)
    for before in given:
        kept = now[before.data_key_id]
        assert (kept.signer_id, kept.signature) == (before.signer_id, before.signature)
    assert seen_by(anna, ingrid) == {"for both"}
    with anna.viewing(NOW) as viewer:
        viewer.box.dyad_key(dyad_id, between=frozenset((ingrid.id, anna.id)))


def test_a_box_that_does_not_hold_good_stays_and_takes_nothing_along(people: People) -> None:
    ingrid, anna = people.owner(), people.worker()
    write(ingrid, "for both")
    share(ingrid, anna)
    share(people.owner("Kari"), anna)
    damaged = boxes_of(anna)[0].data_key_id
    spoil(anna, damaged, bytes(SEALED_BOX_BYTES))
    sign_in(anna)
    assert [row.data_key_id for row in boxes_of(anna)] == [damaged]


def test_a_note_of_a_pair_that_does_not_open_keeps_no_worker_out(people: People) -> None:
    ingrid, anna = people.owner(), people.worker()
    people.dyad(ingrid, anna)
    with unit_of_work(anna.app):
        own = select(DataKey.id).where(DataKey.owner_id == anna.id, DataKey.part == Part.PROFILE)
        spoilt = db.session.scalars(own).all()
    assert spoilt
    for data_key_id in spoilt:
        spoil(anna, data_key_id, b"damaged")
    sign_in(anna)


def test_a_key_kept_by_oneself_still_needs_its_givers_signature(people: People) -> None:
    ingrid, anna = people.owner(), people.worker()
    write(ingrid, "for both")
    share(ingrid, anna)
    sign_in(anna)
    with unit_of_work(ingrid.app):
        db.session.execute(
            update(WrappedKey).where(WrappedKey.holder_id == anna.id).values(signature=bytes(64))
        )
    with pytest.raises(NotVisible):
        seen_by(anna, ingrid)


def test_a_key_kept_by_oneself_opens_for_nobody_else_and_no_other_key(people: People) -> None:
    ingrid, anna, per = people.owner(), people.worker(), people.worker("Per")
    write(ingrid, "for both")
    share(ingrid, anna)
    share(ingrid, per)
    sign_in(anna)
    kept = [row for row in held_by(anna).values() if row.signer_id == ingrid.id]
    assert kept
    for row in kept:
        spoil(per, row.data_key_id, row.sealed)
    with pytest.raises(NotVisible):
        seen_by(per, ingrid)


def test_signing_in_again_writes_nothing_more(people: People) -> None:
    ingrid, anna = people.owner(), people.worker()
    write(ingrid, "for both")
    share(ingrid, anna)
    sign_in(anna)
    before = {key: row.sealed for key, row in held_by(anna).items()}
    with anna.viewing(NOW) as viewer:
        keep_handed_keys(viewer)
    assert {key: row.sealed for key, row in held_by(anna).items()} == before


def test_what_is_taken_back_after_it_was_kept_is_gone(people: People) -> None:
    ingrid, anna = people.owner(), people.worker()
    write(ingrid, "for both")
    share(ingrid, anna)
    sign_in(anna)
    with ingrid.viewing(NOW) as viewer:
        revoke(viewer, anna.id, PART)
    assert seen_by(anna, ingrid) == set()
    assert not [row for row in held_by(anna).values() if row.signer_id == ingrid.id]

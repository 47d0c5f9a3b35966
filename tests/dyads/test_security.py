"""What somebody with the database in their hands can do to a pair, and what an end takes away."""

import logging
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from sqlalchemy import delete, select, update

from portal.access.service import grants_of, rotate_stale
from portal.core.db import db
from portal.core.errors import Conflict, NotAllowed, NotVisible
from portal.core.row_ids import new_id
from portal.dyads.invitations.service import accept, invite
from portal.dyads.invitations.shapes import NewInvitation
from portal.dyads.models import Dyad, Pin
from portal.dyads.service import (
    confirm_code,
    dyad_for,
    dyad_key,
    dyads_of,
    end_dyad,
    goodbyes_of,
    remember_partners,
    share_part,
    short_code,
    unshare_part,
)
from portal.vault import identity, keyring
from portal.vault.keys import Bundle
from portal.vault.models import Audience, DataKey, Identity, Part, WrappedKey
from portal.vault.viewer import Viewer
from tests.accounts.forms import send
from tests.fixtures.people import People, SomePerson

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)


def give_other_keys(person: SomePerson) -> None:
    """Put other public keys in somebody's place, as the holder of the server's key could."""
    with person.viewing():
        row = db.session.get_one(Identity, person.id)
        stranger = Bundle.make()
        row.opening_public, row.signing_public = stranger.opening_public, stranger.signing_public
        row.mac = identity._mac(row)


def asked_by_worker(owner: SomePerson, worker: SomePerson) -> UUID:
    """A pair whose worker sent the invitation, so that the owner made its key."""
    with worker.viewing() as viewer:
        token = invite(viewer, NewInvitation(owner.address, worker.name)).token
    with owner.viewing() as viewer:
        found = accept(viewer, token, name=owner.name)
    assert found is not None
    return found


def epochs(owner: SomePerson, part: Part) -> list[int]:
    with owner.viewing():
        found = select(DataKey.epoch).where(
            DataKey.scope_id == owner.id, DataKey.part == part, DataKey.audience == Audience.SHARED
        )
        return list(db.session.scalars(found))


def keys_of(person: SomePerson, scope_id: UUID) -> int:
    with person.viewing():
        held = (
            select(WrappedKey.data_key_id)
            .join(DataKey, DataKey.id == WrappedKey.data_key_id)
            .where(WrappedKey.holder_id == person.id, DataKey.scope_id == scope_id)
        )
        return len(db.session.scalars(held).all())


def test_names_moved_to_another_pair_do_not_open(
    people: People, caplog: pytest.LogCaptureFixture
) -> None:
    ingrid, anna, bjorn = people.owner(), people.worker("Anna"), people.worker("Bjørn")
    dyad_id = people.dyad(ingrid, anna)
    people.dyad(ingrid, bjorn)
    with ingrid.viewing():
        one, other = db.session.scalars(select(Dyad).order_by(Dyad.id)).all()
        one.sealed, other.sealed = other.sealed, one.sealed
    with ingrid.viewing() as viewer:
        cards = dyads_of(viewer)
        assert {str(card.worker_name) for card in cards} == {"Somebody"}
        assert not any(card.may_write for card in cards)
        with pytest.raises(Conflict, match="cannot be sure"):
            dyad_key(viewer, dyad_id)
    assert "sealed row does not open" in caplog.text
    with anna.viewing() as viewer:
        assert dyads_of(viewer) == []
        with pytest.raises(NotVisible):
            dyad_for(viewer, dyad_id)


def test_other_keys_in_the_partners_place_stop_writing_and_sharing(
    people: People, caplog: pytest.LogCaptureFixture
) -> None:
    ingrid, anna = people.owner(), people.worker()
    dyad_id = asked_by_worker(ingrid, anna)
    give_other_keys(anna)
    caplog.set_level(logging.ERROR)
    with ingrid.viewing() as viewer:
        assert not dyad_for(viewer, dyad_id).may_write
        verbs: list[Callable[[Viewer, UUID], object]] = [short_code, confirm_code, dyad_key]
        for verb in verbs:
            with pytest.raises(Conflict, match="cannot be sure"):
                verb(viewer, dyad_id)
        with pytest.raises(Conflict, match="cannot be sure"):
            share_part(viewer, dyad_id, Part.GOALS)
        assert grants_of(viewer) == []
    assert "partner's keys are not the pinned ones" in caplog.text
    assert ingrid.client.get(f"/dyads/{dyad_id}/code").status_code == 409


def test_what_the_partner_signed_does_not_open_under_other_keys(people: People) -> None:
    ingrid, anna = people.owner(), people.worker()
    dyad_id = people.dyad(ingrid, anna)
    give_other_keys(anna)
    with ingrid.viewing() as viewer:
        with pytest.raises(NotVisible):
            viewer.box.dyad_key(dyad_id, between=frozenset((ingrid.id, anna.id)))
        with pytest.raises(Conflict, match="cannot be sure"):
            dyad_key(viewer, dyad_id)


def test_an_identity_that_this_server_did_not_write_is_refused(people: People) -> None:
    ingrid, anna = people.owner(), people.worker()
    dyad_id = people.dyad(ingrid, anna)
    with ingrid.viewing():
        other = update(Identity).where(Identity.person_id == anna.id)
        db.session.execute(other.values(opening_public=Bundle.make().opening_public))
    with ingrid.viewing() as viewer:
        assert not dyad_for(viewer, dyad_id).is_trusted
        with pytest.raises(Conflict, match="cannot be sure"):
            dyad_key(viewer, dyad_id)


def test_a_pin_that_was_taken_away_or_swapped_is_missed(people: People) -> None:
    ingrid, anna, bjorn = people.owner(), people.worker("Anna"), people.worker("Bjørn")
    first = people.dyad(ingrid, anna)
    second = people.dyad(ingrid, bjorn)
    with ingrid.viewing():
        spare = new_id()
        for new, old in ((spare, first), (first, second), (second, spare)):
            mine = (Pin.owner_id == ingrid.id, Pin.dyad_id == old)
            db.session.execute(update(Pin).where(*mine).values(dyad_id=new))
    with ingrid.viewing() as viewer:
        assert [card.is_trusted for card in dyads_of(viewer)] == [False, False]
        db.session.execute(delete(Pin).where(Pin.owner_id == ingrid.id))
        assert [card.is_trusted for card in dyads_of(viewer)] == [False, False]


def test_a_key_that_a_stranger_planted_in_a_pair_is_not_used(people: People) -> None:
    ingrid, anna, eve = people.owner(), people.worker("Anna"), people.worker("Eve")
    dyad_id = people.dyad(ingrid, anna)
    with eve.viewing(NOW) as viewer:
        planted = keyring.make_key(
            viewer.box.bundle_for_rewrap(),
            owner_id=eve.id,
            partner_id=ingrid.id,
            scope_id=dyad_id,
            part=Part.DYAD,
            audience=Audience.DYAD,
            epoch=2,
            now=NOW,
        )
    with ingrid.viewing() as viewer:
        key = dyad_key(viewer, dyad_id)
        assert key.id != planted.id
        assert key.epoch == 1


def test_both_see_the_same_code_and_both_confirm_it(people: People) -> None:
    ingrid, anna = people.owner(), people.worker()
    dyad_id = people.dyad(ingrid, anna)
    codes = set()
    for person in (ingrid, anna):
        with person.viewing() as viewer:
            codes.add(short_code(viewer, dyad_id))
            confirm_code(viewer, dyad_id)
    assert len(codes) == 1
    with ingrid.viewing() as viewer:
        assert dyad_for(viewer, dyad_id).is_code_confirmed


def test_an_end_by_the_owner_takes_everything_from_the_worker_at_once(people: People) -> None:
    ingrid, anna, bjorn = people.owner(), people.worker("Anna"), people.worker("Bjørn")
    dyad_id, other = people.dyad(ingrid, anna), people.dyad(ingrid, bjorn)
    for each in (dyad_id, other):
        with ingrid.viewing() as viewer:
            share_part(viewer, each, Part.GOALS)
    tab = anna.client
    assert tab.get(f"/dyads/{dyad_id}").status_code == 200
    with ingrid.viewing() as viewer:
        end_dyad(viewer, dyad_id)
    assert tab.get(f"/dyads/{dyad_id}").status_code == 404
    assert keys_of(anna, dyad_id) == keys_of(anna, ingrid.id) == 0
    assert epochs(ingrid, Part.GOALS) == [2]
    assert keys_of(bjorn, ingrid.id) == 1
    with ingrid.viewing() as viewer:
        assert not dyad_for(viewer, dyad_id).is_live
        end_dyad(viewer, dyad_id)
        with pytest.raises(Conflict):
            share_part(viewer, dyad_id, Part.GOALS)
    assert epochs(ingrid, Part.GOALS) == [2]


def test_an_end_by_the_worker_asks_for_new_keys_at_the_owners_next_sign_in(people: People) -> None:
    ingrid, anna = people.owner(), people.worker()
    dyad_id = people.dyad(ingrid, anna)
    with ingrid.viewing() as viewer:
        share_part(viewer, dyad_id, Part.GOALS)
    with anna.viewing() as viewer:
        end_dyad(viewer, dyad_id)
    assert keys_of(anna, ingrid.id) == 0
    with ingrid.viewing() as viewer:
        assert grants_of(viewer) == []
        assert epochs(ingrid, Part.GOALS) == [1]
        with pytest.raises(Conflict):
            end_dyad(viewer, dyad_id)
        rotate_stale(viewer)
    assert epochs(ingrid, Part.GOALS) == [2]


def test_the_worker_reads_who_ended_it_for_a_month(people: People) -> None:
    ingrid, anna = people.owner("Ingrid"), people.worker()
    dyad_id = people.dyad(ingrid, anna, NOW)
    with ingrid.viewing(NOW) as viewer:
        end_dyad(viewer, dyad_id)
    with anna.viewing(NOW + timedelta(days=29)) as viewer:
        [goodbye] = goodbyes_of(viewer)
        assert (goodbye.partner_name, goodbye.ended_by_me) == ("Ingrid", False)
    with anna.viewing(NOW + timedelta(days=31)) as viewer:
        assert goodbyes_of(viewer) == []


def test_a_worker_who_invited_reads_a_name_too(people: People) -> None:
    """Their own note of the pair has no name until they sign in and see who said yes."""
    ingrid, anna = people.owner("Ingrid"), people.worker()
    dyad_id = asked_by_worker(ingrid, anna)
    signed_in = send(
        anna.app.test_client(), "/sign-in", address=anna.address, password=anna.password
    )
    assert signed_in.status_code == 303
    with anna.viewing() as viewer:
        remember_partners(viewer)
    with ingrid.viewing() as viewer:
        end_dyad(viewer, dyad_id)
    with anna.viewing() as viewer:
        assert [goodbye.partner_name for goodbye in goodbyes_of(viewer)] == ["Ingrid"]


def test_unsharing_one_part_leaves_the_pair(people: People) -> None:
    ingrid, anna = people.owner(), people.worker()
    dyad_id = people.dyad(ingrid, anna)
    with ingrid.viewing() as viewer:
        share_part(viewer, dyad_id, Part.GOALS)
        share_part(viewer, dyad_id, Part.GOALS)
    assert keys_of(anna, ingrid.id) == 1
    with ingrid.viewing() as viewer:
        unshare_part(viewer, dyad_id, Part.GOALS)
    assert keys_of(anna, ingrid.id) == 0
    with anna.viewing() as viewer:
        assert dyad_for(viewer, dyad_id).may_write


def test_only_the_owner_shares(people: People) -> None:
    ingrid, anna = people.owner(), people.worker()
    dyad_id = people.dyad(ingrid, anna)
    for verb in (share_part, unshare_part):
        with anna.viewing() as viewer, pytest.raises(NotAllowed):
            verb(viewer, dyad_id, Part.GOALS)

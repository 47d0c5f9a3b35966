"""Keys that somebody else planted for an owner open none of the owner's rows.

Whoever can write to the database and has an account here can sign with keys of their own. That
makes them the giver of nothing but their own parts and the keys of their own pairs.
"""

from datetime import UTC, datetime
from uuid import UUID

import msgspec
import pytest

from portal.core.db import db
from portal.core.errors import NotVisible
from portal.core.row_ids import new_id
from portal.drafts.models import Draft
from portal.drafts.shapes import DraftBody
from portal.vault import keyring
from portal.vault.canonical import canonical
from portal.vault.envelope import close
from portal.vault.models import Audience, Part
from tests.fixtures.people import People, SomePerson

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)


def plant(
    eve: SomePerson, owner: SomePerson, *, part: Part, audience: Audience, key_of: SomePerson
) -> UUID:
    """Words under a key of Eve's, written into the place of words that their owner wrote."""
    with eve.viewing(NOW) as viewer:
        key = keyring.make_key(
            viewer.box.bundle_for_rewrap(),
            owner_id=key_of.id,
            signer_id=eve.id,
            partner_id=eve.id if key_of is owner else owner.id,
            scope_id=key_of.id,
            part=part,
            audience=audience,
            epoch=9,
            now=NOW,
        )
        return put_in(owner, key)


def put_in(owner: SomePerson, key: keyring.KeyHandle) -> UUID:
    """A row that looks as if its owner had written it, under somebody's key."""
    row = Draft(id=new_id(), owner_id=owner.id, place="here", author_id=owner.id)
    row.made_at = row.changed_at = NOW
    row.data_key_id = key.id
    place = canonical("drafts", row.id, owner.id, key.id, owner.id)
    row.sealed = close(key.secret, msgspec.msgpack.encode(DraftBody({"text": ["planted"]})), place)
    db.session.add(row)
    return row.id


@pytest.mark.parametrize("part", [Part.DRAFTS, Part.DYAD])
@pytest.mark.parametrize("audience", list(Audience))
@pytest.mark.parametrize("whose", ["theirs", "her own"])
def test_words_under_a_strangers_key_do_not_open(
    people: People, part: Part, audience: Audience, whose: str
) -> None:
    ingrid, eve = people.owner(), people.worker("Eve")
    key_of = ingrid if whose == "theirs" else eve
    row_id = plant(eve, ingrid, part=part, audience=audience, key_of=key_of)
    for is_found_before in (False, True):
        with ingrid.viewing(NOW) as viewer:
            if is_found_before:
                viewer.box.prefetch((key_of.id, part))
            with pytest.raises(NotVisible):
                viewer.box.open(db.session.get_one(Draft, row_id), DraftBody)


def test_the_key_of_a_pair_opens_what_the_two_write_and_nothing_of_the_owners_own(
    people: People,
) -> None:
    ingrid, anna = people.owner(), people.worker()
    dyad_id = people.dyad(ingrid, anna)
    both = frozenset((ingrid.id, anna.id))
    with anna.viewing(NOW) as viewer:
        row_id = put_in(ingrid, viewer.box.dyad_key(dyad_id, between=both))
    with ingrid.viewing(NOW) as viewer:
        viewer.box.dyad_key(dyad_id, between=both)
        with pytest.raises(NotVisible):
            viewer.box.open(db.session.get_one(Draft, row_id), DraftBody)


def test_a_run_of_rows_passes_over_what_was_planted(people: People) -> None:
    ingrid, eve = people.owner(), people.worker("Eve")
    row_id = plant(eve, ingrid, part=Part.DRAFTS, audience=Audience.SHARED, key_of=eve)
    with ingrid.viewing(NOW) as viewer:
        row = db.session.get_one(Draft, row_id)
        columns = [(row.id, row.data_key_id, row.author_id, row.sealed)]
        found = viewer.box.open_run(columns, DraftBody, table=Draft, owner_id=ingrid.id)
        assert found == [None]

"""Sharing a part, seen from the keys: given and taken at once, new words under a new key."""

from datetime import UTC, datetime
from uuid import UUID

import pytest
from sqlalchemy import select

from portal.access import openings
from portal.access.models import Grant, Opening
from portal.access.service import give_up, grant, revoke, rotate_stale, visible
from portal.core.db import db
from portal.core.errors import NotVisible
from portal.core.row_ids import new_id
from portal.core.work import unit_of_work
from portal.drafts.models import Draft
from portal.drafts.shapes import DraftBody
from portal.vault.models import Audience, DataKey, Part, WrappedKey
from tests.fixtures.people import People, SomePerson

NOW = datetime(2026, 11, 21, 12, 34, tzinfo=UTC)
PART = Part.DRAFTS  # any part will do here: sharing knows none of them


def write(owner: SomePerson, words: str, audience: Audience = Audience.SHARED) -> UUID:
    with owner.viewing(NOW) as viewer:
        row = Draft(id=new_id(), owner_id=owner.id, place=words)
        key = viewer.box.own_key(PART, audience, now=NOW)
        viewer.box.seal(row, DraftBody({"text": [words]}), key, now=NOW)
        db.session.add(row)
        return row.id


def share(owner: SomePerson, worker: SomePerson) -> None:
    with owner.viewing(NOW) as viewer:
        grant(viewer, worker.id, PART, pin_check=lambda identity: None)


def seen_by(person: SomePerson, owner: SomePerson) -> set[str]:
    """What a person can list and open of an owner's part."""
    with person.viewing(NOW) as viewer:
        rows = db.session.scalars(visible(Draft, viewer, owner.id)).all()
        return {viewer.box.open(row, DraftBody).fields["text"][0] for row in rows}


def test_a_worker_sees_what_is_shared_and_nothing_else(people: People) -> None:
    ingrid, anna, per = people.owner(), people.worker("Anna"), people.worker("Per")
    write(ingrid, "for both")
    write(ingrid, "for me", Audience.ONLY_ME)
    assert seen_by(anna, ingrid) == set()
    share(ingrid, anna)
    assert seen_by(anna, ingrid) == {"for both"}
    assert seen_by(per, ingrid) == set()
    assert seen_by(ingrid, ingrid) == {"for both", "for me"}


def test_unsharing_ends_it_at_the_next_request_and_changes_the_key(people: People) -> None:
    ingrid, anna = people.owner(), people.worker()
    row_id = write(ingrid, "before")
    share(ingrid, anna)
    with unit_of_work(ingrid.app):
        old = db.session.get_one(Draft, row_id).data_key_id
    with ingrid.viewing(NOW) as viewer:
        revoke(viewer, anna.id, PART)
    assert seen_by(anna, ingrid) == set()
    write(ingrid, "after")
    assert seen_by(ingrid, ingrid) == {"before", "after"}
    with unit_of_work(ingrid.app):
        assert db.session.get(DataKey, old) is None
        assert db.session.get_one(Draft, row_id).data_key_id != old


def test_another_worker_keeps_sight_when_one_loses_it(people: People) -> None:
    ingrid, anna, per = people.owner(), people.worker("Anna"), people.worker("Per")
    write(ingrid, "words")
    share(ingrid, anna)
    share(ingrid, per)
    with ingrid.viewing(NOW) as viewer:
        revoke(viewer, anna.id, PART)
    write(ingrid, "more words")
    assert seen_by(per, ingrid) == {"words", "more words"}
    assert seen_by(anna, ingrid) == set()


def test_a_grant_without_its_key_lists_rows_that_do_not_open(people: People) -> None:
    ingrid, anna = people.owner(), people.worker()
    write(ingrid, "words")
    with ingrid.viewing(NOW):
        db.session.add(Grant(owner_id=ingrid.id, grantee_id=anna.id, part=PART, made_at=NOW))
    with pytest.raises(NotVisible):
        seen_by(anna, ingrid)


def test_a_key_without_its_grant_opens_nothing_that_can_be_listed(people: People) -> None:
    ingrid, anna = people.owner(), people.worker()
    write(ingrid, "words")
    share(ingrid, anna)
    with ingrid.viewing(NOW):
        db.session.query(Grant).delete()
    assert seen_by(anna, ingrid) == set()


def test_a_worker_who_leaves_loses_sight_and_the_owner_gets_a_new_key(people: People) -> None:
    ingrid, anna = people.owner(), people.worker()
    row_id = write(ingrid, "words")
    share(ingrid, anna)
    with anna.viewing(NOW) as viewer:
        give_up(viewer, ingrid.id)
    assert seen_by(anna, ingrid) == set()
    with unit_of_work(ingrid.app):
        old = db.session.get_one(Draft, row_id).data_key_id
    with ingrid.viewing(NOW) as viewer:
        rotate_stale(viewer)
    assert seen_by(ingrid, ingrid) == {"words"}
    with unit_of_work(ingrid.app):
        assert db.session.get_one(Draft, row_id).data_key_id != old
        held = db.session.scalars(
            select(DataKey.part)
            .join(WrappedKey, WrappedKey.data_key_id == DataKey.id)
            .where(WrappedKey.holder_id == anna.id)
        ).all()
        assert PART not in held


def test_openings_are_written_once_an_hour_and_read_by_the_owner(people: People) -> None:
    ingrid, anna = people.owner(), people.worker()
    hour = NOW.replace(minute=0, second=0, microsecond=0)
    for _ in range(2):
        with anna.viewing(NOW):
            openings.write_opening(anna.id, ingrid.id, PART, hour)
    with unit_of_work(ingrid.app):
        assert len(db.session.scalars(select(Opening)).all()) == 1
    with ingrid.viewing(NOW) as viewer:
        (line,) = openings.openings_of(viewer)
        assert (line.viewer_id, line.part, line.hour_at) == (anna.id, PART, hour)
    with anna.viewing(NOW) as viewer:
        assert openings.openings_of(viewer) == []


def test_a_key_kept_from_before_opens_nothing_written_since(people: People) -> None:
    """A former worker with a copy of the opened key, and of every row there is now."""
    ingrid, anna = people.owner(), people.worker()
    early = write(ingrid, "before")
    share(ingrid, anna)
    with anna.viewing(NOW) as viewer:
        kept = viewer.box.shared_key(ingrid.id, PART)
        assert viewer.box.open(db.session.get_one(Draft, early), DraftBody).fields
    with ingrid.viewing(NOW) as viewer:
        revoke(viewer, anna.id, PART)
    late = write(ingrid, "after")
    for row_id in (early, late):
        with anna.viewing(NOW) as viewer:
            row = db.session.get_one(Draft, row_id)
            viewer.box.adopt(kept._replace(id=row.data_key_id))
            with pytest.raises(NotVisible):
                viewer.box.open(row, DraftBody)

"""The end of sharing, when somebody who can write to the database wants to keep it going.

Whatever is damaged or planted: the worker ends without a key and without a grant, the owner's
other words move to a new key, and nobody is given the new key whom the owner never let in.
"""

from collections.abc import Callable
from datetime import UTC, datetime
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import delete, func, select, update

from portal.access.models import Grant
from portal.access.service import grant, revoke, revoke_all, rotate_stale, visible
from portal.core.db import db
from portal.core.errors import NotVisible
from portal.core.row_ids import new_id
from portal.core.work import unit_of_work
from portal.drafts.models import Draft
from portal.drafts.shapes import DraftBody
from portal.goals.models import Goal
from portal.vault.models import Audience, DataKey, Identity, Part, WrappedKey
from portal.vault.rotation import mark_stale
from tests.fixtures.people import People, SomePerson

NOW = datetime(2026, 11, 21, 12, 34, tzinfo=UTC)
PART = Part.DRAFTS  # any part will do here: sharing knows none of them
BIGGEST = 2**31 - 1


def write(owner: SomePerson, words: str) -> UUID:
    with owner.viewing(NOW) as viewer:
        row = Draft(id=new_id(), owner_id=owner.id, place=words)
        key = viewer.box.own_key(PART, Audience.SHARED, now=NOW)
        viewer.box.seal(row, DraftBody({"text": [words]}), key, now=NOW)
        db.session.add(row)
        return row.id


def share(owner: SomePerson, worker: SomePerson) -> None:
    with owner.viewing(NOW) as viewer:
        grant(viewer, worker.id, PART, pin_check=lambda identity: None)


def end(owner: SomePerson, worker: SomePerson) -> int:
    with owner.viewing(NOW) as viewer:
        return revoke(viewer, worker.id, PART)


def change(owner: SomePerson, *statements: object) -> None:
    with unit_of_work(owner.app):
        for statement in statements:
            db.session.execute(statement)  # type: ignore[call-overload]  # statements of any kind


def opens(person: SomePerson, owner: SomePerson) -> set[str]:
    """What of an owner's rows a person can list and open."""
    found = set()
    with person.viewing(NOW) as viewer:
        for row in db.session.scalars(visible(Draft, viewer, owner.id)).all():
            try:
                found.add(viewer.box.open(row, DraftBody).fields["text"][0])
            except NotVisible:
                continue
    return found


def holds(person: SomePerson, owner: SomePerson) -> int:
    """How many keys and grants of an owner's part a person has."""
    with unit_of_work(owner.app):
        keys = db.session.scalar(
            select(func.count())
            .select_from(WrappedKey)
            .join(DataKey, DataKey.id == WrappedKey.data_key_id)
            .where(WrappedKey.holder_id == person.id, DataKey.scope_id == owner.id)
        )
        grants = select(func.count()).select_from(Grant).where(Grant.grantee_id == person.id)
        return (keys or 0) + (db.session.scalar(grants) or 0)


class Scene:
    """Ingrid shares with Anna and Per; she has two rows."""

    def __init__(self, people: People) -> None:
        self.ingrid, self.anna = people.owner(), people.worker("Anna")
        self.per = people.worker("Per")
        self.kari = people.owner("Kari")
        self.damaged, self.whole = write(self.ingrid, "damaged"), write(self.ingrid, "whole")
        for worker in (self.anna, self.per):
            share(self.ingrid, worker)

    @property
    def key_id(self) -> UUID:
        """The shared key in use."""
        with unit_of_work(self.ingrid.app):
            return db.session.scalars(
                select(DataKey.id)
                .where(DataKey.scope_id == self.ingrid.id, DataKey.part == PART)
                .order_by(DataKey.epoch.desc())
            ).all()[0]


def break_a_row(scene: Scene) -> None:
    change(scene.ingrid, update(Draft).where(Draft.id == scene.damaged).values(sealed=bytes(90)))


def move_a_row_to_another_owner(scene: Scene) -> None:
    change(
        scene.ingrid, update(Draft).where(Draft.id == scene.damaged).values(owner_id=scene.kari.id)
    )


def hang_a_strangers_row_on_the_key(scene: Scene) -> None:
    break_a_row(scene)
    with scene.kari.viewing(NOW) as viewer:
        row = Goal(id=new_id(), owner_id=scene.kari.id)
        key = viewer.box.own_key(Part.GOALS, Audience.ONLY_ME, now=NOW)
        viewer.box.seal(row, DraftBody({}), key, now=NOW)
        row.data_key_id = scene_key(scene)
        db.session.add(row)


def scene_key(scene: Scene) -> UUID:
    found: UUID = db.session.scalars(
        select(DataKey.id).where(DataKey.scope_id == scene.ingrid.id, DataKey.part == PART)
    ).one()
    return found


def plant_a_key_with_the_last_number(scene: Scene) -> None:
    break_a_row(scene)
    with unit_of_work(scene.ingrid.app):
        db.session.add(
            DataKey(
                owner_id=scene.ingrid.id,
                scope_id=scene.ingrid.id,
                part=PART,
                audience=Audience.SHARED,
                epoch=BIGGEST,
                made_at=NOW,
            )
        )


def hide_the_grant(scene: Scene) -> None:
    break_a_row(scene)
    change(scene.ingrid, delete(Grant).where(Grant.grantee_id == scene.anna.id))


def change_another_workers_identity(scene: Scene) -> None:
    break_a_row(scene)
    change(
        scene.ingrid,
        update(Identity).where(Identity.person_id == scene.per.id).values(salt=bytes(16)),
    )


def break_the_owners_own_key(scene: Scene) -> None:
    change(
        scene.ingrid,
        update(WrappedKey).where(WrappedKey.holder_id == scene.ingrid.id).values(sealed=bytes(80)),
    )


ATTACKS = [
    break_a_row,
    move_a_row_to_another_owner,
    hang_a_strangers_row_on_the_key,
    plant_a_key_with_the_last_number,
    hide_the_grant,
    change_another_workers_identity,
    break_the_owners_own_key,
]


@pytest.mark.parametrize("attack", ATTACKS)
def test_sight_ends_whatever_was_damaged(people: People, attack: Callable[[Scene], None]) -> None:
    scene = Scene(people)
    before = scene.key_id
    attack(scene)
    end(scene.ingrid, scene.anna)
    assert holds(scene.anna, scene.ingrid) == 0
    assert opens(scene.anna, scene.ingrid) == set()
    write(scene.ingrid, "after")
    assert "after" in opens(scene.ingrid, scene.ingrid)
    assert scene.key_id != before


@pytest.mark.parametrize("attack", ATTACKS[:-1])
def test_what_still_opens_moves_to_the_new_key(
    people: People, attack: Callable[[Scene], None]
) -> None:
    scene = Scene(people)
    attack(scene)
    end(scene.ingrid, scene.anna)
    with unit_of_work(scene.ingrid.app):
        assert db.session.get_one(Draft, scene.whole).data_key_id == scene_newest(scene)
    assert opens(scene.ingrid, scene.ingrid) == {"whole"}


def scene_newest(scene: Scene) -> UUID:
    return db.session.scalars(
        select(DataKey.id)
        .join(WrappedKey, WrappedKey.data_key_id == DataKey.id)
        .where(WrappedKey.holder_id == scene.ingrid.id, DataKey.part == PART)
        .order_by(DataKey.epoch.desc())
    ).all()[0]


def test_the_others_keep_their_sight_and_the_owner_hears_how_many_do_not_open(
    people: People,
) -> None:
    scene = Scene(people)
    break_a_row(scene)
    assert end(scene.ingrid, scene.anna) == 1
    assert opens(scene.per, scene.ingrid) == {"whole"}
    assert end(scene.ingrid, scene.per) == 1
    assert holds(scene.per, scene.ingrid) == 0


def test_a_row_given_back_from_a_backup_opens_for_its_owner_alone(people: People) -> None:
    scene = Scene(people)
    with unit_of_work(scene.ingrid.app):
        sealed = db.session.get_one(Draft, scene.damaged).sealed
    break_a_row(scene)
    end(scene.ingrid, scene.anna)
    change(scene.ingrid, update(Draft).where(Draft.id == scene.damaged).values(sealed=sealed))
    assert opens(scene.ingrid, scene.ingrid) == {"whole", "damaged"}
    assert opens(scene.per, scene.ingrid) == {"whole"}
    with scene.ingrid.viewing(NOW) as viewer:
        assert revoke(viewer, scene.per.id, PART) == 0
    assert len(keys_of(scene.ingrid)) == 1


def keys_of(owner: SomePerson) -> list[UUID]:
    with unit_of_work(owner.app):
        found = select(DataKey.id).where(DataKey.scope_id == owner.id, DataKey.part == PART)
        return list(db.session.scalars(found))


def test_a_planted_grant_is_given_no_new_key(people: People) -> None:
    """Whoever can write a row of grants must not get the next key by it."""
    scene, mallory = Scene(people), people.worker("Mallory")
    with unit_of_work(scene.ingrid.app):
        db.session.add(
            Grant(owner_id=scene.ingrid.id, grantee_id=mallory.id, part=PART, made_at=NOW)
        )
        mark_stale(scene.ingrid.id, PART)
    with scene.ingrid.viewing(NOW) as viewer:
        rotate_stale(viewer)
    assert holds(mallory, scene.ingrid) == 0
    assert opens(mallory, scene.ingrid) == set()
    assert opens(scene.anna, scene.ingrid) == {"damaged", "whole"}


def test_a_former_workers_old_key_brings_no_new_one(people: People) -> None:
    scene = Scene(people)
    with unit_of_work(scene.ingrid.app):
        [kept] = db.session.execute(
            select(*WrappedKey.__table__.c).where(
                WrappedKey.holder_id == scene.anna.id, WrappedKey.data_key_id == scene_key(scene)
            )
        ).mappings()
    end(scene.ingrid, scene.anna)
    with unit_of_work(scene.ingrid.app):
        db.session.add(WrappedKey(**{**kept, "data_key_id": scene_newest(scene)}))
        db.session.add(
            Grant(owner_id=scene.ingrid.id, grantee_id=scene.anna.id, part=PART, made_at=NOW)
        )
    end(scene.ingrid, scene.per)
    assert holds(scene.anna, scene.ingrid) == 0
    assert opens(scene.ingrid, scene.ingrid) == {"damaged", "whole"}


def test_a_key_that_another_row_names_is_taken_from_the_worker_on_each_database(
    app_on_each: Flask,
) -> None:
    scene = Scene(People(app_on_each))
    hang_a_strangers_row_on_the_key(scene)
    assert end(scene.ingrid, scene.anna) == 1
    assert holds(scene.anna, scene.ingrid) == 0
    assert opens(scene.per, scene.ingrid) == {"whole"}


def test_signing_in_goes_on_when_a_row_does_not_open(people: People) -> None:
    scene = Scene(people)
    break_a_row(scene)
    change(scene.ingrid, update(DataKey).values(is_stale=True))
    before = scene.key_id
    for expected in (1, 0):
        with scene.ingrid.viewing(NOW) as viewer:
            rotate_stale(viewer)
        assert (scene.key_id != before) == bool(expected)
        before = scene.key_id


def test_ending_everything_takes_keys_without_a_grant_too(people: People) -> None:
    scene = Scene(people)
    hide_the_grant(scene)
    with scene.ingrid.viewing(NOW) as viewer:
        revoke_all(viewer, scene.anna.id)
    assert holds(scene.anna, scene.ingrid) == 0

"""An owner can always end what they share, also when the rows of the pair were damaged."""

from collections.abc import Callable

import pytest
from sqlalchemy import func, select, update

from portal.access.models import Grant
from portal.core.db import db
from portal.core.row_ids import new_id
from portal.core.work import unit_of_work
from portal.dyads.models import Dyad, DyadState, Pin
from portal.dyads.service import share_part
from portal.goals.models import Goal
from portal.goals.shapes.bodies import GoalBody, GoalState
from portal.vault.models import Audience, DataKey, Identity, Part, WrappedKey
from tests.fixtures.pages import hidden_in, opened
from tests.fixtures.people import People, SomePerson


class Scene:
    """Ingrid shares her goals with Anna and with Per."""

    def __init__(self, people: People) -> None:
        self.people = people
        self.ingrid, self.anna = people.owner(), people.worker("Anna")
        self.per = people.worker("Per")
        self.dyad_id = people.dyad(self.ingrid, self.anna)
        self.other_id = people.dyad(self.ingrid, self.per)
        with self.ingrid.viewing() as viewer:
            for pair in (self.dyad_id, self.other_id):
                share_part(viewer, pair, Part.GOALS)

    def change(self, statement: object) -> None:
        """Change the database behind everybody's back."""
        with unit_of_work(self.ingrid.app):
            db.session.execute(statement)  # type: ignore[call-overload]  # any statement

    def held_by(self, person: SomePerson) -> int:
        """How many keys and grants of Ingrid's goals somebody has."""
        with unit_of_work(self.ingrid.app):
            keys = (
                select(func.count())
                .select_from(WrappedKey)
                .join(DataKey, DataKey.id == WrappedKey.data_key_id)
                .where(WrappedKey.holder_id == person.id, DataKey.scope_id == self.ingrid.id)
            )
            grants = select(func.count()).select_from(Grant).where(Grant.grantee_id == person.id)
            return (db.session.scalar(keys) or 0) + (db.session.scalar(grants) or 0)


def nothing(_scene: Scene) -> None:
    """The plain case."""


def names(scene: Scene) -> None:
    scene.change(update(Dyad).where(Dyad.id == scene.dyad_id).values(sealed=bytes(90)))


def pin(scene: Scene) -> None:
    scene.change(update(Pin).where(Pin.dyad_id == scene.dyad_id).values(sealed=bytes(90)))


def identity_of_the_worker(scene: Scene) -> None:
    other = update(Identity).where(Identity.person_id == scene.anna.id)
    scene.change(other.values(salt=bytes(16)))


def keys_of_the_pair(scene: Scene) -> None:
    keys = select(DataKey.id).where(DataKey.scope_id == scene.dyad_id)
    wraps = update(WrappedKey).where(WrappedKey.data_key_id.in_(keys))
    scene.change(wraps.values(signature=bytes(64)))


def who_the_worker_is(scene: Scene) -> None:
    stranger = scene.people.worker("Mallory")
    scene.change(update(Dyad).where(Dyad.id == scene.dyad_id).values(worker_id=stranger.id))


DAMAGE = [nothing, names, pin, identity_of_the_worker, keys_of_the_pair, who_the_worker_is]
Damage = Callable[[Scene], None]


@pytest.mark.parametrize("damage", DAMAGE)
def test_sharing_can_be_ended_whatever_became_of_the_pair(people: People, damage: Damage) -> None:
    scene = Scene(people)
    damage(scene)
    client = scene.ingrid.client
    page = client.get("/sharing")
    assert page.status_code == 200
    at = f"/sharing/{scene.dyad_id}/goals/end"
    assert client.post(at, data=hidden_in(opened(page))).status_code == 303
    assert scene.held_by(scene.anna) == 0
    assert scene.held_by(scene.per) == 2


@pytest.mark.parametrize("damage", DAMAGE)
def test_a_pair_can_be_ended_whatever_became_of_it(people: People, damage: Damage) -> None:
    scene = Scene(people)
    damage(scene)
    client, at = scene.ingrid.client, f"/dyads/{scene.dyad_id}/end"
    assert client.post(at, data=hidden_in(opened(client.get(at)))).status_code == 303
    assert scene.held_by(scene.anna) == 0
    assert scene.held_by(scene.per) == 2
    with scene.ingrid.viewing():
        assert db.session.get_one(Dyad, scene.dyad_id).state is DyadState.ENDED


@pytest.mark.parametrize("verb", ["sharing/{}/goals/end", "dyads/{}/end"])
def test_the_owner_is_told_when_something_of_theirs_does_not_open(
    people: People, verb: str
) -> None:
    scene = Scene(people)
    with scene.ingrid.viewing() as viewer:
        row = Goal(id=new_id(), owner_id=scene.ingrid.id)
        key = viewer.box.own_key(Part.GOALS, Audience.SHARED, now=viewer.now)
        viewer.box.seal(row, GoalBody(title="A walk", state=GoalState.NOW), key, now=viewer.now)
        db.session.add(row)
    client, at = scene.ingrid.client, "/" + verb.format(scene.dyad_id)
    told = "Something of yours does not open any more."
    scene.change(update(Goal).values(sealed=bytes(90)))
    form = hidden_in(opened(client.get("/sharing")))
    assert told in opened(client.post(at, data=form, follow_redirects=True))
    assert scene.held_by(scene.anna) == 0

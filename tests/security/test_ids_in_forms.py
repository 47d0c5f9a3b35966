"""Ids of other people's rows, put into the fields of one's own forms, lead nowhere (ASVS 8.2)."""

import hashlib
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select

from portal.access.models import Grant
from portal.agreements.models import Agreement
from portal.core.db import db
from portal.core.work import unit_of_work
from portal.goals import service as goals
from portal.goals.models import Goal, Offer
from portal.goals.shapes.bodies import GoalBody
from portal.messaging import service as messages
from portal.messaging.models import Message
from portal.messaging.shapes import Outgoing
from tests.access.scene import Scene
from tests.fixtures.people import People

NOW = datetime.now(UTC)
ONCE = "1" * 32


@pytest.fixture
def open_scene(scene: Scene) -> Iterator[Scene]:
    """The town, whose forms need no token: what is tried here is what else they hold."""
    scene.app.config["WTF_CSRF_ENABLED"] = False
    yield scene
    scene.app.config["WTF_CSRF_ENABLED"] = True


def count(scene: Scene, table: type[Any]) -> int:
    """How many rows a table has."""
    with unit_of_work(scene.app):
        return db.session.scalar(select(func.count()).select_from(table)) or 0


def dyad_with_kari(scene: Scene) -> UUID:
    """Kari's own pair with Per, who is also Ingrid's worker."""
    return People(scene.app).dyad(scene.kari, scene.per)


def test_somebody_elses_goal_is_not_shared_along(open_scene: Scene) -> None:
    dyad_id, goal_id = dyad_with_kari(open_scene), open_scene.ids["anna"].values["goal_id"]
    client: FlaskClient = open_scene.client("other_owner")
    path, grants = f"/sharing/goals/with/{dyad_id}", count(open_scene, Grant)
    preview = client.post(f"{path}/preview", data={"item": str(goal_id)})
    assert preview.status_code == 200
    assert "Mornings outdoors" not in preview.get_data(as_text=True)
    nothing = hashlib.sha256(b"").hexdigest()  # the mark of a page with no goal on it
    shared = client.post(path, data={"item": str(goal_id), "seen": nothing})
    assert shared.status_code == 303
    assert count(open_scene, Grant) - grants <= 1  # Kari shared, but nothing of Ingrid's
    for path in (f"/people/{dyad_id}/goals", f"/people/{open_scene.with_per}/goals"):
        page = open_scene.client("worker_without_grant").get(path)
        assert "Mornings outdoors" not in page.get_data(as_text=True)


def test_a_phrase_of_another_worker_is_not_sent(open_scene: Scene) -> None:
    phrase_id = open_scene.ids["anna"].values["phrase_id"]
    before = count(open_scene, Message)
    path = f"/messages/{open_scene.with_per}/hello"
    answer = open_scene.client("worker_without_grant").post(path, data={"phrase": str(phrase_id)})
    assert answer.status_code == 422
    assert count(open_scene, Message) == before


def test_a_goal_lies_in_no_domain_that_is_not_offered(open_scene: Scene) -> None:
    before = count(open_scene, Goal)
    data = {"title": "Sea", "domain": "of-somebody-else", "state": "now", "horizon": "some_day"}
    answer = open_scene.client("owner").post("/goals/new", data=data)
    assert answer.status_code == 422
    assert count(open_scene, Goal) == before


def test_a_round_of_another_pair_settles_nothing(open_scene: Scene) -> None:
    with unit_of_work(open_scene.app):
        found = select(Agreement.round_id).where(Agreement.dyad_id == open_scene.with_per)
        round_id = db.session.scalars(found).first()
    before = count(open_scene, Agreement)
    path = f"/dyads/{open_scene.with_anna}/agreement/acceptance"
    answer = open_scene.client("owner").post(path, data={"round": str(round_id), "revision": "0"})
    assert answer.status_code == 409
    assert count(open_scene, Agreement) == before


def test_the_same_press_of_two_people_is_two_messages_and_two_goals(open_scene: Scene) -> None:
    """Who knows another's press can neither replace nor hide what they wrote."""
    dyad_id, before = open_scene.with_anna, count(open_scene, Message)
    for person in (open_scene.ingrid, open_scene.anna):
        with person.viewing(NOW) as viewer:
            messages.send(viewer, dyad_id, Outgoing(text="The same words."), once=ONCE)
    assert count(open_scene, Message) == before + 2
    goals_before = count(open_scene, Goal)
    for owner in (open_scene.ingrid, open_scene.kari):
        with owner.viewing(NOW) as viewer:
            goals.add_goal(viewer, GoalBody(title="The sea"), once=ONCE)
    assert count(open_scene, Goal) == goals_before + 2


def test_somebody_elses_offer_is_neither_taken_in_nor_taken_back(open_scene: Scene) -> None:
    ids = open_scene.ids["anna"].values
    with open_scene.kari.viewing(NOW) as viewer:
        own = goals.add_goal(viewer, GoalBody(title="The sea"), once=ONCE)
    kari = open_scene.client("other_owner")
    for goal_id in (own, ids["goal_id"]):
        path = f"/goals/{goal_id}/offers/{ids['offer_id']}/answer"
        assert kari.post(path, data={"answer": "take_in"}).status_code == 404
    before = count(open_scene, Offer)
    path = f"/people/{open_scene.with_anna}/goals/{ids['goal_id']}/offers"
    for role in ("worker_without_grant", "worker_ended"):
        answer = open_scene.client(role).post(f"{path}/{ids['offer_id']}/withdrawal")
        assert answer.status_code == 404
    assert count(open_scene, Offer) == before


def test_a_worker_whose_pair_ended_writes_nothing_with_an_open_page(open_scene: Scene) -> None:
    """The page was open before the end; its form is sent after it."""
    before = {table: count(open_scene, table) for table in (Message, Offer, Agreement)}
    ended, ids = open_scene.with_ola, open_scene.ids["anna"].values
    ola = open_scene.client("worker_ended")
    sent = {
        f"/messages/{ended}": {"text": "One more word.", "depth": "short"},
        f"/messages/{ended}/hello": {"text": "Hello."},
        f"/messages/{ended}/answer": {"press": "acknowledged"},
        f"/messages/{ended}/opening": {},
        f"/meetings/{ended}/list": {"line": "a line"},
        f"/dyads/{ended}/agreement/rounds": {},
        f"/dyads/{ended}/code": {},
        f"/people/{ended}/goals/{ids['goal_id']}/offers/new": {"text": "An idea."},
    }
    answers = {path: ola.post(path, data=data).status_code for path, data in sent.items()}
    assert set(answers.values()) == {404}, answers
    assert {table: count(open_scene, table) for table in before} == before

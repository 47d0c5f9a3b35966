"""Pieces on the owner's first page, and a reminder there that asks whether to go on."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from flask import Flask

from portal.core.work import unit_of_work
from portal.goals import service
from portal.goals.shapes.bodies import ActivityBody, GoalBody, GoalState, HowOften, RemindAt
from portal.reminders.service import sweep_due
from tests.fixtures.people import People
from tests.goals.conftest import Pair

BEGUN = datetime.now(UTC) - timedelta(days=9)


@pytest.fixture
def asking(app_on_each: Flask) -> Pair:
    """Ingrid, with a walk every day whose reminder came four times without a word from her."""
    people = People(app_on_each)
    ingrid, anna = people.owner("Ingrid"), people.worker("Anna")
    pair = Pair(ingrid, anna, people.dyad(ingrid, anna))
    walk = ActivityBody(
        text="Walk to the shop",
        day=BEGUN.date(),
        repeat=HowOften.DAILY,
        remind_at=RemindAt.MORNING,
    )
    goal_id = pair.goal("Mornings outdoors")
    with ingrid.viewing(BEGUN) as viewer:
        service.add_piece(viewer, goal_id, walk, once=uuid4().hex)
    for days in range(1, 6):
        with unit_of_work(app_on_each):
            sweep_due(BEGUN + timedelta(days=days))
    return pair


def test_a_piece_whose_reminder_asks_stands_first_and_says_so(asking: Pair) -> None:
    goal_id = asking.goal("Christmas")
    for number in range(4):
        asking.piece(goal_id, f"Piece {number}", BEGUN.date())
    with asking.ingrid.viewing() as viewer:
        found = service.for_today(viewer).pieces
    assert [each.asking_id is not None for each in found] == [True, False, False]
    assert found[0].piece.body.text == "Walk to the shop"
    page = asking.ingrid.client.get("/").text
    assert "Should it go on?" in page
    assert "Should it go on?" not in asking.anna.client.get("/your-turn").text


@pytest.mark.parametrize("press", ["going-on", "end"])
def test_its_question_is_answered_on_the_first_page(asking: Pair, press: str) -> None:
    client = asking.ingrid.client
    page = client.get("/").text
    address = next(part for part in page.split('"') if part.endswith(f"/{press}"))
    token = page.split('name="csrf_token"')[1].split('value="')[1].split('"')[0]
    answer = client.post(address, data={"csrf_token": token, "next": "/"})
    assert answer.location == "/"
    page = client.get("/").text
    assert "Should it go on?" not in page
    assert "Walk to the shop" in page


def test_an_offered_idea_stands_on_the_first_page_until_it_is_answered(pair: Pair) -> None:
    goal_id = pair.goal("Christmas", state=GoalState.IDEA)
    pair.share(goal_id)
    offer_id = pair.offer(goal_id)
    page = pair.ingrid.client.get("/").text
    assert "Anna offers an idea" in page
    assert f"/goals/{goal_id}" in page
    with pair.ingrid.viewing() as viewer:
        service.leave_out(viewer, goal_id, offer_id)
    assert "offers an idea" not in pair.ingrid.client.get("/").text


def test_many_newer_goals_hide_nothing_that_is_for_today(pair: Pair) -> None:
    goal_id = pair.goal("Mornings outdoors")
    pair.piece(goal_id, "Walk to the shop", BEGUN.date())
    with pair.ingrid.viewing() as viewer:
        for number in range(100):
            service.add_goal(viewer, GoalBody(f"Idea {number}"), once=uuid4().hex)
    assert "Walk to the shop" in pair.ingrid.client.get("/").text

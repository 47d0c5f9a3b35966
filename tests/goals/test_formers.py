"""Former wordings of a goal: kept with their date, their owner's alone, and gone with the goal."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from msgspec.structs import replace
from sqlalchemy import select

from portal.core.db import db
from portal.core.errors import NotVisible
from portal.core.web import Page
from portal.core.work import unit_of_work
from portal.goals import service
from portal.goals.models import Goal, GoalFormer
from portal.goals.shapes.bodies import Encouragement, GoalState, Horizon, Movement, WordingBody
from portal.goals.shapes.pages import FormerWording
from portal.goals.tool import TOOL
from portal.search.service import search
from portal.toolbox import service as toolbox
from portal.vault.models import Audience, DataKey, WrappedKey
from tests.fixtures.people import People
from tests.goals.conftest import CHRISTMAS, Pair, keep_back
from tests.goals.test_views import GOAL, counted, new_goal, press, text_of

CALM = "A calm Christmas"
START = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)


def say(pair: Pair, goal_id: UUID, at: datetime | None = None, **words: object) -> bool:
    """Ingrid changes some words of a goal."""
    with pair.ingrid.viewing(at) as viewer:
        body = service.goal_page(viewer, goal_id).goal.body
        return service.change_words(viewer, goal_id, replace(body, **words))


def formers(pair: Pair, goal_id: UUID, before: str | None = None) -> Page[FormerWording]:
    with pair.ingrid.viewing() as viewer:
        return service.former_wordings(viewer, goal_id, before)


def titles(found: Page[FormerWording]) -> Sequence[str]:
    return [each.body.title for each in found.items]


def sealed_for(pair: Pair) -> tuple[Audience, set[UUID]]:
    """Whom the one former wording is sealed for, and who holds its key."""
    with unit_of_work(pair.ingrid.app):
        key_id = db.session.scalars(select(GoalFormer)).one().data_key_id
        holders = select(WrappedKey.holder_id).where(WrappedKey.data_key_id == key_id)
        return db.session.get_one(DataKey, key_id).audience, set(db.session.scalars(holders))


def test_a_goal_said_anew_keeps_both_as_they_stood(pair_on_each: Pair) -> None:
    pair = pair_on_each
    goal_id, other = pair.goal(why="For the children"), pair.goal("Another")
    assert say(pair, goal_id, START, title=CALM)
    assert say(pair, goal_id, START + timedelta(days=2), why="For us all")
    assert say(pair, other, title="Quite another")
    found = formers(pair, goal_id).items
    assert [each.body for each in found] == [
        WordingBody(CALM, "For the children"),
        WordingBody(CHRISTMAS, "For the children"),
    ]
    assert [each.until for each in found] == [START + timedelta(days=2), START]


def test_what_changes_no_word_keeps_nothing(pair: Pair) -> None:
    goal_id = pair.goal(why="For the children")
    pair.piece(goal_id)
    assert not say(pair, goal_id)
    assert not say(
        pair,
        goal_id,
        helper="Solveig",
        domain="family",
        horizon=Horizon.WEEK,
        look_again_on=START.date(),
        encouragement=Encouragement.LEAVE_ALONE,
    )
    with pair.ingrid.viewing() as viewer:
        service.put_in_state(viewer, goal_id, GoalState.RESTING)
        service.bring_back(viewer, goal_id)
        service.say_movement(viewer, goal_id, Movement.FORWARD)
        service.move_goal(viewer, goal_id, Horizon.SEASON)
    assert formers(pair, goal_id).items == []


def test_pages_hold_every_wording_once_newest_first(pair_on_each: Pair) -> None:
    pair = pair_on_each
    goal_id = pair.goal("0")
    for number in range(1, toolbox.FORMERS + 4):
        say(pair, goal_id, START + timedelta(hours=number // 2), title=str(number))
    first = formers(pair, goal_id)
    rest = formers(pair, goal_id, first.older)
    assert len(first.items) == toolbox.FORMERS
    assert rest.older is None
    assert sorted(map(int, [*titles(first), *titles(rest)])) == list(range(toolbox.FORMERS + 3))
    until = [each.until for each in (*first.items, *rest.items)]
    assert until == sorted(until, reverse=True)


def test_former_words_stay_the_owners_alone_whatever_becomes_of_the_goal(pair: Pair) -> None:
    goal_id = pair.goal("Words taken back")
    pair.share(goal_id)
    say(pair, goal_id, title=CALM)
    hers_alone = (Audience.ONLY_ME, {pair.ingrid.id})
    assert sealed_for(pair) == hers_alone
    with pair.anna.viewing() as viewer:
        row = db.session.scalars(select(GoalFormer)).one()
        with pytest.raises(NotVisible):
            viewer.box.open(row, WordingBody)
        assert toolbox.rows_of(viewer, GoalFormer, pair.ingrid.id) == []
        assert service.former_wordings(viewer, goal_id).items == []
        shown = toolbox.shared_tool(viewer, TOOL, pair.dyad_id).shown
        assert [each.goal.body.title for each in shown.goals] == [CALM]
    with pair.ingrid.viewing() as viewer:
        keep_back(viewer, goal_id)
    pair.share(goal_id)
    assert sealed_for(pair) == hers_alone
    pair.stop_sharing()
    assert sealed_for(pair) == hers_alone
    assert titles(formers(pair, goal_id)) == ["Words taken back"]


def test_no_key_that_the_worker_held_opens_a_former_wording(pair: Pair) -> None:
    """The words were the worker's to read once; the row that keeps them never was."""
    goal_id = pair.goal("Words taken back")
    pair.share(goal_id)
    with pair.anna.viewing() as viewer:
        held = viewer.box.shared_key(pair.ingrid.id, TOOL.part)
    say(pair, goal_id, title=CALM)
    pair.stop_sharing()
    with pair.anna.viewing() as viewer:
        row = db.session.scalars(select(GoalFormer)).one()
        viewer.box.adopt(held._replace(id=row.data_key_id))
        with pytest.raises(NotVisible):
            viewer.box.open(row, WordingBody)


def test_former_words_go_with_their_goal(pair_on_each: Pair) -> None:
    pair = pair_on_each
    goal_id, other = pair.goal(), pair.goal("Another")
    say(pair, goal_id, title=CALM)
    say(pair, other, title="Quite another")
    with unit_of_work(pair.ingrid.app):
        db.session.delete(db.session.get_one(Goal, goal_id))
    assert titles(formers(pair, goal_id)) == []
    assert titles(formers(pair, other)) == ["Another"]


def test_nobody_else_reads_or_opens_them(pair: Pair, people: People) -> None:
    goal_id = pair.goal()
    say(pair, goal_id, title=CALM)
    kari = people.owner("Kari")
    with kari.viewing() as viewer:
        assert service.former_wordings(viewer, goal_id).items == []
    assert kari.client.get(f"/goals/{goal_id}").status_code == 404


def test_only_their_owner_finds_former_words(pair: Pair) -> None:
    goal_id = pair.goal("By the harbour")
    pair.share(goal_id)
    say(pair, goal_id, title=CALM)
    with pair.ingrid.viewing() as viewer:
        assert [hit.path for hit in search(viewer, "harbour").hits] == [f"/goals/{goal_id}"]
    with pair.anna.viewing() as viewer:
        assert search(viewer, "harbour").hits == ()


def test_the_page_shows_then_and_now(pair: Pair) -> None:
    client, path = pair.ingrid.client, new_goal(pair.ingrid)
    assert "Then and now" not in text_of(client, path)
    press(client, f"{path}/words", **GOAL | {"horizon": "this week"})
    page = text_of(client, path)
    assert "Then and now" not in page
    assert "Your former words stay with you" not in page
    press(client, f"{path}/words", **GOAL | {"title": CALM, "why": ""})
    page = text_of(client, path)
    assert "Your former words stay with you" in page
    now, then = page.split("Then and now")
    assert CALM in now
    assert CHRISTMAS in then
    assert str(GOAL["why"]) in then


def test_the_page_turns_to_older_words_and_back(pair: Pair) -> None:
    goal_id = pair.goal("Wording 0")
    for number in range(1, toolbox.FORMERS + 3):
        say(pair, goal_id, START + timedelta(hours=number), title=f"Wording {number}")
    path = f"/goals/{goal_id}"
    older = formers(pair, goal_id).older
    first = text_of(pair.ingrid.client, path)
    assert f'href="{path}?before={older}#then"' in first
    assert ">Wording 1<" not in first
    with counted(pair) as statements:
        rest = text_of(pair.ingrid.client, f"{path}?before={older}")
    assert len(statements) <= 6
    assert ">Wording 1<" in rest
    assert ">Wording 0<" in rest
    assert f'href="{path}#then"' in rest

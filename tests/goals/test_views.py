"""The pages of goals, opened and pressed as people without scripts do."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import Any
from uuid import UUID

import pytest
from flask.testing import FlaskClient
from pypdf import PdfReader
from sqlalchemy import event
from werkzeug.test import TestResponse

from portal.core.db import db
from portal.goals import service
from portal.goals.shapes.bodies import Encouragement, GoalState
from tests.fixtures.people import People, SomePerson
from tests.goals.conftest import CHRISTMAS, Pair

GOAL = {
    "title": CHRISTMAS,
    "why": "I want the children to remember it as calm.",
    "horizon": "this month",
    "domain": "family",
    "state": "now",
    "encouragement": "a little",
}
PIECE = {"text": "Buy the roast", "size": "small", "doer": "me", "repeat": "once"}
PIECE |= {"remind_at": "never", "day": "", "doer_name": "", "plan_b": ""}


def text_of(client: FlaskClient, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, path
    return answer.get_data(as_text=True)


def press(client: FlaskClient, page: str, to: str = "", **fields: Any) -> TestResponse:
    """Send a form from a page, with what a browser would send along."""
    text = text_of(client, page)
    hidden = re.findall(r'<input[^>]*name="(csrf_token|once|keep)"[^>]*value="([^"]*)"', text)
    return client.post(to or page, data=dict(hidden) | fields)


def keep_draft(client: FlaskClient, page: str, **fields: Any) -> None:
    """Begin to write and go away."""
    answer = press(client, page, "/drafts", **fields)
    assert answer.status_code == 200


def new_goal(person: SomePerson, **words: Any) -> str:
    answer = press(person.client, "/goals/new", **GOAL | words)
    assert answer.status_code == 303
    return answer.location


@contextmanager
def counted(pair: Pair) -> Iterator[list[str]]:
    """The statements that reach the database inside."""
    found: list[str] = []
    with pair.ingrid.app.app_context():
        engine = db.engine

    def note(_c: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        found.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    yield found
    event.remove(engine, "before_cursor_execute", note)


def test_an_empty_page_invites(pair: Pair) -> None:
    page = text_of(pair.ingrid.client, "/goals")
    assert "Write a goal" in page
    assert "I want to get through Christmas in a good way." in page


def test_a_goal_is_written_and_shown_in_the_owners_words(pair: Pair) -> None:
    page = text_of(pair.ingrid.client, new_goal(pair.ingrid))
    for words in (CHRISTMAS, GOAL["why"], "Family and partner", "this month", "Only you can see"):
        assert words in page


def test_a_goal_without_words_comes_back_with_all_that_was_written(pair: Pair) -> None:
    answer = press(pair.ingrid.client, "/goals/new", **GOAL | {"title": ""})
    assert answer.status_code == 422
    assert str(GOAL["why"]) in answer.get_data(as_text=True)


def test_going_back_and_writing_something_else_keeps_both(pair: Pair) -> None:
    client = pair.ingrid.client
    page = text_of(client, "/goals/new")
    hidden = dict(re.findall(r'<input[^>]*name="(csrf_token|once|keep)"[^>]*value="([^"]*)"', page))
    fields = {"state": "now", "horizon": "some day", "encouragement": "a little", "domain": ""}
    for title in ("The first words", "The first words", "Quite other words"):
        answer = client.post("/goals/new", data=hidden | fields | {"title": title})
        assert answer.status_code == 303
    shelf = text_of(client, "/goals")
    assert shelf.count("The first words") == 1 < shelf.count("words</a>")
    assert "Quite other words" in shelf


def test_hostile_words_stay_words(pair: Pair) -> None:
    hostile = "<script>alert(1)</script>"
    path = new_goal(pair.ingrid, title=hostile, why=hostile)
    press(pair.ingrid.client, f"{path}/pieces/new", **PIECE | {"text": hostile})
    for page in ("/goals", path):
        assert "<script>alert" not in text_of(pair.ingrid.client, page)


def test_a_piece_is_added_done_and_said_how(pair: Pair) -> None:
    path = new_goal(pair.ingrid)
    answer = press(pair.ingrid.client, f"{path}/pieces/new", **PIECE)
    assert answer.status_code == 303
    piece = answer.location.split("piece-")[1]
    page = text_of(pair.ingrid.client, path)
    assert "Me · any day · small" in page
    press(pair.ingrid.client, path, f"{path}/pieces/{piece}/completion", times="0")
    assert "How was it?" in text_of(pair.ingrid.client, path)
    press(pair.ingrid.client, path, f"{path}/pieces/{piece}/how", how="easier")
    assert "done today · easier than expected" in text_of(pair.ingrid.client, path)


def test_a_day_that_has_passed_is_never_late(pair: Pair) -> None:
    path = new_goal(pair.ingrid)
    press(pair.ingrid.client, f"{path}/pieces/new", **PIECE | {"day": "2020-01-01"})
    page = text_of(pair.ingrid.client, path)
    assert "any day now" in page
    assert "2020" not in page


@pytest.mark.parametrize("state", ["resting", "let go", "reached", "idea"])
def test_each_state_has_a_page_with_a_way_back(pair: Pair, state: str) -> None:
    path = new_goal(pair.ingrid)
    press(pair.ingrid.client, path, f"{path}/state", state=state)
    page = text_of(pair.ingrid.client, path)
    way_back = f"{path}/state" if state == "idea" else f"{path}/restoration"
    assert way_back in page
    for shelf in ("open", "reached", "let-go"):
        text_of(pair.ingrid.client, f"/goals?shelf={shelf}")


def test_every_small_page_opens(pair: Pair) -> None:
    goal_id = pair.goal()
    piece_id = pair.piece(goal_id)
    base = f"/goals/{goal_id}"
    for page in ("words", "horizon", "smaller", "pieces/new"):
        text_of(pair.ingrid.client, f"{base}/{page}")
    text_of(pair.ingrid.client, f"/toolbox/goals/{goal_id}/audience")
    for page in ("", "/smaller", "/day"):
        text_of(pair.ingrid.client, f"{base}/pieces/{piece_id}{page}")


def test_a_goal_moves_and_shrinks(pair: Pair) -> None:
    path = new_goal(pair.ingrid)
    press(pair.ingrid.client, f"{path}/horizon", horizon="this season")
    press(pair.ingrid.client, f"{path}/smaller", text="Look up the shop", size="tiny")
    page = text_of(pair.ingrid.client, path)
    assert "this season" in page
    assert "Look up the shop" in page


def test_a_press_that_no_button_makes_is_refused(pair: Pair) -> None:
    path = new_goal(pair.ingrid)
    assert press(pair.ingrid.client, path, f"{path}/state", state="late").status_code == 400
    assert pair.ingrid.client.get("/goals?shelf=late").status_code == 400
    assert pair.ingrid.client.get("/goals?before=x").status_code == 400


def shared(pair: Pair, *goal_ids: UUID) -> TestResponse:
    """Choose, look, share, as the pages lead."""
    base = f"/sharing/goals/with/{pair.dyad_id}"
    fields = {"item": [str(goal_id) for goal_id in goal_ids]}
    preview = press(pair.ingrid.client, base, f"{base}/preview", **fields)
    assert preview.status_code == 200
    found = re.search(r'name="seen" value="([^"]+)"', preview.get_data(as_text=True))
    assert found
    return press(pair.ingrid.client, base, base, seen=found[1], **fields)


def card_of(page: str) -> str:
    """The table of goals in a page, without the presses that a preview has not."""
    table = page.split("<table", 1)[1].split("</table>", 1)[0]
    for press in (r'<a class="button.*?</a>', r'<form class="post-button".*?</form>'):
        table = re.sub(press, "", table, flags=re.DOTALL)
    return re.sub(r"\s+", " ", table)


def test_the_preview_is_what_the_worker_gets_line_by_line(pair: Pair) -> None:
    goal_id = pair.goal(why="The children")
    pair.piece(goal_id)
    base = f"/sharing/goals/with/{pair.dyad_id}"
    shared(pair, goal_id)
    pair.offer(goal_id)
    preview = press(pair.ingrid.client, base, f"{base}/preview", item=str(goal_id))
    assert shared(pair, goal_id).status_code == 303
    page = text_of(pair.anna.client, f"/people/{pair.dyad_id}/goals?since=start")
    assert card_of(page) == card_of(preview.get_data(as_text=True))


def test_unsharing_closes_the_page_at_the_next_request(pair: Pair) -> None:
    goal_id = pair.goal()
    shared(pair, goal_id)
    worker_page = f"/people/{pair.dyad_id}/goals"
    assert CHRISTMAS in text_of(pair.anna.client, worker_page)
    base = f"/sharing/goals/with/{pair.dyad_id}"
    press(pair.ingrid.client, base, f"/sharing/{pair.dyad_id}/goals/end")
    assert pair.anna.client.get(worker_page).status_code == 404
    assert "Only you can see this" in text_of(pair.ingrid.client, f"/goals/{goal_id}")


def test_something_new_since_the_preview_asks_to_look_again(pair: Pair) -> None:
    goal_id = pair.goal()
    base = f"/sharing/goals/with/{pair.dyad_id}"
    answer = press(pair.ingrid.client, base, base, item=str(goal_id), seen="0" * 64)
    assert answer.status_code == 409


def test_a_worker_offers_and_the_owner_takes_it_in(pair: Pair) -> None:
    goal_id = pair.goal()
    shared(pair, goal_id)
    base = f"/people/{pair.dyad_id}/goals"
    answer = press(pair.anna.client, f"{base}/{goal_id}/offers/new", text="An hour alone?")
    assert answer.status_code == 303
    assert "It is with Ingrid." in text_of(pair.anna.client, base)
    page = text_of(pair.ingrid.client, f"/goals/{goal_id}")
    assert "Anna offers an idea" in page
    offer = re.search(r"/offers/([0-9a-f-]+)/answer", page)
    assert offer
    to = f"/goals/{goal_id}/offers/{offer[1]}/answer"
    press(pair.ingrid.client, f"/goals/{goal_id}", to, answer="take_in")
    assert "Ingrid took it in." in text_of(pair.anna.client, base)


def test_leave_me_alone_is_respected_on_the_workers_page(pair: Pair) -> None:
    goal_id = pair.goal(encouragement=Encouragement.LEAVE_ALONE)
    pair.piece(goal_id)
    shared(pair, goal_id)
    base = f"/people/{pair.dyad_id}/goals"
    page = text_of(pair.anna.client, base)
    assert "Ingrid asks for no pushing on this one." in page
    assert "offers/new" not in page
    assert pair.anna.client.get(f"{base}/{goal_id}/offers/new").status_code == 409


def test_an_owner_finds_nothing_on_the_workers_pages_and_a_stranger_neither(
    pair: Pair, people: People
) -> None:
    goal_id = pair.goal()
    shared(pair, goal_id)
    base = f"/people/{pair.dyad_id}/goals"
    bjorn = people.worker("Bjørn")
    for person in (pair.ingrid, bjorn):
        for page in (base, f"{base}/print", f"{base}/{goal_id}/offers/new"):
            assert person.client.get(page).status_code == 404
    for person in (pair.anna, bjorn, people.owner("Kari")):
        assert person.client.get(f"/goals/{goal_id}").status_code == 404


def test_what_is_kept_back_is_not_on_the_workers_page_in_any_way(pair: Pair) -> None:
    shown, hidden = pair.goal("Shown"), pair.goal("Hidden")
    pair.piece(hidden, "Hidden too")
    shared(pair, shown)
    page = text_of(pair.anna.client, f"/people/{pair.dyad_id}/goals")
    assert "Shown" in page
    assert "Hidden" not in page
    assert str(hidden) not in page


def test_the_review_is_printed_on_one_page(pair: Pair) -> None:
    shared(pair, pair.goal())
    assert CHRISTMAS in text_of(pair.anna.client, f"/people/{pair.dyad_id}/goals/print")


def test_an_owner_prints_a_goal_and_all_that_are_open(pair: Pair) -> None:
    goal_id = pair.goal(why="Åse og ungene")
    pair.piece(goal_id)
    pair.goal("Let go long ago", state=GoalState.LET_GO)
    for path in (f"/toolbox/goals/{goal_id}", "/toolbox/goals"):
        page = text_of(pair.ingrid.client, f"{path}/print")
        pdf = PdfReader(BytesIO(pair.ingrid.client.get(f"{path}/pdf").data))
        for text in (page, pdf.pages[0].extract_text()):
            assert CHRISTMAS in text
            assert "Åse og ungene" in text
            assert "Buy the roast" in text
            assert "Let go long ago" not in text
        assert len(pdf.pages) == 1


def test_keeping_a_goal_for_the_meeting_puts_its_title_on_the_list(pair: Pair) -> None:
    goal_id = pair.goal()
    path = f"/goals/{goal_id}"
    press(pair.ingrid.client, path, f"/toolbox/goals/{goal_id}/keeping/{pair.dyad_id}")
    assert CHRISTMAS in text_of(pair.ingrid.client, f"/meetings/{pair.dyad_id}")


def test_a_goal_for_now_without_a_time_is_in_no_hurry_and_never_some_day(pair: Pair) -> None:
    goal_id = pair.goal()
    for path in ("/goals", f"/goals/{goal_id}", f"/toolbox/goals/{goal_id}/print"):
        page = text_of(pair.ingrid.client, path)
        assert "no hurry" in page
        assert "some day" not in page


def test_many_goals_now_bring_a_kind_hint_and_no_number(pair: Pair) -> None:
    for number in range(3):
        pair.goal(f"Goal {number}")
    assert "may rest" not in text_of(pair.ingrid.client, "/goals")
    pair.goal("One more")
    assert "may rest" in text_of(pair.ingrid.client, "/goals")


def test_no_page_of_goals_asks_the_database_more_than_six_times(pair: Pair) -> None:
    goal_ids = [pair.goal(f"Goal {number}") for number in range(6)]
    piece_ids = [pair.piece(goal_id) for goal_id in goal_ids]
    shared(pair, *goal_ids)
    for goal_id in goal_ids:
        pair.offer(goal_id)
        pair.offer(goal_id, "Another one")
    pages = {
        "/goals": pair.ingrid,
        f"/goals/{goal_ids[0]}": pair.ingrid,
        f"/toolbox/goals/{goal_ids[0]}/audience": pair.ingrid,
        f"/goals/{goal_ids[0]}/words": pair.ingrid,
        f"/goals/{goal_ids[0]}/pieces/new": pair.ingrid,
        f"/goals/{goal_ids[0]}/pieces/{piece_ids[0]}": pair.ingrid,
        f"/sharing/goals/with/{pair.dyad_id}": pair.ingrid,
        f"/people/{pair.dyad_id}/goals": pair.anna,
        f"/people/{pair.dyad_id}/goals?since=looked": pair.anna,
        f"/people/{pair.dyad_id}/goals/{goal_ids[0]}/offers/new": pair.anna,
    }
    for path in ("words", "pieces/new"):
        keep_draft(
            pair.ingrid.client, f"/goals/{goal_ids[0]}/{path}", title="half a", text="half a"
        )
    for path, person in pages.items():
        for _ in range(2):
            text_of(person.client, path)  # the log's line of this hour is there now
        with counted(pair) as statements:
            text_of(person.client, path)
        assert len(statements) <= 6, (path, statements)


def test_the_words_for_today_carry_a_press(pair: Pair) -> None:
    goal_id = pair.goal(state=GoalState.NOW)
    piece_id = pair.piece(goal_id)
    to = f"/goals/{goal_id}/pieces/{piece_id}/completion"
    answer = press(pair.ingrid.client, f"/goals/{goal_id}", to, times="0", next="/")
    assert answer.location == "/"
    with pair.ingrid.viewing() as viewer:
        assert service.for_today(viewer).pieces == ()

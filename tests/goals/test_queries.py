"""The statements of goals, on SQLite and on PostgreSQL."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

from portal.core.web import place_token, read_place
from portal.goals import service
from portal.goals.service import reading
from portal.goals.shapes.bodies import GoalBody, GoalState
from tests.goals.conftest import Pair, keep_back


def test_pages_by_last_change_hold_every_goal_once(pair_on_each: Pair) -> None:
    pair, start = pair_on_each, datetime.now(UTC) - timedelta(days=30)
    for number in range(7):
        with pair.ingrid.viewing(start + timedelta(days=number // 2)) as viewer:
            body = GoalBody(title=str(number), state=GoalState.IDEA)
            service.add_goal(viewer, body, once=uuid4().hex)
    found: list[reading.Whole] = []
    before = None
    with pair.ingrid.viewing() as viewer:
        while True:
            page, before, _for_all = reading.page_with_all(
                viewer,
                viewer.person_id,
                wanted=lambda _card: True,
                size=3,
                names=lambda _id: "",
                before=read_place(place_token(before)),
            )
            found += page
            if before is None:
                break
    assert sorted(whole.goal.body.title for whole in found) == list("0123456")
    changed = [whole.goal.changed_at for whole in found]
    assert changed == sorted(changed, reverse=True)


def test_a_goal_comes_with_its_own_pieces_and_offers(pair_on_each: Pair) -> None:
    pair = pair_on_each
    first, second = pair.goal("First"), pair.goal("Second")
    pair.piece(first, "Of the first")
    pair.share(first, second)
    pair.offer(second, "For the second")
    with pair.anna.viewing() as viewer:
        page = service.review_page(viewer, pair.dyad_id, service.Since.START)
    by_title = {each.goal.body.title: each for each in page.review.goals}
    assert [line.piece.body.text for line in by_title["First"].pieces] == ["Of the first"]
    assert by_title["Second"].pieces == ()
    assert [offer.text for offer in by_title["Second"].offers] == ["For the second"]


def test_a_kept_back_goal_leaves_the_review_on_either_database(pair_on_each: Pair) -> None:
    pair = pair_on_each
    first, second = pair.goal("First"), pair.goal("Second")
    pair.share(first, second)
    with pair.ingrid.viewing() as viewer:
        keep_back(viewer, first)
        service.put_in_state(viewer, first, GoalState.LET_GO)
        service.bring_back(viewer, first)
    with pair.anna.viewing() as viewer:
        page = service.review_page(viewer, pair.dyad_id, service.Since.LOOKED)
    assert [each.goal.body.title for each in page.review.goals] == ["Second"]

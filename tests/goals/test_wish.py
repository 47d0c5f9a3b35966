"""How much others may push on all goals: said once, seen by whoever sees goals, by the keys."""

import msgspec
import pytest
from sqlalchemy import select

from portal.core.db import db
from portal.core.errors import Conflict, NotVisible
from portal.core.work import unit_of_work
from portal.goals import service
from portal.goals.models import Wish
from portal.goals.rules import goals as rules
from portal.goals.shapes.bodies import Encouragement, GoalBody
from portal.goals.shapes.pages import GoalsReview
from portal.vault.models import Audience, DataKey, WrappedKey
from tests.fixtures.people import People
from tests.goals.conftest import Pair, preview_of
from tests.goals.test_views import press, shared, text_of

ALONE, LITTLE, STEADY = Encouragement


def wish(pair: Pair, encouragement: Encouragement) -> None:
    with pair.ingrid.viewing() as viewer:
        service.wish_for_all(viewer, encouragement)


def review(pair: Pair) -> GoalsReview:
    with pair.anna.viewing() as viewer:
        return service.review_page(viewer, pair.dyad_id, service.Since.START).review


def holders(pair: Pair) -> set[object]:
    """Who holds the key of Ingrid's wish."""
    with unit_of_work(pair.ingrid.app):
        key_id = db.session.scalars(select(Wish.data_key_id)).one()
        assert db.session.get_one(DataKey, key_id).audience is Audience.SHARED
        held = select(WrappedKey.holder_id).where(WrappedKey.data_key_id == key_id)
        return set(db.session.scalars(held))


@pytest.mark.parametrize("own", [None, *Encouragement])
@pytest.mark.parametrize("for_all", [None, *Encouragement])
def test_a_goal_may_say_otherwise(own: Encouragement | None, for_all: Encouragement | None) -> None:
    body = GoalBody(title="Mornings", encouragement=own)
    holds = rules.encouragement_for(body, for_all)
    assert holds is (own or for_all or LITTLE)
    assert rules.may_be_offered_ideas(body, for_all) is (holds is not ALONE)


def test_bodies_from_before_there_was_a_wish_still_open() -> None:
    for words, own in (
        ({"title": "Mornings"}, None),
        ({"title": "Mornings", "encouragement": "leave me alone with this"}, ALONE),
        ({"title": "Mornings", "encouragement": "keep at it"}, STEADY),
    ):
        body = msgspec.msgpack.decode(msgspec.msgpack.encode(words), type=GoalBody)
        assert body.encouragement is own
        assert rules.encouragement_for(body, None) is (own or LITTLE)


def test_the_key_of_a_wish_is_the_owners_alone_until_goals_are_shared(pair: Pair) -> None:
    goal_id = pair.goal()
    wish(pair, STEADY)
    assert holders(pair) == {pair.ingrid.id}
    with pytest.raises(NotVisible):
        review(pair)
    pair.share(goal_id)
    assert holders(pair) == {pair.ingrid.id, pair.anna.id}
    assert review(pair).for_all is STEADY


def test_the_end_of_sharing_seals_the_wish_anew_and_the_owner_still_reads_it(pair: Pair) -> None:
    goal_id = pair.goal()
    pair.share(goal_id)
    wish(pair, ALONE)
    with unit_of_work(pair.ingrid.app):
        old = db.session.scalars(select(Wish.data_key_id)).one()
    pair.stop_sharing()
    assert holders(pair) == {pair.ingrid.id}
    with unit_of_work(pair.ingrid.app):
        assert db.session.get(DataKey, old) is None
    with pytest.raises(NotVisible):
        review(pair)
    with pair.ingrid.viewing() as viewer:
        assert service.goals_page(viewer, service.Shelf.OPEN).for_all is ALONE
    wish(pair, LITTLE)
    pair.share(goal_id)
    assert review(pair).for_all is LITTLE


def test_the_last_word_holds_and_there_is_one_row(pair: Pair) -> None:
    for encouragement in Encouragement:
        wish(pair, encouragement)
    with unit_of_work(pair.ingrid.app):
        assert len(db.session.scalars(select(Wish)).all()) == 1
    with pair.ingrid.viewing() as viewer:
        assert service.goals_page(viewer, service.Shelf.REACHED).for_all is STEADY


def test_leave_me_alone_for_all_takes_no_ideas_but_where_a_goal_says_otherwise(pair: Pair) -> None:
    plain, open_one = pair.goal("Plain"), pair.goal("Open", encouragement=LITTLE)
    pair.piece(plain, "A first piece")
    pair.share(plain, open_one)
    wish(pair, ALONE)
    may = {each.goal.body.title: each.may_offer for each in review(pair).goals}
    assert may == {"Plain": False, "Open": True}
    with pytest.raises(Conflict):
        pair.offer(plain)
    pair.offer(open_one)


def test_the_preview_says_what_the_worker_will_read(pair: Pair) -> None:
    goal_id = pair.goal()
    wish(pair, STEADY)
    with pair.ingrid.viewing() as viewer:
        shown = preview_of(viewer, pair.dyad_id, goal_id).shown
    assert shown.for_all is STEADY


def test_one_owners_wish_is_nobody_elses(pair: Pair, people: People) -> None:
    wish(pair, STEADY)
    with people.owner("Kari").viewing() as kari:
        assert service.goals_page(kari, service.Shelf.OPEN).for_all is None


def test_the_owner_says_it_on_the_page_and_the_worker_reads_it_first(pair: Pair) -> None:
    goal_id = pair.goal()
    pair.piece(goal_id, "Buy the roast")
    shared(pair, goal_id)
    base = f"/people/{pair.dyad_id}/goals"
    assert "pushing" not in text_of(pair.anna.client, base)
    assert "offers/new" in text_of(pair.anna.client, base)
    assert "You have not said." in text_of(pair.ingrid.client, "/goals")
    to = "/goals/encouragement"
    answer = press(pair.ingrid.client, "/goals", to, encouragement=ALONE.value)
    assert (answer.status_code, answer.location) == (303, "/goals#pushing")
    assert "You asked not to be pushed." in text_of(pair.ingrid.client, "/goals")
    assert "no pushing, please" in text_of(pair.ingrid.client, f"/goals/{goal_id}")
    page = text_of(pair.anna.client, base)
    assert "Ingrid asks for no pushing. A goal may say otherwise." in page
    assert "Buy the roast" in page
    assert "offers/new" not in page
    assert pair.anna.client.get(f"{base}/{goal_id}/offers/new").status_code == 409
    assert "Ingrid asks for no pushing." in text_of(pair.anna.client, f"{base}/print")


def test_a_wish_that_does_not_exist_is_refused(pair: Pair) -> None:
    answer = press(pair.ingrid.client, "/goals", "/goals/encouragement", encouragement="a lot")
    assert answer.status_code == 400

"""Where a thing can be kept for a meeting, it says that it is kept already, and for which."""

from datetime import datetime, timedelta
from uuid import UUID, uuid4

import pytest

from portal.meetings import service
from portal.meetings.shapes import KeptMark
from tests.fixtures.people import People
from tests.meetings.test_service import AFTER, NOW, THURSDAY, Pair


@pytest.fixture
def pair(people: People) -> Pair:
    return Pair(people)


def mark(pair: Pair, source_id: UUID, now: datetime = NOW) -> KeptMark | None:
    with pair.ingrid.viewing(now) as viewer:
        return service.kept_marks(viewer, [pair.id], source_id).get(pair.id)


def test_what_is_kept_is_marked_and_nothing_else(pair: Pair) -> None:
    goal_id = uuid4()
    assert mark(pair, goal_id) is None
    kept_id = pair.keep(pair.ingrid, "Christmas", goal_id)
    assert mark(pair, goal_id) == KeptMark(kept_id, None)
    assert mark(pair, uuid4()) is None


def test_the_mark_names_the_meeting_once_both_have_said_yes(pair: Pair) -> None:
    goal_id = uuid4()
    pair.keep(pair.ingrid, "Christmas", goal_id)
    pair.offer(pair.anna)
    offered = mark(pair, goal_id)
    pair.answer(pair.ingrid, yes=True)
    agreed = mark(pair, goal_id)
    assert (offered and offered.meets_at, agreed and agreed.meets_at) == (None, THURSDAY)


def test_after_the_meeting_it_can_be_kept_again(pair: Pair) -> None:
    goal_id = uuid4()
    pair.keep(pair.ingrid, "Christmas", goal_id)
    pair.agree()
    assert mark(pair, goal_id, THURSDAY - timedelta(hours=1)) is not None
    assert mark(pair, goal_id, AFTER) is None


def test_each_pair_has_its_own_mark(people: People, pair: Pair) -> None:
    goal_id, per = uuid4(), people.worker("Per")
    other = people.dyad(pair.ingrid, per, NOW)
    pair.keep(pair.ingrid, "Christmas", goal_id)
    with pair.ingrid.viewing(NOW) as viewer:
        assert set(service.kept_marks(viewer, [pair.id, other], goal_id)) == {pair.id}
        assert service.kept_marks(viewer, [], goal_id) == {}

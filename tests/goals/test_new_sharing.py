"""New sharing asks the two whether their agreement still fits."""

from datetime import UTC, datetime, timedelta

from portal.agreements import service as agreements
from portal.agreements.shapes import Why
from tests.fixtures.agreed import Agree
from tests.goals.conftest import Pair, share

AGREED = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
LATER = AGREED + timedelta(weeks=3)


def why_asked(pair: Pair) -> Why | None:
    with pair.anna.viewing(LATER) as viewer:
        review = agreements.agreement_for(viewer, pair.dyad_id).review
    return review.why if review else None


def test_new_sharing_asks_whether_the_agreement_still_fits(pair: Pair, agree: Agree) -> None:
    goal_id = pair.goal()
    agree(pair.ingrid, pair.anna, pair.dyad_id, AGREED)
    with pair.ingrid.viewing(LATER) as viewer:
        share(viewer, pair.dyad_id, goal_id)
    assert why_asked(pair) is Why.NEW_SHARING


def test_sharing_one_more_goal_or_right_after_agreeing_asks_nothing(
    pair: Pair, agree: Agree
) -> None:
    first, second = pair.goal("First"), pair.goal("Second")
    agree(pair.ingrid, pair.anna, pair.dyad_id, AGREED)
    with pair.ingrid.viewing(AGREED + timedelta(days=1)) as viewer:
        share(viewer, pair.dyad_id, first)
    with pair.ingrid.viewing(LATER) as viewer:
        share(viewer, pair.dyad_id, first, second)
    assert why_asked(pair) is None

"""What can stand on a page: what the worker of the pair sees already, and no more."""

from datetime import timedelta

from portal.goals.service import put_in_state
from portal.goals.shapes.bodies import GoalState
from portal.life_domains.rules import id_of
from portal.life_domains.service import turn_domain
from portal.vault.models import Part
from tests.record.conftest import NOW, Pair


def test_only_shared_goals_are_offered(pair: Pair) -> None:
    shared = pair.goal("Out early")
    pair.goal("A private one")
    assert pair.offered().goals == ()
    pair.share_goals(shared)
    assert [each.title for each in pair.offered().goals] == ["Out early"]
    pair.unshare(Part.GOALS)
    assert pair.offered().goals == ()


def test_a_goal_says_its_state_and_who_does_its_pieces(pair: Pair) -> None:
    shared = pair.goal("Out early", why="The light", pieces=("Ring the bus",))
    pair.share_goals(shared)
    (goal,) = pair.offered().goals
    assert goal.note == "now · no hurry"
    assert goal.why == "The light"
    assert goal.pieces == ("Ring the bus (Anna)",)


def test_a_goal_that_is_left_alone_offers_no_pieces(pair: Pair) -> None:
    alone = pair.goal("Out early", pieces=("Ring the bus",), left_alone=True)
    pair.share_goals(alone)
    assert pair.offered().goals[0].pieces == ()


def test_a_goal_that_was_let_go_is_not_offered(pair: Pair) -> None:
    shared = pair.goal("Out early")
    pair.share_goals(shared)
    with pair.ingrid.viewing(NOW) as viewer:
        put_in_state(viewer, shared, GoalState.LET_GO)
    assert pair.offered().goals == ()


def test_what_another_worker_sees_is_not_offered(pair: Pair) -> None:
    per = pair.people.worker("Per")
    pair.share_goals(pair.goal("Out early"))
    other = pair.people.dyad(pair.ingrid, per, NOW)
    pair.id, mine = other, pair.id
    assert pair.offered().goals == ()
    pair.id = mine
    assert len(pair.offered().goals) == 1


def test_the_newest_shared_words_of_a_part_of_life_are_offered(pair: Pair) -> None:
    old = pair.entry("It was loud", now=NOW - timedelta(days=9))
    new = pair.entry("It is quiet", now=NOW - timedelta(days=2))
    pair.entry("Only for me", now=NOW - timedelta(days=1))
    empty = pair.entry("", domain="money", rating=4)
    pair.share_life(old, new, empty)
    (line,) = pair.offered().life
    assert (line.name, line.text) == ("Home", "It is quiet")
    assert line.on == (NOW - timedelta(days=2)).date()


def test_a_hidden_part_of_life_is_not_offered(pair: Pair) -> None:
    pair.share_life(pair.entry("It is quiet"))
    with pair.ingrid.viewing(NOW) as viewer:
        turn_domain(viewer, id_of(viewer.person_id, "home"), off=True)
    assert pair.offered().life == ()


def test_what_matters_is_offered_and_says_when_it_is_the_owners_alone(pair: Pair) -> None:
    assert pair.offered().matters == ""
    said = pair.say("The sea")
    assert (pair.offered().matters, pair.offered().is_matters_alone) == ("The sea", True)
    pair.share_matters(said)
    assert not pair.offered().is_matters_alone
    pair.unshare(Part.WHAT_MATTERS)
    assert pair.offered().is_matters_alone


def test_the_list_for_the_next_meeting_is_offered_line_by_line(pair: Pair) -> None:
    pair.keep("The letter")
    pair.keep("The bus")
    assert [each.text for each in pair.offered().kept] == ["The letter", "The bus"]


def test_the_agreement_is_offered_once_there_is_one(pair: Pair) -> None:
    assert pair.offered().agreement is None
    pair.agree()
    found = pair.offered().agreement
    assert found is not None
    assert len(found.entries) == 8

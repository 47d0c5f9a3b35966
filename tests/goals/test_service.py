"""What the verbs of goals do, for the owner and for a worker."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import select, update

from portal.core.clock import local_day
from portal.core.db import db
from portal.core.errors import Conflict, NotVisible
from portal.dyads.service import end_dyad
from portal.goals import service
from portal.goals.models import Activity, Goal, Offer
from portal.goals.service import writing
from portal.goals.shapes.bodies import (
    ActivityBody,
    Encouragement,
    GoalBody,
    GoalState,
    HowItWent,
    HowOften,
    Movement,
    PieceState,
    RemindAt,
)
from portal.goals.shapes.pages import GoalsReview
from portal.goals.tool import TOOL
from portal.reminders.models import Reminder
from portal.toolbox import service as toolbox
from portal.vault.viewer import Viewer
from tests.fixtures.people import People, SomePerson
from tests.goals.conftest import CHRISTMAS, Pair, go_along, keep_back, preview_of, share_as_seen


def review(pair: Pair, since: datetime | None = None) -> GoalsReview:
    with pair.anna.viewing() as viewer:
        return service.review_page(viewer, pair.dyad_id, service.Since.START).review


YESTERDAY, TODAY = (datetime(2026, 11, day, 12, tzinfo=UTC) for day in (24, 25))


def titles(found: GoalsReview) -> set[str]:
    return {each.goal.body.title for each in found.goals}


def test_a_new_goal_is_the_owners_alone_even_while_goals_are_shared(pair: Pair) -> None:
    pair.share(pair.goal("Shared"))
    pair.goal("Mine alone")
    assert titles(review(pair)) == {"Shared"}


def test_the_same_press_twice_makes_one_goal(pair: Pair) -> None:
    once = uuid4().hex
    for _ in range(2):
        with pair.ingrid.viewing() as viewer:
            service.add_goal(viewer, GoalBody(title=CHRISTMAS), once=once)
    with pair.ingrid.viewing() as viewer:
        page = service.goals_page(viewer, service.Shelf.OPEN)
    assert [len(goals) for _, goals in page.groups] == [1]


def test_somebody_elses_goal_is_not_there(pair: Pair, people: People) -> None:
    goal_id, other = pair.goal(), people.owner("Kari")
    with other.viewing() as viewer, pytest.raises(NotVisible):
        service.goal_page(viewer, goal_id)
    with other.viewing() as viewer, pytest.raises(NotVisible):
        service.put_in_state(viewer, goal_id, GoalState.LET_GO)


def test_a_worker_edits_no_goal_that_is_shared_with_them(pair: Pair) -> None:
    goal_id = pair.goal()
    pair.share(goal_id)
    with pair.anna.viewing() as viewer, pytest.raises(NotVisible):
        service.say_movement(viewer, goal_id, Movement.BACK)
    with pair.anna.viewing() as viewer, pytest.raises(NotVisible):
        service.goal_page(viewer, goal_id)


def test_letting_go_and_bringing_back_loses_nothing(pair: Pair) -> None:
    goal_id = pair.goal(why="The children")
    piece_id = pair.piece(goal_id)
    with pair.ingrid.viewing() as viewer:
        service.put_in_state(viewer, goal_id, GoalState.LET_GO)
        assert service.goals_page(viewer, service.Shelf.OPEN).groups == ()
        assert service.goals_page(viewer, service.Shelf.LET_GO).groups
        service.bring_back(viewer, goal_id)
        page = service.goal_page(viewer, goal_id)
    assert page.goal.body.state is GoalState.NOW
    assert page.goal.body.why == "The children"
    assert [piece.id for piece in page.open_pieces] == [piece_id]
    assert [change.state for change in page.goal.body.history] == [
        GoalState.NOW,
        GoalState.LET_GO,
        GoalState.NOW,
    ]


def test_a_double_press_on_done_counts_once_and_can_be_taken_back(pair: Pair) -> None:
    goal_id = pair.goal()
    piece_id = pair.piece(goal_id)
    with pair.ingrid.viewing() as viewer:
        for _ in range(2):
            service.mark_done(viewer, goal_id, piece_id, times_done=0)
        service.say_how_it_went(viewer, goal_id, piece_id, HowItWent.EASIER)
        page = service.goal_page(viewer, goal_id)
        assert [piece.times_done for piece in page.done_pieces] == [1]
        assert page.done_pieces[0].last_done
        assert page.done_pieces[0].last_done.how is HowItWent.EASIER
        service.take_back_done(viewer, goal_id, piece_id, times_done=1)
        page = service.goal_page(viewer, goal_id)
    assert [piece.id for piece in page.open_pieces] == [piece_id]


def test_a_press_on_a_page_of_the_day_before_still_counts(pair: Pair) -> None:
    goal_id = pair.goal()
    with pair.ingrid.viewing() as viewer:
        body = ActivityBody(text="A walk", day=date(2026, 11, 24), repeat=HowOften.DAILY)
        piece_id = service.add_piece(viewer, goal_id, body, once=uuid4().hex)
    for at in (YESTERDAY, TODAY, TODAY):
        with pair.ingrid.viewing(at) as viewer:
            service.mark_done(viewer, goal_id, piece_id, times_done=0)
    with pair.ingrid.viewing(TODAY) as viewer:
        _goal, piece = service.piece_page(viewer, goal_id, piece_id)
    assert [once.at for once in piece.body.dones] == [YESTERDAY, TODAY]


def test_a_piece_can_be_made_smaller_moved_rested_and_let_go(pair: Pair) -> None:
    goal_id = pair.goal()
    piece_id = pair.piece(goal_id)
    with pair.ingrid.viewing() as viewer:
        words = ("Look up the shop", ActivityBody(text="").size)
        service.make_piece_smaller(viewer, goal_id, piece_id, words)
        service.move_piece(viewer, goal_id, piece_id, date(2026, 12, 1))
        _goal, piece = service.piece_page(viewer, goal_id, piece_id)
        assert (piece.body.text, piece.body.day) == ("Look up the shop", date(2026, 12, 1))
        service.put_piece_in_state(viewer, goal_id, piece_id, PieceState.LET_GO)
        assert service.goal_page(viewer, goal_id).set_aside
        service.put_piece_in_state(viewer, goal_id, piece_id, PieceState.OPEN)
        assert service.goal_page(viewer, goal_id).open_pieces


def test_the_preview_shows_what_the_worker_then_gets(pair: Pair) -> None:
    chosen, left = pair.goal("Christmas"), pair.goal("Something private")
    pair.piece(chosen)
    with pair.ingrid.viewing() as viewer:
        preview = preview_of(viewer, pair.dyad_id, chosen)
        share_as_seen(viewer, pair.dyad_id, chosen, seen=preview.seen)
    found = review(pair)
    assert titles(found) == titles(preview.shown) == {"Christmas"}
    assert [line.piece.body for line in found.goals[0].pieces] == [
        line.piece.body for line in preview.shown.goals[0].pieces
    ]
    assert left not in {each.goal.id for each in found.goals}


def test_what_changed_since_the_preview_is_not_shared_unseen(pair: Pair) -> None:
    goal_id = pair.goal()
    with pair.ingrid.viewing() as viewer:
        preview = preview_of(viewer, pair.dyad_id, goal_id)
    pair.piece(goal_id, "Something I would rather not show")
    with pair.ingrid.viewing() as viewer, pytest.raises(Conflict):
        share_as_seen(viewer, pair.dyad_id, goal_id, seen=preview.seen)
    with pytest.raises(NotVisible):
        review(pair)


def test_the_same_press_to_share_twice_is_no_trouble(pair: Pair) -> None:
    goal_id = pair.goal()
    with pair.ingrid.viewing() as viewer:
        preview = preview_of(viewer, pair.dyad_id, goal_id)
    for _ in range(2):
        with pair.ingrid.viewing() as viewer:
            share_as_seen(viewer, pair.dyad_id, goal_id, seen=preview.seen)
    assert titles(review(pair)) == {CHRISTMAS}


def test_one_goal_is_not_shared_otherwise_than_it_was_seen(pair: Pair) -> None:
    pair.share(pair.goal("Shared"))
    alone = pair.goal("Alone")
    with pair.ingrid.viewing() as viewer:
        seen = toolbox.audience_of(viewer, TOOL, alone).seen
    pair.piece(alone, "Something I would rather not show")
    with pair.ingrid.viewing() as viewer, pytest.raises(Conflict):
        toolbox.let_go_along(viewer, TOOL, alone, seen=seen)
    assert titles(review(pair)) == {"Shared"}


def test_a_goal_left_out_at_the_next_sharing_is_the_owners_alone_again(pair: Pair) -> None:
    first, second = pair.goal("First"), pair.goal("Second")
    pair.share(first, second)
    pair.share(second)
    assert titles(review(pair)) == {"Second"}


def test_unsharing_works_at_once_and_loses_no_words(pair: Pair) -> None:
    goal_id = pair.goal()
    pair.piece(goal_id)
    pair.share(goal_id)
    assert titles(review(pair)) == {CHRISTMAS}
    pair.stop_sharing()
    with pytest.raises(NotVisible):
        review(pair)
    with pair.ingrid.viewing() as viewer:
        page = service.goal_page(viewer, goal_id)
    assert page.goal.body.title == CHRISTMAS
    assert page.open_pieces[0].body.text == "Buy the roast"
    assert page.shared_with == ()


def keys_of(viewer: Viewer) -> set[object]:
    tables = (Goal, Activity, Offer)
    return {key for table in tables for key in db.session.scalars(select(table.data_key_id))}


def test_after_unsharing_everything_lies_under_another_key(pair: Pair) -> None:
    goal_id = pair.goal()
    pair.piece(goal_id)
    pair.share(goal_id)
    pair.offer(goal_id)
    with pair.ingrid.viewing() as viewer:
        before = keys_of(viewer)
    pair.stop_sharing()
    with pair.ingrid.viewing() as viewer:
        assert not before & keys_of(viewer)
        assert service.goal_page(viewer, goal_id).offers


def test_a_goal_kept_back_takes_pieces_offers_and_history_with_it(pair: Pair) -> None:
    kept, other = pair.goal("Kept back"), pair.goal("Other")
    pair.piece(kept)
    pair.share(kept, other)
    pair.offer(kept)
    with pair.ingrid.viewing() as viewer:
        keep_back(viewer, kept)
    assert titles(review(pair)) == {"Other"}
    with pair.anna.viewing() as viewer:
        for table in (Goal, Activity, Offer):
            for row in db.session.scalars(select(table).where(table.owner_id == pair.ingrid.id)):
                if kept in (row.id, getattr(row, "goal_id", None)):
                    with pytest.raises(NotVisible):
                        viewer.box.open(row, GoalBody)
    with pair.ingrid.viewing() as viewer:
        page = service.goal_page(viewer, kept)
    assert page.offers[0].author_name == "Anna"
    assert page.open_pieces


def test_a_goal_can_go_along_alone_after_its_preview(pair: Pair) -> None:
    shared, alone = pair.goal("Shared"), pair.goal("Alone")
    pair.share(shared)
    with pair.ingrid.viewing() as viewer:
        found = toolbox.audience_of(viewer, TOOL, alone)
        assert found.shown
        assert titles(found.shown) == {"Alone"}
        go_along(viewer, alone)
    assert titles(review(pair)) == {"Shared", "Alone"}


def test_an_idea_is_taken_in_once_and_becomes_the_owners_own_piece(pair: Pair) -> None:
    goal_id = pair.goal()
    pair.share(goal_id)
    offer_id = pair.offer(goal_id)
    with pair.ingrid.viewing() as viewer:
        assert service.goal_page(viewer, goal_id).offers[0].author_name == "Anna"
        first = service.take_in(viewer, goal_id, offer_id)
        assert service.take_in(viewer, goal_id, offer_id) == first
        page = service.goal_page(viewer, goal_id)
    assert [piece.body.text for piece in page.open_pieces] == ["An hour alone on the 24th?"]
    assert page.offers == ()
    seen = review(pair).goals[0].offers[0]
    assert seen.answer
    assert seen.answer.is_taken_in


def test_an_idea_left_out_stays_left_out(pair: Pair) -> None:
    goal_id = pair.goal()
    pair.share(goal_id)
    offer_id = pair.offer(goal_id)
    with pair.ingrid.viewing() as viewer:
        service.leave_out(viewer, goal_id, offer_id)
        service.take_in(viewer, goal_id, offer_id)
        page = service.goal_page(viewer, goal_id)
    assert page.open_pieces == ()
    assert page.answered[0].answer
    assert not page.answered[0].answer.is_taken_in


def test_no_idea_is_offered_where_the_owner_asks_to_be_left_alone(pair: Pair) -> None:
    goal_id = pair.goal(encouragement=Encouragement.LEAVE_ALONE)
    pair.share(goal_id)
    with pytest.raises(Conflict) as refused:
        pair.offer(goal_id)
    assert pair.ingrid.name not in str(refused.value.message)
    assert not review(pair).goals[0].may_offer


def test_no_idea_is_offered_for_a_goal_that_is_not_shared(pair: Pair) -> None:
    shared, alone = pair.goal("Shared"), pair.goal("Alone")
    pair.share(shared)
    with pytest.raises(NotVisible):
        pair.offer(alone)


def test_a_waiting_idea_can_be_taken_back_and_an_answered_one_cannot(pair: Pair) -> None:
    goal_id = pair.goal()
    pair.share(goal_id)
    waiting, answered = pair.offer(goal_id, "Waiting"), pair.offer(goal_id, "Answered")
    with pair.ingrid.viewing() as viewer:
        service.leave_out(viewer, goal_id, answered)
    with pair.anna.viewing() as viewer:
        for offer_id in (waiting, answered):
            service.withdraw_offer(viewer, pair.dyad_id, goal_id, offer_id)
    assert [offer.text for offer in review(pair).goals[0].offers] == ["Answered"]


def test_one_worker_does_not_see_what_another_offered(pair: Pair, people: People) -> None:
    bjorn = people.worker("Bjørn")
    other_id = people.dyad(pair.ingrid, bjorn)
    goal_id = pair.goal()
    pair.share(goal_id)
    pair.offer(goal_id)
    with pair.ingrid.viewing() as viewer:
        preview = preview_of(viewer, other_id, goal_id)
        share_as_seen(viewer, other_id, goal_id, seen=preview.seen)
    with bjorn.viewing() as viewer:
        page = service.review_page(viewer, other_id, service.Since.START)
    assert page.review.goals[0].offers == ()
    assert preview.shown.goals[0].offers == ()


def test_an_older_goal_that_was_shared_since_is_newly_shared_and_not_new(pair: Pair) -> None:
    with pair.ingrid.viewing(datetime.now(UTC) - timedelta(days=20)) as viewer:
        old = service.add_goal(viewer, GoalBody(title="Old"), once=uuid4().hex)
    with pair.ingrid.viewing() as viewer:
        preview = preview_of(viewer, pair.dyad_id, old)
        share_as_seen(viewer, pair.dyad_id, old, seen=preview.seen)
    with pair.anna.viewing() as viewer:
        since = datetime.now(UTC) - timedelta(days=5)
        [goal] = service.goals_review(viewer, pair.ingrid.id, since).goals
    assert (goal.is_new, goal.is_older) == (True, True)


def test_looking_twice_within_an_hour_is_not_called_the_first_time(pair: Pair) -> None:
    pair.share(pair.goal())
    path = f"/people/{pair.dyad_id}/goals?since=looked"
    for _time in range(2):
        page = pair.anna.client.get(path).text
        assert "before this hour you had not looked" in page
        assert "have not looked before" not in page


def test_a_review_tells_what_is_new_moved_done_and_resting_since_then(pair: Pair) -> None:
    before = datetime.now(UTC) - timedelta(days=20)
    with pair.ingrid.viewing(before) as viewer:
        old = [
            service.add_goal(viewer, GoalBody(title=title, state=GoalState.NOW), once=uuid4().hex)
            for title in ("Moving", "Doing", "Resting", "Quiet")
        ]
        piece_id = service.add_piece(viewer, old[1], ActivityBody(text="Walk"), once=uuid4().hex)
        preview = preview_of(viewer, pair.dyad_id, *old)
        share_as_seen(viewer, pair.dyad_id, *old, seen=preview.seen)
    new = pair.goal("New")
    with pair.ingrid.viewing() as viewer:
        go_along(viewer, new)
        service.say_movement(viewer, old[0], Movement.FORWARD)
        service.mark_done(viewer, old[1], piece_id, times_done=0)
        service.put_in_state(viewer, old[2], GoalState.RESTING)
    with pair.anna.viewing() as viewer:
        since = datetime.now(UTC) - timedelta(days=5)
        found = service.goals_review(viewer, pair.ingrid.id, since)
    by_title = {each.goal.body.title: each for each in found.goals}
    assert by_title["New"].is_new
    assert not by_title["New"].is_older
    assert not by_title["Moving"].is_new
    assert [change.movement for change in by_title["Moving"].changes] == [Movement.FORWARD]
    assert [line.piece.body.text for line in by_title["Doing"].pieces if line.times] == ["Walk"]
    assert [change.state for change in by_title["Resting"].changes] == [GoalState.RESTING]
    assert not by_title["Quiet"].has_news
    assert found.goals[-1].goal.body.title == "Quiet"


def test_a_worker_whose_pair_ended_sees_nothing(pair: Pair) -> None:
    pair.share(pair.goal())
    with pair.ingrid.viewing() as viewer:
        end_dyad(viewer, pair.dyad_id)
    with pytest.raises(NotVisible):
        review(pair)


def due_reminders(person: SomePerson) -> list[datetime]:
    with person.viewing():
        rows = select(Reminder.due_at).where(Reminder.person_id == person.id)
        return list(db.session.scalars(rows))


def test_a_piece_with_a_day_and_a_reminder_is_due_and_rests_with_its_goal(pair: Pair) -> None:
    goal_id = pair.goal()
    day = date.today() + timedelta(days=3)  # noqa: DTZ011  # any coming day will do
    with pair.ingrid.viewing() as viewer:
        body = ActivityBody(text="Buy the roast", day=day, remind_at=RemindAt.MORNING)
        piece_id = service.add_piece(viewer, goal_id, body, once=uuid4().hex)
        zone = viewer.zone
    [due] = due_reminders(pair.ingrid)
    assert due.astimezone(zone).date() == day
    assert due.astimezone(zone).hour == 9
    with pair.ingrid.viewing() as viewer:
        service.put_in_state(viewer, goal_id, GoalState.RESTING)
    assert due_reminders(pair.ingrid) == []
    with pair.ingrid.viewing() as viewer:
        service.bring_back(viewer, goal_id)
    assert due_reminders(pair.ingrid) == [due]
    with pair.ingrid.viewing() as viewer:
        service.mark_done(viewer, goal_id, piece_id, times_done=0)
    assert due_reminders(pair.ingrid) == []


def test_the_first_page_gets_three_pieces_at_most_and_those_with_a_day_first(pair: Pair) -> None:
    goal_id = pair.goal()
    with pair.ingrid.viewing() as viewer:
        today = local_day(viewer.now, viewer.zone)
    for number in range(4):
        pair.piece(goal_id, f"Any day {number}")
    pair.piece(goal_id, "Long ago", today - timedelta(days=30))
    pair.piece(goal_id, "Later", today + timedelta(days=30))
    pair.piece(pair.goal("At rest", state=GoalState.RESTING), "Not this", today)
    with pair.ingrid.viewing() as viewer:
        found = [each.piece.body.text for each in service.for_today(viewer).pieces]
    assert found == ["Long ago", "Any day 0", "Any day 1"]


def test_many_goals_come_in_pages_each_once_with_those_on_now_first(pair: Pair) -> None:
    with pair.ingrid.viewing() as viewer:
        for number in range(60):
            state = GoalState.NOW if number == 0 else GoalState.IDEA
            body = GoalBody(title=f"Goal {number}", state=state)
            service.add_goal(viewer, body, once=uuid4().hex)
    found: list[str] = []
    before = None
    with pair.ingrid.viewing() as viewer:
        while True:
            page = service.goals_page(viewer, service.Shelf.OPEN, before)
            found += [card.body.title for _, cards in page.groups for card in cards]
            if page.older is None:
                break
            before = page.older
    assert sorted(found) == sorted(f"Goal {number}" for number in range(60))
    assert found[0] == "Goal 0"


def test_two_pages_that_change_one_goal_at_a_time_lose_nothing_unseen(pair: Pair) -> None:
    goal_id = pair.goal()
    with pair.ingrid.viewing() as viewer:
        row, body, audience = writing.own_goal(viewer, goal_id)
        db.session.execute(
            update(Goal)
            .where(Goal.id == goal_id)
            .values(version=Goal.version + 1)
            .execution_options(synchronize_session=False)
        )
        with pytest.raises(Conflict):
            writing.keep_goal(viewer, row, body, audience)
        db.session.rollback()

"""What may follow what, for goals and pieces."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from portal.goals.rules import goals as rules
from portal.goals.rules import pieces
from portal.goals.shapes.bodies import (
    ActivityBody,
    Doer,
    Encouragement,
    GoalBody,
    GoalState,
    Horizon,
    HowItWent,
    HowOften,
    Movement,
    PieceState,
    RemindAt,
    Size,
)

OSLO = ZoneInfo("Europe/Oslo")
NOW = datetime(2026, 11, 21, 20, 0, tzinfo=UTC)
TODAY = date(2026, 11, 21)  # a Saturday


def a_goal(state: GoalState = GoalState.NOW) -> GoalBody:
    return rules.begun(GoalBody(title="Get through Christmas", state=state), NOW)


def a_walk(day: date | None, repeat: HowOften = HowOften.ONCE) -> ActivityBody:
    return pieces.on_day(ActivityBody(text="Walk", repeat=repeat), day)


def test_a_new_goal_remembers_how_it_began() -> None:
    assert [change.state for change in a_goal().history] == [GoalState.NOW]


@given(st.lists(st.sampled_from(GoalState), max_size=12))
def test_any_state_may_follow_any_other_and_each_change_is_dated(states: list[GoalState]) -> None:
    body = a_goal(GoalState.IDEA)
    expected = [GoalState.IDEA]
    for minute, state in enumerate(states):
        body = rules.put_in_state(body, state, NOW + timedelta(minutes=minute))
        if expected[-1] is not state:
            expected.append(state)
    assert [change.state for change in body.history] == expected
    assert body.state is expected[-1]


@pytest.mark.parametrize("before", sorted(rules.OPEN_STATES, key=str))
def test_what_was_let_go_comes_back_as_it_was(before: GoalState) -> None:
    gone = rules.put_in_state(a_goal(before), GoalState.LET_GO, NOW)
    assert rules.state_before(gone) is before


def test_a_reached_goal_that_was_let_go_comes_back_as_it_was_before_it_was_reached() -> None:
    body = rules.put_in_state(a_goal(), GoalState.REACHED, NOW)
    assert rules.state_before(rules.put_in_state(body, GoalState.LET_GO, NOW)) is GoalState.NOW


def test_saying_reached_puts_the_goal_among_those_reached_and_taking_it_up_clears_it() -> None:
    body = rules.moved(a_goal(), Movement.REACHED, NOW)
    assert body.state is GoalState.REACHED
    again = rules.put_in_state(body, GoalState.NOW, NOW)
    assert again.movement is None


def test_saying_the_same_movement_again_is_dated_again() -> None:
    later = NOW + timedelta(days=7)
    body = rules.moved(rules.moved(a_goal(), Movement.SAME, NOW), Movement.SAME, later)
    assert [change.at for change in body.history if change.movement] == [NOW, later]


def test_editing_words_keeps_history_answers_state_and_movement() -> None:
    body = rules.moved(a_goal(), Movement.FORWARD, NOW)
    new = GoalBody(title="A calm Christmas", horizon=Horizon.MONTH)
    changed = rules.with_words(body, new, NOW)
    assert changed.title == "A calm Christmas"
    assert changed.state is GoalState.NOW
    assert changed.movement is Movement.FORWARD
    assert changed.history[:-1] == body.history
    assert changed.history[-1].horizon is Horizon.MONTH


def test_a_goal_left_alone_takes_no_offers() -> None:
    alone = replace(a_goal(), encouragement=Encouragement.LEAVE_ALONE)
    assert rules.may_be_offered_ideas(a_goal(), None)
    assert not rules.may_be_offered_ideas(alone, None)


def test_a_goal_shared_today_is_new_although_it_was_made_long_ago() -> None:
    since = NOW - timedelta(days=7)
    made_at = NOW - timedelta(days=90)
    assert not rules.is_new_since(a_goal(), made_at, since)
    assert rules.is_new_since(replace(a_goal(), shared_at=NOW), made_at, since)


def test_three_goals_now_are_fine_and_a_fourth_only_brings_a_hint() -> None:
    assert not rules.has_many_now([GoalState.NOW] * 3 + [GoalState.RESTING] * 9)
    assert rules.has_many_now([GoalState.NOW] * 4)


def test_a_piece_that_is_done_can_be_taken_back_with_its_day() -> None:
    piece = ActivityBody(text="Buy the roast", day=TODAY)
    done = pieces.done(piece, now=NOW, today=TODAY)
    assert done.state is PieceState.DONE
    assert pieces.not_done(done) == piece


def test_a_piece_that_repeats_stays_open_and_its_day_moves_on() -> None:
    piece = a_walk(TODAY, HowOften.WEEKLY)
    done = pieces.done(piece, now=NOW, today=TODAY, is_plan_b=True)
    assert done.state is PieceState.OPEN
    assert done.day == TODAY + timedelta(days=7)
    assert done.dones[0].is_plan_b
    assert pieces.not_done(done) == piece


def test_a_monthly_piece_keeps_its_day_of_the_month_through_a_short_month() -> None:
    piece = a_walk(date(2027, 1, 31), HowOften.MONTHLY)
    for expected in (date(2027, 2, 28), date(2027, 3, 31)):
        assert piece.day
        piece = pieces.done(piece, now=NOW, today=piece.day)
        assert piece.day == expected


def test_how_it_went_is_said_about_the_last_time() -> None:
    piece = pieces.done(ActivityBody(text="Walk"), now=NOW, today=TODAY)
    assert pieces.with_how(piece, HowItWent.EASIER).dones[-1].how is HowItWent.EASIER
    assert pieces.with_how(ActivityBody(text="Walk"), HowItWent.EASIER).dones == ()


@pytest.mark.parametrize(
    ("repeat", "start", "after", "expected"),
    [
        (HowOften.DAILY, date(2026, 11, 1), TODAY, date(2026, 11, 22)),
        (HowOften.WEEKDAYS, date(2026, 11, 2), date(2026, 11, 20), date(2026, 11, 23)),
        (HowOften.WEEKLY, date(2026, 11, 5), TODAY, date(2026, 11, 26)),
        (HowOften.FORTNIGHTLY, date(2026, 11, 5), TODAY, date(2026, 12, 3)),
        (HowOften.MONTHLY, date(2026, 1, 31), date(2026, 2, 10), date(2026, 2, 28)),
        (HowOften.MONTHLY, date(2026, 1, 31), date(2026, 2, 28), date(2026, 3, 31)),
    ],
)
def test_the_day_of_a_repeat_moves_on(
    repeat: HowOften, start: date, after: date, expected: date
) -> None:
    assert pieces.next_day(a_walk(start, repeat), after=after) == expected


@given(
    st.sampled_from([repeat for repeat in HowOften if repeat is not HowOften.ONCE]),
    st.dates(date(2020, 1, 1), date(2030, 1, 1)),
    st.integers(0, 900),
)
def test_the_next_day_always_lies_after_and_soon(repeat: HowOften, start: date, days: int) -> None:
    after = start + timedelta(days=days)
    found = pieces.next_day(a_walk(start, repeat), after=after)
    assert found
    assert timedelta(0) < found - after <= timedelta(days=31)


def test_a_day_that_has_passed_is_only_any_day_now() -> None:
    piece = ActivityBody(text="Buy the roast", day=TODAY - timedelta(days=40))
    assert pieces.is_for_today(piece, GoalState.NOW, TODAY)
    assert not pieces.is_for_today(piece, GoalState.RESTING, TODAY)


def test_what_the_worker_does_is_not_on_the_owners_day() -> None:
    piece = ActivityBody(text="Call the office", day=TODAY, doer=Doer.WORKER)
    assert not pieces.is_for_today(piece, GoalState.NOW, TODAY)


def test_a_piece_of_an_idea_shows_only_on_its_own_day() -> None:
    piece = ActivityBody(text="Look at courses")
    assert not pieces.is_for_today(piece, GoalState.IDEA, TODAY)
    assert pieces.is_for_today(replace(piece, day=TODAY), GoalState.IDEA, TODAY)
    assert not pieces.is_for_today(replace(piece, day=TODAY), GoalState.IDEA, date(2026, 11, 22))


def test_a_reminder_is_due_in_the_owners_own_morning_on_both_sides_of_summer_time() -> None:
    winter = ActivityBody(text="Walk", day=date(2026, 12, 1), remind_at=RemindAt.MORNING)
    summer = replace(winter, day=date(2027, 6, 1))
    due = pieces.reminder_due(winter, GoalState.NOW, OSLO, NOW)
    assert due == datetime(2026, 12, 1, 8, 0, tzinfo=UTC)
    due = pieces.reminder_due(summer, GoalState.NOW, OSLO, NOW)
    assert due == datetime(2027, 6, 1, 7, 0, tzinfo=UTC)


@pytest.mark.parametrize("state", [GoalState.RESTING, GoalState.REACHED, GoalState.LET_GO])
def test_nothing_is_due_for_a_goal_that_rests(state: GoalState) -> None:
    piece = ActivityBody(text="Walk", day=date(2026, 12, 1), remind_at=RemindAt.MORNING)
    assert pieces.reminder_due(piece, state, OSLO, NOW) is None


def test_a_reminder_whose_time_has_passed_waits_for_the_next_day_of_its_repeat() -> None:
    once = ActivityBody(text="Walk", day=TODAY, remind_at=RemindAt.MORNING)
    assert pieces.reminder_due(once, GoalState.NOW, OSLO, NOW) is None
    daily = pieces.on_day(replace(once, repeat=HowOften.DAILY), TODAY)
    due = pieces.reminder_due(daily, GoalState.NOW, OSLO, NOW)
    assert due == datetime(2026, 11, 22, 8, 0, tzinfo=UTC)


@given(st.sampled_from(Size))
def test_a_piece_can_always_be_made_smaller_and_tiny_stays_tiny(size: Size) -> None:
    assert pieces.smaller(pieces.smaller(size)) is Size.TINY


def test_bodies_written_before_a_field_existed_still_open() -> None:
    assert msgspec.json.decode(b'{"title":"Sleep"}', type=GoalBody).title == "Sleep"
    assert msgspec.json.decode(b'{"text":"Walk"}', type=ActivityBody).text == "Walk"

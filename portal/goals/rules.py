"""What may follow what, for goals and pieces. Pure: no database, no clock.

`now` is an aware instant, `today` a date in the owner's own time zone.
"""

from __future__ import annotations

import calendar
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from portal.goals.shapes import (
    ActivityBody,
    Change,
    DoneOnce,
    Encouragement,
    GoalBody,
    GoalState,
    Horizon,
    HowItWent,
    Movement,
    PieceState,
    RemindAt,
    Repeat,
    Size,
)

MANY_NOW = 3
"""More goals than this at once, and the page says that some of them may rest. Never a refusal."""

OPEN_STATES = frozenset({GoalState.IDEA, GoalState.NOW, GoalState.RESTING})
ACTIVE_STATES = frozenset({GoalState.IDEA, GoalState.NOW})

REMINDER_CLOCK = {
    RemindAt.MORNING: time(9),
    RemindAt.MIDDAY: time(12),
    RemindAt.AFTERNOON: time(15),
    RemindAt.EVENING: time(19),
}
"""Times of day for a nudge, all outside the usual quiet hours (21 to 8)."""

_SMALLER = {Size.BIGGER: Size.SMALL, Size.SMALL: Size.TINY, Size.TINY: Size.TINY}
_LATER = {
    Horizon.WEEK: Horizon.MONTH,
    Horizon.MONTH: Horizon.SEASON,
    Horizon.SEASON: Horizon.SOME_DAY,
    Horizon.SOME_DAY: Horizon.SOME_DAY,
}


# goals


def begun(body: GoalBody, now: datetime) -> GoalBody:
    """A new goal, with its first state in the history."""
    return replace(body, history=(Change(at=now, state=body.state),))


def put_in_state(body: GoalBody, state: GoalState, now: datetime) -> GoalBody:
    """The goal in another state, dated. Any state may follow any other; the same changes nothing.

    Reaching a goal also says so as its movement; taking it up again clears that.
    """
    if body.state is state:
        return body
    movement = body.movement
    if state is GoalState.REACHED:
        movement = Movement.REACHED
    elif movement is Movement.REACHED:
        movement = None
    change = Change(at=now, state=state)
    return replace(body, state=state, movement=movement, history=(*body.history, change))


def moved(body: GoalBody, movement: Movement, now: datetime) -> GoalBody:
    """The goal with a word for how it goes. Saying it again dates it again.

    "Reached" puts the goal among those reached.
    """
    change = Change(at=now, movement=movement)
    said = replace(body, movement=movement, history=(*body.history, change))
    return put_in_state(said, GoalState.REACHED, now) if movement is Movement.REACHED else said


def put_off(body: GoalBody, horizon: Horizon, now: datetime) -> GoalBody:
    """The goal with another horizon, dated; moving is ordinary and asks for no reason."""
    if body.horizon is horizon:
        return body
    change = Change(at=now, horizon=horizon)
    return replace(body, horizon=horizon, history=(*body.history, change))


def later(horizon: Horizon) -> Horizon:
    """The next wider horizon, as a first suggestion when a goal is moved."""
    return _LATER[horizon]


def state_before(body: GoalBody) -> GoalState:
    """What a goal goes back to when it is brought back: the open state it last had."""
    for change in reversed(body.history):
        if change.state in OPEN_STATES and change.state is not body.state:
            return change.state
    return GoalState.IDEA


def with_words(old: GoalBody, new: GoalBody, now: datetime) -> GoalBody:
    """The owner's edited words on the goal's own history, answers and movement.

    A changed horizon is dated. State and movement have presses of their own.
    """
    words = replace(
        old,
        title=new.title,
        why=new.why,
        domain=new.domain,
        helper=new.helper,
        look_again_on=new.look_again_on,
        encouragement=new.encouragement,
    )
    return put_off(words, new.horizon, now)


def may_be_offered_ideas(body: GoalBody) -> bool:
    """Whether a worker may offer an idea: not where the owner asks to be left alone."""
    return body.encouragement is not Encouragement.LEAVE_ALONE and body.state in OPEN_STATES


def in_state_since(body: GoalBody) -> datetime | None:
    """When the goal came into the state it is in."""
    return next((change.at for change in reversed(body.history) if change.state), None)


def changes_since(body: GoalBody, since: datetime | None) -> tuple[Change, ...]:
    """The dated changes from an instant on, oldest first; all of them without one."""
    return tuple(change for change in body.history if since is None or change.at >= since)


def is_new_since(body: GoalBody, made_at: datetime, since: datetime | None) -> bool:
    """Whether those it is shared with could not have seen it before `since`."""
    return since is not None and max(made_at, body.shared_at or made_at) >= since


def has_many_now(states: Iterable[GoalState]) -> bool:
    """Whether more goals are on the go than most people find easy."""
    return sum(state is GoalState.NOW for state in states) > MANY_NOW


# pieces


def done(
    body: ActivityBody,
    *,
    now: datetime,
    today: date,
    how: HowItWent | None = None,
    is_plan_b: bool = False,
) -> ActivityBody:
    """The piece done once. One that repeats stays, and its day moves on."""
    once = DoneOnce(at=now, day=body.day, how=how, is_plan_b=is_plan_b)
    dones = (*body.dones, once)
    if body.repeat is Repeat.ONCE:
        return replace(body, dones=dones, state=PieceState.DONE)
    start = body.day or today
    return replace(body, dones=dones, day=next_day(start, body.repeat, after=today))


def not_done(body: ActivityBody) -> ActivityBody:
    """The last "done" taken back, with the day the piece had."""
    if not body.dones:
        return body
    last = body.dones[-1]
    return replace(body, dones=body.dones[:-1], day=last.day, state=PieceState.OPEN)


def with_how(body: ActivityBody, how: HowItWent) -> ActivityBody:
    """How it went, said about the last time it was done."""
    if not body.dones:
        return body
    return replace(body, dones=(*body.dones[:-1], replace(body.dones[-1], how=how)))


def smaller(size: Size) -> Size:
    """One size down; tiny stays tiny."""
    return _SMALLER[size]


def edited_piece(old: ActivityBody, new: ActivityBody) -> ActivityBody:
    """The owner's edited words on what the piece already went through."""
    return replace(new, state=old.state, dones=old.dones, offer_id=old.offer_id)


def next_day(start: date, repeat: Repeat, *, after: date) -> date:
    """The first day of a repeat that lies after a day. `start` fixes weekday and day of month."""
    if start > after:
        return start
    if repeat is Repeat.WEEKDAYS:
        return _next_weekday(after)
    if repeat is Repeat.MONTHLY:
        return _next_month_day(start, after)
    step = {Repeat.WEEKLY: 7, Repeat.FORTNIGHTLY: 14}.get(repeat, 1)
    passed = (after - start).days // step + 1
    return start + timedelta(days=passed * step)


def _next_weekday(after: date) -> date:
    """Monday to Friday."""
    day = after + timedelta(days=1)
    while day.weekday() >= 5:
        day += timedelta(days=1)
    return day


def _next_month_day(start: date, after: date) -> date:
    """The same day of a month, or the month's last day where it has none."""
    months = (after.year - start.year) * 12 + after.month - start.month
    day = _month_later(start, months)
    return day if day > after else _month_later(start, months + 1)


def _month_later(start: date, months: int) -> date:
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(start.day, last))


def day_shown(body: ActivityBody, today: date) -> date | None:
    """The day to show: for a repeat whose day has passed, the next one from today on."""
    if body.day is None or body.day >= today or body.repeat is Repeat.ONCE:
        return body.day
    return next_day(body.day, body.repeat, after=today - timedelta(days=1))


def is_for_today(body: ActivityBody, state: GoalState, today: date) -> bool:
    """Whether a piece belongs on today's page: an open one of today or any day.

    Pieces of an idea only show on a day the owner gave them.
    """
    if body.state is not PieceState.OPEN or state not in ACTIVE_STATES:
        return False
    day = day_shown(body, today)
    if day is None:
        return state is GoalState.NOW
    return day <= today if state is GoalState.NOW else day == today


def reminder_due(
    body: ActivityBody, state: GoalState, zone: ZoneInfo, now: datetime
) -> datetime | None:
    """When to nudge about a piece, as an aware instant in the owner's zone, or None.

    Nothing is due for a piece without a day, for a resting goal, or for a time that has passed:
    a repeat then takes its next day.
    """
    clock = REMINDER_CLOCK.get(body.remind_at)
    if clock is None or body.day is None:
        return None
    if body.state is not PieceState.OPEN or state not in ACTIVE_STATES:
        return None
    today = now.astimezone(zone).date()
    day = day_shown(body, today) or body.day
    due = datetime.combine(day, clock, zone)
    if due <= now and body.repeat is not Repeat.ONCE:
        due = datetime.combine(next_day(body.day, body.repeat, after=today), clock, zone)
    return due if due > now else None

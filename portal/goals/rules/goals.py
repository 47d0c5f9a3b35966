"""What may follow what for a goal. Anything may rest, come back or be let go at any time."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from msgspec.structs import replace

from portal.goals.shapes.bodies import Change, Encouragement, GoalBody, GoalState, Horizon, Movement

MANY_NOW = 3
"""More goals than this at once, and the page says that some of them may rest. Never a refusal."""

OPEN_STATES = frozenset({GoalState.IDEA, GoalState.NOW, GoalState.RESTING})

IN_ORDER = (
    GoalState.NOW,
    GoalState.IDEA,
    GoalState.RESTING,
    GoalState.REACHED,
    GoalState.LET_GO,
)
"""How pages order goals by where they stand."""

_LATER = {
    Horizon.WEEK: Horizon.MONTH,
    Horizon.MONTH: Horizon.SEASON,
    Horizon.SEASON: Horizon.SOME_DAY,
    Horizon.SOME_DAY: Horizon.SOME_DAY,
}


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


def encouragement_for(body: GoalBody, for_all: Encouragement | None) -> Encouragement:
    """How much others may push on a goal: what it says itself, else what holds for all.

    A little, where its owner has said nothing at all.
    """
    return body.encouragement or for_all or Encouragement.A_LITTLE


def may_be_offered_ideas(body: GoalBody, for_all: Encouragement | None) -> bool:
    """Whether a worker may offer an idea: not where the owner asks to be left alone."""
    is_left_alone = encouragement_for(body, for_all) is Encouragement.LEAVE_ALONE
    return not is_left_alone and body.state in OPEN_STATES


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

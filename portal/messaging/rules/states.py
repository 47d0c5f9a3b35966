"""Which one state a message is in, from its plain marks and the present moment."""

from datetime import datetime, timedelta

from portal.messaging.shapes import Delivery, Intent, Outcome, State

UNDO_TIME = timedelta(minutes=10)
"""How long words can be taken back (Friction 16)."""

WANTS_ANSWER = {
    None: False,
    Intent.BE_HEARD: True,
    Intent.TELLING: False,
    Intent.QUESTION: True,
    Intent.MEETING: False,
    Intent.GOAL: True,
    Intent.PRACTICAL: True,
}

ONE_PRESS_ANSWERS = frozenset(
    {
        Outcome.ACKNOWLEDGED,
        Outcome.FOR_MEETING,
        Outcome.WILL_PHONE,
        Outcome.PHONED,
        Outcome.ANSWERS_BY,
    }
)
"""What a worker can answer with one press (Frictions 13, 15, 17)."""

REACTIONS = frozenset({Outcome.READ_IT, Outcome.CANNOT_NOW, Outcome.LETS_TALK})
"""What an owner can say to a worker's message with one tap (Friction 9)."""


def state_of(marks: Delivery, now: datetime) -> State:
    """Say where a message stands: always exactly one state (Friction 6).

    A message for which no answer is wanted is done when it is opened, and is never late. An answer
    on its way stops the clock; until it has come, what was promised before stands, unless its day
    has passed.
    """
    if marks.taken_back_at is not None:
        return State.TAKEN_BACK
    if now < marks.undo_until:
        return State.HELD
    if marks.outcome is not None and marks.outcome_at is not None and marks.outcome_at <= now:
        return _settled(marks.outcome, marks.due_at, now)
    if marks.promised is not None:
        promised = _settled(marks.promised, marks.due_at, now)
        return State.OPENED if promised is State.LATE else promised
    if _is_late(marks, now):
        return State.LATE
    if marks.opened_at is None:
        return State.WITH_THEM
    return State.OPENED if marks.is_answer_wanted else State.OPENED_IS_ENOUGH


def _settled(outcome: Outcome, due_at: datetime | None, now: datetime) -> State:
    if outcome is Outcome.ANSWERS_BY and due_at is not None and due_at <= now:
        return State.LATE
    return State(outcome.value)


def _is_late(marks: Delivery, now: datetime) -> bool:
    is_coming = marks.outcome is not None
    is_past = marks.due_at is not None and marks.due_at <= now
    return is_past and marks.is_answer_wanted and not is_coming

"""What may follow what for a piece, and when it comes up. A day that has passed means any day."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from portal.core.clock import Repeat, RepeatKind, at_local, local_day, next_on
from portal.goals.shapes.bodies import (
    ActivityBody,
    Doer,
    DoneOnce,
    GoalState,
    HowItWent,
    HowOften,
    PieceState,
    RemindAt,
    Size,
)

ACTIVE_STATES = frozenset({GoalState.IDEA, GoalState.NOW})
"""Goals whose pieces may come up by themselves: on the day's page, or in a reminder."""

REMINDER_CLOCK = {
    RemindAt.MORNING: time(9),
    RemindAt.MIDDAY: time(12),
    RemindAt.AFTERNOON: time(15),
    RemindAt.EVENING: time(19),
}
"""Times of day for a nudge, all outside the usual quiet hours (21 to 8)."""

_SMALLER = {Size.BIGGER: Size.SMALL, Size.SMALL: Size.TINY, Size.TINY: Size.TINY}
_RHYTHMS = {
    HowOften.ONCE: (RepeatKind.NONE, 1),
    HowOften.DAILY: (RepeatKind.DAILY, 1),
    HowOften.WEEKDAYS: (RepeatKind.WEEKDAYS, 1),
    HowOften.WEEKLY: (RepeatKind.WEEKLY, 1),
    HowOften.FORTNIGHTLY: (RepeatKind.EVERY_N_WEEKS, 2),
    HowOften.MONTHLY: (RepeatKind.MONTHLY, 1),
}


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
    if body.repeat is HowOften.ONCE:
        return replace(body, dones=dones, state=PieceState.DONE)
    return replace(body, dones=dones, day=next_day(body, after=max(today, body.day or today)))


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
    kept = replace(new, state=old.state, dones=old.dones, offer_id=old.offer_id)
    return on_day(kept, new.day)


def on_day(body: ActivityBody, day: date | None) -> ActivityBody:
    """The piece on another day, or on any. A repeat keeps its rhythm from that day on."""
    return replace(body, day=day, repeats_from=None if body.repeat is HowOften.ONCE else day)


def next_day(body: ActivityBody, *, after: date) -> date | None:
    """The first day of a piece's repeat after a day; it keeps its weekday or day of the month."""
    return next_on(rhythm(body, body.day or after), after)


def rhythm(body: ActivityBody, start: date) -> Repeat:
    """How a piece comes round; it starts on its own first day, or on the one given."""
    kind, weeks = _RHYTHMS[body.repeat]
    return Repeat(kind, body.repeats_from or start, weeks)


def day_shown(body: ActivityBody, today: date) -> date | None:
    """The day to show: for a repeat whose day has passed, the next one from today on."""
    if body.day is None or body.day >= today or body.repeat is HowOften.ONCE:
        return body.day
    return next_day(body, after=today - timedelta(days=1))


def is_for_today(body: ActivityBody, state: GoalState, today: date) -> bool:
    """Whether a piece belongs on the owner's page of today: an open one of today or any day.

    Pieces of an idea only show on a day the owner gave them; what the worker does shows nowhere
    (Friction 30).
    """
    if body.doer is Doer.WORKER:
        return False
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
    today = local_day(now, zone)
    due = at_local(day_shown(body, today) or body.day, clock, zone)
    if due <= now and (coming := next_day(body, after=today)):
        due = at_local(coming, clock, zone)
    return due if due > now else None

"""What a goal, a piece and an offer are made of: the sealed bodies.

Everything here is words or states about a person, so all of it is sealed. New fields get a
default, so that bodies written before still open.
"""

from __future__ import annotations

import enum
from datetime import date, datetime
from uuid import UUID

import msgspec


class GoalState(enum.Enum):
    """Where a goal stands. FHIR: proposed, active, on-hold, completed, cancelled."""

    IDEA = "idea"
    NOW = "now"
    RESTING = "resting"
    REACHED = "reached"
    LET_GO = "let go"


class Horizon(enum.Enum):
    """About when the owner thinks of it; never a deadline."""

    WEEK = "this week"
    MONTH = "this month"
    SEASON = "this season"
    SOME_DAY = "some day"


class Movement(enum.Enum):
    """How it goes, in the owner's eyes (FHIR: improving, no change, worsening, and so on)."""

    FORWARD = "forward"
    SAME = "same"
    BACK = "back"
    REACHED = "reached"
    KEEPING_UP = "keeping it up"


class Encouragement(enum.Enum):
    """How much a worker may push: on one goal (Friction 49), or on all of them (Friction 28)."""

    LEAVE_ALONE = "leave me alone with this"
    A_LITTLE = "a little"
    KEEP_AT_IT = "keep at it"


class Change(msgspec.Struct, frozen=True, omit_defaults=True):
    """One dated change: exactly one of the three is set."""

    at: datetime
    state: GoalState | None = None
    movement: Movement | None = None
    horizon: Horizon | None = None


class OfferAnswer(msgspec.Struct, frozen=True):
    """What the owner did with an offered idea. It lies in the goal: only the owner writes here."""

    offer_id: UUID
    is_taken_in: bool
    at: datetime


class GoalBody(msgspec.Struct, frozen=True, omit_defaults=True):
    """The sealed words of a goal. ``encouragement``: None says "as for all my goals"."""

    title: str
    why: str = ""
    domain: str = ""
    horizon: Horizon = Horizon.SOME_DAY
    state: GoalState = GoalState.IDEA
    movement: Movement | None = None
    helper: str = ""
    look_again_on: date | None = None
    encouragement: Encouragement | None = None
    history: tuple[Change, ...] = ()
    answers: tuple[OfferAnswer, ...] = ()
    shared_at: datetime | None = None


class WordingBody(msgspec.Struct, frozen=True, omit_defaults=True):
    """The sealed words of how a goal was worded before."""

    title: str
    why: str = ""


class WishBody(msgspec.Struct, frozen=True):
    """How much others may push on all of an owner's goals, where a goal says nothing else."""

    encouragement: Encouragement


class Size(enum.Enum):
    """How big a piece feels."""

    TINY = "tiny"
    SMALL = "small"
    BIGGER = "bigger"


class Doer(enum.Enum):
    """Who does a piece (Friction 30: goals must not silently become the staff's)."""

    ME = "me"
    WORKER = "worker"
    OTHER = "other"


class HowOften(enum.Enum):
    """How often a piece comes back."""

    ONCE = "once"
    DAILY = "daily"
    WEEKDAYS = "weekdays"
    WEEKLY = "weekly"
    FORTNIGHTLY = "fortnightly"
    MONTHLY = "monthly"


class RemindAt(enum.Enum):
    """When on its day the owner wants a nudge for a piece."""

    NEVER = "never"
    MORNING = "morning"
    MIDDAY = "midday"
    AFTERNOON = "afternoon"
    EVENING = "evening"


class PieceState(enum.Enum):
    """Where a piece stands."""

    OPEN = "open"
    DONE = "done"
    RESTING = "resting"
    LET_GO = "let go"


class HowItWent(enum.Enum):
    """How doing it was, against what the owner had thought."""

    EASIER = "easier"
    AS_EXPECTED = "as expected"
    HARDER = "harder"


class DoneOnce(msgspec.Struct, frozen=True, omit_defaults=True):
    """One time that a piece was done; `day` is the day it had before, so a press can be undone."""

    at: datetime
    day: date | None = None
    how: HowItWent | None = None
    is_plan_b: bool = False


class ActivityBody(msgspec.Struct, frozen=True, omit_defaults=True):
    """The sealed words of a piece."""

    text: str
    size: Size = Size.SMALL
    doer: Doer = Doer.ME
    doer_name: str = ""
    day: date | None = None
    repeat: HowOften = HowOften.ONCE
    repeats_from: date | None = None
    remind_at: RemindAt = RemindAt.NEVER
    plan_b: str = ""
    state: PieceState = PieceState.OPEN
    dones: tuple[DoneOnce, ...] = ()
    offer_id: UUID | None = None


class OfferBody(msgspec.Struct, frozen=True):
    """The sealed words of an idea that a worker offers."""

    text: str

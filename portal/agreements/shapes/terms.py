"""What an agreement is made of: the eight questions, the answers, the terms that drive the clocks.

New fields of a sealed body get a default, so that bodies written before still open.
"""

from __future__ import annotations

import enum
from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID

import msgspec

from portal.core.clock import Window
from portal.core.errors import Conflict

WORDS_MAX = 2_000
"""The most characters that one answer in words may have."""


class Question(enum.Enum):
    """The eight questions, in the order of the pages."""

    PURPOSE = "purpose"
    READING = "reading"
    ANSWERING = "answering"
    DEPTH = "depth"
    STARTING = "starting"
    TALKING = "talking"
    WORRY = "worry"
    LOOKING = "looking"


class Side(enum.Enum):
    """One of the two people of a dyad."""

    OWNER = "owner"
    WORKER = "worker"

    @property
    def other(self) -> Side:
        """The other of the two."""
        return Side.WORKER if self is Side.OWNER else Side.OWNER


class AnswerWithin(enum.Enum):
    """By when an answer is due: a number of working days, or the next meeting."""

    ONE_DAY = "1"
    TWO_DAYS = "2"
    THREE_DAYS = "3"
    FIVE_DAYS = "5"
    AT_MEETING = "meeting"

    @property
    def working_days(self) -> int | None:
        """The number of working days; None when the answer comes at the next meeting."""
        return None if self is AnswerWithin.AT_MEETING else int(self.value)


class Depth(enum.Enum):
    """How full an answer is (Friction 17)."""

    ACKNOWLEDGE = "acknowledge"
    SHORT = "short"
    WORKED = "worked"


class Starter(enum.Enum):
    """Who writes first (Friction 1)."""

    OWNER = "owner"
    WORKER = "worker"
    EITHER = "either"


class Answers(msgspec.Struct, frozen=True, kw_only=True):
    """Answers to all eight questions, by one person or by both together. Words as typed.

    The hello's rhythm and weekday count only where the worker may start. ``hello_weekday``: 0 is
    Monday. ``review_weeks`` counts from the day on which both accepted.
    """

    purpose: str = ""
    other_readers: str = ""
    record: str = ""
    windows: tuple[Window, ...] = (
        Window(0, time(8), time(9)),
        Window(2, time(8), time(9)),
    )
    answer_within: AnswerWithin = AnswerWithin.TWO_DAYS
    depth: Depth = Depth.SHORT
    who_starts: Starter = Starter.WORKER
    hello_every_weeks: int = 2
    hello_weekday: int = 4
    how_often: str = ""
    kept_for_talking: str = ""
    absence: str = ""
    nights: str = ""
    worrying: str = ""
    numbers: str = ""
    review_weeks: int = 4
    not_working: str = ""


class AnswersBody(msgspec.Struct, frozen=True):
    """One person's answers while they write: only they can open this."""

    answers: Answers


class HandedInBody(msgspec.Struct, frozen=True):
    """One person's answers once they are done: closed twice until both are.

    ``locked`` opens with a key of the server, the envelope around it with the key of the two.
    """

    locked: bytes


class How(enum.Enum):
    """How a point came to stand as it does."""

    MEETS = "meets"
    CLOSE = "close"
    DECIDED = "decided"
    OPEN = "open"
    OWNERS = "owners"
    WORKERS = "workers"
    THIRD = "third"
    KEPT = "kept"
    TRIED = "tried"


class SettledBody(msgspec.Struct, frozen=True):
    """What somebody settled for one question. ``wish``: what they would like of the decider.

    ``tried``: whose answer it is when it is tried for four weeks. ``revision``: the draft's number
    from then on. ``took_back``: whose yes lapsed by this or before it, and to which draft it was.
    """

    how: How
    by: Side
    value: Answers
    wish: Answers | None = None
    tried: Side | None = None
    revision: int = 0
    took_back: tuple[tuple[Side, int], ...] = ()


class AgreementBody(msgspec.Struct, frozen=True):
    """The sealed words of an accepted agreement, with its typed values once more.

    ``kept``: the questions that both still want to talk about. ``tried``: whose answers are tried,
    and ``trying``: to which questions.
    """

    agreed: Answers
    kept: tuple[Question, ...] = ()
    tried: Side | None = None
    trying: tuple[Question, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """The plain, typed values of an accepted agreement; the clocks read these and nothing else.

    ``hello_every_weeks`` and ``hello_weekday`` are None when only the owner starts.
    """

    dyad_id: UUID
    version: int
    accepted_at: datetime
    windows: tuple[Window, ...]
    answer_within: AnswerWithin
    depth: Depth
    who_starts: Starter
    hello_every_weeks: int | None
    hello_weekday: int | None
    review_on: date | None
    is_light: bool
    try_until: date | None

    @property
    def answer_within_days(self) -> int | None:
        """Working days until an answer is due; None when it comes at the next meeting."""
        return self.answer_within.working_days


class NoAgreement(Conflict):
    """The two have not accepted an agreement yet, so messages are not open."""


class RoundState(enum.Enum):
    """How far a round has come."""

    ANSWERING = "answering"
    LOOKING = "looking"
    ACCEPTED = "accepted"
    SET_ASIDE = "set_aside"


class Why(enum.Enum):
    """Why a review is asked for (Friction 23)."""

    AGREED_DAY = "agreed_day"
    TRIAL_ENDS = "trial_ends"
    LATE_ANSWERS = "late_answers"
    NEW_SHARING = "new_sharing"
    LONG_SILENCE = "long_silence"


class ReviewReply(enum.Enum):
    """What one person said to a review; changing it starts a round instead."""

    KEEP = "keep"
    TALK = "talk"


class Nearness(enum.IntEnum):
    """How near two answers are. Larger is further apart."""

    MEETS = 0
    CLOSE = 1
    TALK = 2

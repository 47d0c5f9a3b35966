"""What the agreement's pages show. Every sentence here is ready for the screen."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from portal.agreements.shapes.terms import (
    Answers,
    Depth,
    How,
    Nearness,
    Question,
    ReviewReply,
    RoundState,
    Side,
    Terms,
    Why,
)


@dataclass(frozen=True, slots=True)
class Names:
    """Who is who in a dyad, and on which side the viewer stands."""

    owner: str
    worker: str
    mine: Side

    @property
    def me(self) -> str:
        """The viewer's own name."""
        return self.of(self.mine)

    @property
    def partner(self) -> str:
        """The other one's name."""
        return self.of(self.mine.other)

    def of(self, side: Side) -> str:
        """The name of one side."""
        return self.owner if side is Side.OWNER else self.worker


@dataclass(frozen=True, slots=True)
class Line:
    """One answer as a line: its small label, if it needs one, and its text."""

    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One question of an agreement with what was agreed. ``is_changed``: against the old terms.

    ``tried_name``: whose answer it is while it is tried for four weeks.
    """

    question: Question
    label: str
    lines: tuple[Line, ...]
    was: tuple[Line, ...] = ()
    is_changed: bool = False
    is_kept: bool = False
    tried_name: str = ""


class Turn(enum.Enum):
    """Who is to do what next in a dyad's agreement; nothing private in it."""

    START = "start"
    MY_ANSWERS = "my_answers"
    THEIR_ANSWERS = "their_answers"
    SETTLE = "settle"
    MY_ACCEPTANCE = "my_acceptance"
    THEIR_ACCEPTANCE = "their_acceptance"
    REVIEW = "review"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class AgreementTurn:
    """Who waits for whom in one dyad's agreement, since when; for home and "your turn".

    ``has_lapsed``: the viewer had said yes, and something was changed since. ``set_aside_at``: when
    the other one set the last round aside, for four weeks.
    """

    dyad_id: UUID
    turn: Turn
    since: datetime | None
    has_agreement: bool
    has_lapsed: bool
    set_aside_at: datetime | None = None

    @property
    def is_mine(self) -> bool:
        """Whether the viewer is the one whose turn it is."""
        return self.turn in _MINE


_MINE = (Turn.START, Turn.MY_ANSWERS, Turn.SETTLE, Turn.MY_ACCEPTANCE, Turn.REVIEW)


@dataclass(frozen=True, slots=True)
class RoundCard:
    """The open round, as the agreement's page shows it.

    ``has_lapsed``: the viewer had said yes in it, and that no longer counts.
    """

    id: UUID
    number: int
    state: RoundState
    is_light: bool
    turn: Turn
    revision: int
    started_by_me: bool
    started_at: datetime
    has_lapsed: bool


@dataclass(frozen=True, slots=True)
class ReviewCard:
    """The card that asks "keep it, change it, or talk about it?"."""

    why: Why
    asked_at: datetime
    mine: ReviewReply | None
    theirs: ReviewReply | None


@dataclass(frozen=True, slots=True)
class Essentials:
    """What others need of an agreement beside their own page: one or two sentences.

    ``words`` holds all that was agreed, for pages that word it themselves: the worker's sentence
    on how often to write, the steps when a message worries.
    """

    dyad_id: UUID
    terms: Terms
    sentences: tuple[str, ...]
    kept_for_talking: str
    review_sentence: str
    words: Answers

    @property
    def text(self) -> str:
        """All sentences in a row."""
        return " ".join(self.sentences)

    @property
    def depth(self) -> Depth:
        """How full an answer is."""
        return self.terms.depth


@dataclass(frozen=True, slots=True)
class AgreementPage:
    """The agreement's own page: what stands, what is on the way, what may be pressed.

    ``is_intact``: the plain terms that the clocks use are the ones that both accepted.
    ``lapsed``: what changed since the viewer said yes to the draft, when that yes lapsed by it.
    ``set_aside_at``: when the other one set the last round aside, if that is what became of it.
    ``has_own_answers``: the viewer has begun to answer the questions their own way.
    """

    dyad_id: UUID
    names: Names
    partner: str
    is_live: bool
    is_code_confirmed: bool
    terms: Terms | None
    entries: tuple[Entry, ...]
    round: RoundCard | None
    review: ReviewCard | None
    usual: tuple[Entry, ...] = ()
    kept: tuple[KeptPoint, ...] = ()
    tried_name: str = ""
    is_intact: bool = True
    has_own_answers: bool = False
    lapsed: tuple[str, ...] = ()
    set_aside_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class AnswersPage:
    """The eight questions for one person, each with the words that stand above its answer."""

    dyad_id: UUID
    names: Names
    questions: tuple[tuple[Question, str], ...]
    answers: Answers
    is_done: bool
    is_partner_done: bool
    has_agreement: bool
    round_number: int


@dataclass(frozen=True, slots=True)
class PointPage:
    """One question side by side. ``stand_in_lines``: what stands while it is kept to talk about."""

    question: Question
    label: str
    nearness: Nearness
    how: How
    owner_lines: tuple[Line, ...]
    worker_lines: tuple[Line, ...]
    value_lines: tuple[Line, ...]
    stand_in_lines: tuple[Line, ...]
    wish_lines: tuple[Line, ...]
    wish_is_mine: bool
    others: str
    standing: str
    decider: str
    i_decide: bool
    number: int
    is_open: bool
    value: Answers
    my_answer: Answers


@dataclass(frozen=True, slots=True)
class DraftPage:
    """Where the two stand: all points, and what the agreement would say.

    ``lapsed``: what changed since the viewer said yes, when that yes lapsed by it.
    """

    dyad_id: UUID
    names: Names
    round: RoundCard
    points: tuple[PointPage, ...]
    entries: tuple[Entry, ...]
    has_agreement: bool
    i_accepted: bool
    they_accepted: bool
    is_trial: bool
    review_on: date | None = None
    lapsed: tuple[str, ...] = ()

    @property
    def open_points(self) -> tuple[PointPage, ...]:
        """The points that the two still have to settle."""
        return tuple(point for point in self.points if point.is_open)

    @property
    def has_kept(self) -> bool:
        """Whether something is kept for the meeting."""
        return any(entry.is_kept for entry in self.entries)

    @property
    def may_accept(self) -> bool:
        """Whether everything is settled."""
        return not self.open_points


@dataclass(frozen=True, slots=True)
class VersionLine:
    """One accepted version in the list of all, newest first.

    ``ended_at``: when the next one took its place, or the pair ended; None while it stands.
    """

    version: int
    accepted_at: datetime
    ended_at: datetime | None
    is_light: bool
    try_until: date | None


@dataclass(frozen=True, slots=True)
class VersionPage:
    """One version, readable for ever, and what it changed; ``record``: its words on a record."""

    dyad_id: UUID
    names: Names
    line: VersionLine
    terms: Terms
    entries: tuple[Entry, ...]
    tried_name: str = ""
    is_live: bool = True
    record: str = ""


@dataclass(frozen=True, slots=True)
class KeptPoint:
    """A difference kept for the meeting: what each of the two had answered."""

    question: Question
    label: str
    owner_lines: tuple[Line, ...]
    worker_lines: tuple[Line, ...]

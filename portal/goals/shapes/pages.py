"""What goes to a page: goals, pieces and offers, opened and put in order."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from portal.agreements.shapes import Essentials
from portal.goals.shapes.bodies import (
    ActivityBody,
    Change,
    DoneOnce,
    Encouragement,
    GoalBody,
    GoalState,
    OfferAnswer,
    WordingBody,
)
from portal.life_domains.shapes import Domain, OwnDomain
from portal.night.shapes import NightLine
from portal.toolbox.shapes import People


@dataclass(frozen=True, slots=True)
class GoalCard:
    """One goal. `is_shared`: it goes with the shared part, if that is shared with anybody.

    `domain_name`: what its part of life is called, as far as whoever looks may know it.
    """

    id: UUID
    owner_id: UUID
    body: GoalBody
    is_shared: bool
    made_at: datetime
    changed_at: datetime
    domain_name: str = ""


@dataclass(frozen=True, slots=True)
class Piece:
    """One piece. `day` is the day to show; `is_any_day_now` says that it has passed."""

    id: UUID
    goal_id: UUID
    body: ActivityBody
    made_at: datetime
    day: date | None
    is_any_day_now: bool

    @property
    def last_done(self) -> DoneOnce | None:
        """The last time it was done."""
        return self.body.dones[-1] if self.body.dones else None

    @property
    def times_done(self) -> int:
        """Tells a second press of one button from a new one. Never shown."""
        return len(self.body.dones)


@dataclass(frozen=True, slots=True)
class OfferCard:
    """An idea that somebody offered, and what the owner did with it; None while it waits."""

    id: UUID
    goal_id: UUID
    author_id: UUID
    author_name: str
    text: str
    offered_at: datetime
    answer: OfferAnswer | None


@dataclass(frozen=True, slots=True)
class FormerWording:
    """How a goal was worded, and until when."""

    body: WordingBody
    until: datetime


@dataclass(frozen=True, slots=True)
class GoalsPage:
    """The owner's list, by state, last changed first. `older` is the token of the next page.

    `for_all`: how much others may push on all goals; None while the owner has not said.

    `domain`: the part of life whose goals these are; None when they are of all.
    """

    groups: tuple[tuple[GoalState, tuple[GoalCard, ...]], ...]
    older: str | None
    shared_with: tuple[str, ...]
    has_many_now: bool = False
    domain: OwnDomain | None = None
    for_all: Encouragement | None = None


@dataclass(frozen=True, slots=True)
class GoalPage:
    """One goal as its owner sees it; pieces as they were made, done ones last done first.

    `domains`: those that it may lie in. `encouragement`: how much others may push on it.
    """

    goal: GoalCard
    open_pieces: tuple[Piece, ...]
    done_pieces: tuple[Piece, ...]
    set_aside: tuple[Piece, ...]
    offers: tuple[OfferCard, ...]
    answered: tuple[OfferCard, ...]
    shared_with: tuple[str, ...]
    people: People
    today: date
    domains: tuple[Domain, ...] = ()
    encouragement: Encouragement = Encouragement.A_LITTLE


@dataclass(frozen=True, slots=True)
class ReviewedPiece:
    """One piece, and when it was done since they last looked, oldest first."""

    piece: Piece
    times: tuple[DoneOnce, ...]


@dataclass(frozen=True, slots=True)
class ReviewedGoal:
    """One goal as those see it with whom it is shared; what happened since they last looked.

    ``is_new``: they could not see it before. ``is_older``: it was there then, and shared since.
    """

    goal: GoalCard
    is_new: bool
    is_older: bool
    changes: tuple[Change, ...]
    state_since: datetime | None
    pieces: tuple[ReviewedPiece, ...]
    offers: tuple[OfferCard, ...]
    may_offer: bool

    @property
    def is_left_alone(self) -> bool:
        """Whether the owner asks for no pushing on it (Friction 49)."""
        return self.goal.body.encouragement is Encouragement.LEAVE_ALONE

    @property
    def has_said_movement(self) -> bool:
        """Whether the changes shown say how it goes."""
        return any(change.movement for change in self.changes)

    @property
    def has_news(self) -> bool:
        """Whether anything happened since then."""
        return bool(self.is_new or self.changes or any(line.times for line in self.pieces))


@dataclass(frozen=True, slots=True)
class GoalsReview:
    """The owner's shared goals before a meeting, newest change first; the owner's own words.

    `for_all`: how much the owner wants to be pushed on all of them; None where nothing is said.
    """

    owner_name: str
    since: datetime | None
    goals: tuple[ReviewedGoal, ...]
    older: str | None
    today: date
    dyad_id: UUID | None = None
    is_preview: bool = False
    for_all: Encouragement | None = None


@dataclass(frozen=True, slots=True)
class ReviewPage:
    """The worker's page: the review, from when on it tells, and what the two agreed."""

    dyad_id: UUID
    owner_name: str
    pick: str
    review: GoalsReview
    essentials: Essentials | None


@dataclass(frozen=True, slots=True)
class OfferPage:
    """A goal for which a worker is about to offer an idea."""

    dyad_id: UUID
    owner_name: str
    goal: GoalCard
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class TodayIdea:
    """An idea that waits for the owner: whose it is, and for which goal."""

    goal_id: UUID
    goal_title: str
    author_name: str


@dataclass(frozen=True, slots=True)
class Today:
    """What the owner's first page says of goals: a few pieces, and ideas offered for goals.

    With them comes what one query brings along: what matters, and what was put down last night.
    """

    pieces: tuple[TodayPiece, ...]
    ideas: tuple[TodayIdea, ...]
    matters: str = ""
    night: tuple[NightLine, ...] = ()


@dataclass(frozen=True, slots=True)
class TodayPiece:
    """A piece for the owner's first page, with what a Done press needs.

    `asking_id` names its reminder when that came three times unanswered and asks whether to stop.
    """

    piece: Piece
    goal_title: str
    asking_id: UUID | None = None

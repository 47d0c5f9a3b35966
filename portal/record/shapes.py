"""What a page for the record is made of, and what the pages get to see."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

import msgspec

from portal.agreements.shapes import VersionPage
from portal.core.sheet import Sheet
from portal.dyads.shapes import DyadCard


class PageBody(msgspec.Struct, frozen=True):
    """An approved page as it stands on paper; no sheet once it was taken back."""

    sheet: Sheet | None = None


class Reply(enum.Enum):
    """What became of a worker's asking."""

    NOT_NOW = "not_now"
    MADE = "made"


class Asking(enum.Enum):
    """How a worker's asking stands: never asked, asked, or what became of it."""

    NONE = "none"
    WAITING = "waiting"
    NOT_NOW = "not_now"
    MADE = "made"


@dataclass(frozen=True, slots=True)
class Ask:
    """A worker's asking, since when it stands so."""

    standing: Asking = Asking.NONE
    since: datetime | None = None

    @property
    def is_waiting(self) -> bool:
        """Whether it waits for the owner."""
        return self.standing is Asking.WAITING


@dataclass(frozen=True, slots=True)
class OfferedGoal:
    """A goal that could stand on the page: its state in words, why, and its open pieces."""

    id: UUID
    title: str
    note: str
    why: str
    pieces: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OfferedLine:
    """A line that could stand on the page; ``name`` and ``on`` say of what part of life, when."""

    id: UUID
    text: str
    name: str = ""
    on: date | None = None


@dataclass(frozen=True, slots=True)
class Offered:
    """Everything that could stand on a page: what the worker of the pair sees already.

    ``matters`` is the exception: ``is_matters_alone`` says that nobody else sees it so far.
    """

    dyad: DyadCard
    matters: str
    is_matters_alone: bool
    agreement: VersionPage | None
    goals: tuple[OfferedGoal, ...]
    life: tuple[OfferedLine, ...]
    kept: tuple[OfferedLine, ...]


@dataclass(frozen=True, slots=True)
class RecordWish:
    """What the owner picked for a page, by ids, and their own words."""

    words: str = ""
    with_matters: bool = False
    with_agreement: bool = False
    goals: frozenset[str] = frozenset()
    whys: frozenset[str] = frozenset()
    pieces: frozenset[str] = frozenset()
    life: frozenset[str] = frozenset()
    kept: frozenset[str] = frozenset()

    @property
    def is_empty(self) -> bool:
        """Whether nothing would stand on the page."""
        picked = self.goals | self.life | self.kept
        return not (self.words or self.with_matters or self.with_agreement or picked)


@dataclass(frozen=True, slots=True)
class RecordPreview:
    """Exactly the page that would be approved; ``seen`` marks it, so that nothing else is.

    ``tells_matters``: it would show the worker what matters, for the first time. ``lacks``:
    something that was picked is no longer there to be picked.
    """

    dyad: DyadCard
    sheet: Sheet
    seen: str
    fits: bool
    tells_matters: bool
    lacks: bool


@dataclass(frozen=True, slots=True)
class PageLine:
    """One page in the list: approved when, and taken back when (None while it stands)."""

    id: UUID
    approved_at: datetime
    taken_back_at: datetime | None


@dataclass(frozen=True, slots=True)
class RecordIndex:
    """A pair's pages, newest first, and how the worker's asking stands.

    ``may_ask``: the worker can ask now. ``older``: where the next page of the list begins.
    """

    dyad: DyadCard
    pages: tuple[PageLine, ...]
    ask: Ask
    may_ask: bool
    older: str | None


@dataclass(frozen=True, slots=True)
class ApprovedPage:
    """One approved page for either of the two. ``sheet`` is None once it was taken back."""

    id: UUID
    dyad: DyadCard
    approved_at: datetime
    taken_back_at: datetime | None
    sheet: Sheet | None


@dataclass(frozen=True, slots=True)
class RecordTurn:
    """What the first pages say of a pair: its newest page that stands, and the asking.

    ``is_unopened``: the worker has not opened that page yet.
    """

    page_id: UUID | None
    page_at: datetime | None
    is_unopened: bool
    ask: Ask

"""The sealed bodies of the plan, and what its pages get to see."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

import msgspec

from portal.core.web import Page
from portal.toolbox.shapes import People


class Stage(enum.Enum):
    """How hard it is."""

    USUAL = "usual"
    EARLY = "early"
    HARD = "hard"
    CRISIS = "crisis"
    AFTER = "after"


class Kind(enum.Enum):
    """What a piece of the plan is about; MADE: how it came about, ANSWER: a worker's word."""

    WELL = "well"
    SETS_OFF = "sets-off"
    MY_SIGNS = "my-signs"
    OTHERS_SIGNS = "others-signs"
    STEPS = "steps"
    DISTRACT = "distract"
    PEOPLE = "people"
    HELPERS = "helpers"
    SAFER = "safer"
    KEEPS_HERE = "keeps-here"
    MEET_ME = "meet-me"
    WANTED = "wanted"
    REFUSED = "refused"
    ADMITTED = "admitted"
    MAY_ACT = "may-act"
    AFTERWARDS = "afterwards"
    MADE = "made"
    ANSWER = "answer"


class Written(enum.Enum):
    """What became of a section that was written."""

    NEW = "new"
    CHANGED = "changed"
    BACK = "back"
    SAME = "same"


class Manner(enum.Enum):
    """How a section is written: as words, as lines, as people to call, with reasons, by points."""

    WORDS = "words"
    LINES = "lines"
    CALLS = "calls"
    REASONS = "reasons"
    POINTS = "points"


class Entry(msgspec.Struct, frozen=True, omit_defaults=True):
    """One line of a section: somebody with a number and their hours, or a thing and its why."""

    name: str = ""
    phone: str = ""
    more: str = ""


class Made(msgspec.Struct, frozen=True, omit_defaults=True):
    """How the plan came about, and when its owner wants to look at it again."""

    is_alone: bool = True
    with_whom: str = ""
    review_on: date | None = None


class Answer(msgspec.Struct, frozen=True, omit_defaults=True):
    """A worker's word on the plan, or on one section (``about``). ``name``: who said it."""

    agrees: bool
    name: str
    about: UUID | None = None


class PlanBody(msgspec.Struct, frozen=True, omit_defaults=True):
    """One piece of the plan. ``title``: the owner's own heading; ``is_away``: put away for now.

    ``until`` stands only in a former: the moment at which other words took its place.
    """

    kind: Kind
    text: str = ""
    entries: tuple[Entry, ...] = ()
    title: str = ""
    is_away: bool = False
    until: datetime | None = None
    made: Made | None = None
    answer: Answer | None = None

    @property
    def lines(self) -> tuple[str, ...]:
        """The lines that say something, in order."""
        return tuple(line.strip() for line in self.text.splitlines() if line.strip())


@dataclass(frozen=True, slots=True)
class Call:
    """Somebody to call. ``dial`` is what a telephone takes; empty when no number was written."""

    name: str
    number: str
    when: str
    dial: str


@dataclass(frozen=True, slots=True)
class Section:
    """One section as a page shows it, under its heading."""

    id: UUID
    body: PlanBody
    heading: str
    stage: Stage
    manner: Manner
    is_shared: bool
    changed_at: datetime
    calls: tuple[Call, ...] = ()
    points: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Said:
    """A worker's word on the plan; ``heading`` names the section, or is empty for all of it."""

    id: UUID
    name: str
    agrees: bool
    heading: str
    text: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Offer:
    """A section that is not written yet."""

    kind: Kind
    heading: str
    hint: str


@dataclass(frozen=True, slots=True)
class StagePart:
    """One stage of the plan: what is written, and what could be."""

    stage: Stage
    name: str
    sections: tuple[Section, ...]
    offers: tuple[Offer, ...] = ()


@dataclass(frozen=True, slots=True)
class MadeCard:
    """How the plan came about, as a page shows it."""

    id: UUID
    made: Made
    is_shared: bool
    changed_at: datetime


@dataclass(frozen=True, slots=True)
class FirstHelp:
    """What comes first in a bad hour: one's own steps, whom one calls, and what keeps one well."""

    steps: tuple[str, ...] = ()
    calls: tuple[Call, ...] = ()
    well: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.steps or self.calls or self.well)


@dataclass(frozen=True, slots=True)
class PlanPage:
    """The owner's plan. ``is_review_here``: the day on which they wanted to look again has come."""

    stages: tuple[StagePart, ...]
    away: tuple[Section, ...]
    made: MadeCard | None
    said: tuple[Said, ...]
    first: FirstHelp
    well: tuple[str, ...]
    people: People
    is_review_here: bool

    @property
    def is_empty(self) -> bool:
        """Whether nothing is written yet."""
        return not self.away and not any(part.sections for part in self.stages)


@dataclass(frozen=True, slots=True)
class Former:
    """What a section said until a moment."""

    id: UUID
    section: Section
    until: datetime


@dataclass(frozen=True, slots=True)
class SectionPage:
    """One section with what it said before, newest first, and what was said about it."""

    section: Section
    formers: Page[Former]
    said: tuple[Said, ...]
    people: People


@dataclass(frozen=True, slots=True)
class ShownPlan:
    """The plan as somebody else sees it. ``dyad_id`` is there when they may answer it."""

    owner_name: str
    stages: tuple[StagePart, ...]
    made: MadeCard | None
    said: tuple[Said, ...]
    dyad_id: UUID | None = None

    @property
    def sections(self) -> tuple[Section, ...]:
        """All of its sections in order."""
        return tuple(section for part in self.stages for section in part.sections)

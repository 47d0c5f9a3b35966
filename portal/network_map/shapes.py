"""The sealed bodies of the map, and what the pages get to see."""

from __future__ import annotations

import enum
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import msgspec

from portal.core.drawing import Drawing
from portal.core.web import Page
from portal.toolbox.shapes import CopyPreview, People


class Kind(enum.Enum):
    """What stands on the map."""

    PERSON = "person"
    PLACE = "place"
    ACTIVITY = "activity"
    ANIMAL = "animal"


class Sector(enum.Enum):
    """Which side of life it belongs to, clockwise from the top of the map."""

    FAMILY = "family"
    FRIENDS = "friends"
    WORK = "work"
    LEISURE = "leisure"
    NEIGHBOURHOOD = "neighbourhood"
    SERVICES = "services"


class Circle(enum.Enum):
    """How close it is, from the middle outwards."""

    CLOSEST = "1"
    NEAR = "2"
    WITHIN_REACH = "3"
    OUTER = "4"


class HowOften(enum.Enum):
    """How often there is contact."""

    DAILY = "daily"
    WEEKLY = "weekly"
    MONTHLY = "monthly"
    RARER = "rarer"


class Tie(enum.Enum):
    """What it is like between the two."""

    SUPPORTIVE = "supportive"
    MIXED = "mixed"
    STRAINED = "strained"
    BROKEN = "broken"


class Support(enum.Enum):
    """What support there is."""

    EMOTIONAL = "emotional"
    PRACTICAL = "practical"
    COMPANY = "company"
    ADVICE = "advice"


class Direction(enum.Enum):
    """Who supports whom."""

    I_GIVE = "i_give"
    I_GET = "i_get"
    BOTH = "both"


class Effect(enum.Enum):
    """What it does to the owner."""

    LIFTS = "lifts"
    NEUTRAL = "neutral"
    DRAINS = "drains"


class Wish(enum.Enum):
    """What the owner would like to become of it."""

    CLOSER = "closer"
    SAME = "same"
    MORE_DISTANCE = "more_distance"


class NodeBody(msgspec.Struct, frozen=True, omit_defaults=True):
    """Somebody or something on the map. What is None was left open; that says nothing.

    ``phone`` is only asked for when ``may_be_called``. ``is_away``: put away, brought back with one
    press.
    """

    name: str
    kind: Kind = Kind.PERSON
    sector: Sector = Sector.FAMILY
    circle: Circle = Circle.NEAR
    contact: HowOften | None = None
    tie: Tie | None = None
    support: tuple[Support, ...] = ()
    direction: Direction | None = None
    effect: Effect | None = None
    wish: Wish | None = None
    may_be_called: bool = False
    phone: str = ""
    note: str = ""
    is_away: bool = False


class FormerBody(msgspec.Struct, frozen=True):
    """How a node was until a moment."""

    was: NodeBody
    until: datetime


class KeptNode(msgspec.Struct, frozen=True):
    """A node inside a snapshot."""

    id: UUID
    body: NodeBody


class SnapshotBody(msgspec.Struct, frozen=True, omit_defaults=True):
    """The whole map as it was on a day; ``why`` it was kept may stay empty."""

    why: str
    nodes: tuple[KeptNode, ...]
    is_away: bool = False


@dataclass(frozen=True, slots=True)
class Node:
    """A node as a page shows it."""

    id: UUID
    body: NodeBody
    changed_at: datetime
    is_shared: bool = False


@dataclass(frozen=True, slots=True)
class Corner:
    """The nodes of one sector, closest circle first; by circle, in the order they came."""

    sector: Sector
    circles: tuple[tuple[Circle, tuple[Node, ...]], ...]


@dataclass(frozen=True, slots=True)
class DrawnMap:
    """A drawn map, and what dragging needs to know: the middle, and how far each circle reaches."""

    drawing: Drawing
    middle: tuple[int, int]
    edges: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class MapPage:
    """The owner's map. ``drawn`` is None while there is nothing to draw.

    ``corners``: what is drawn, in words. ``has_more``: there is more than one drawing holds.
    ``sector``: the one that is shown alone, else None.
    """

    drawn: DrawnMap | None
    corners: tuple[Corner, ...]
    away: tuple[Node, ...]
    people: People
    sector: Sector | None = None
    has_more: bool = False
    is_empty: bool = False


@dataclass(frozen=True, slots=True)
class ListPage:
    """One page of the list in words. ``after``: the node it goes on after, None at the end."""

    corners: tuple[Corner, ...]
    people: People
    after: UUID | None


@dataclass(frozen=True, slots=True)
class Former:
    """How a node was until a moment, and what was different then from what came next."""

    until: datetime
    differences: tuple[Difference, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that was so and then so, in words; empty where it was left open."""

    what: str
    then: str
    now: str


@dataclass(frozen=True, slots=True)
class NodePage:
    """One node with a page of its history, newest first."""

    node: Node
    formers: Page[Former]
    people: People


@dataclass(frozen=True, slots=True)
class ShownMap:
    """What a worker sees of a map: the shared nodes as a map of their own."""

    owner_name: str
    drawn: DrawnMap | None
    corners: tuple[Corner, ...]


@dataclass(frozen=True, slots=True)
class SnapshotCard:
    """A snapshot on the list, by its reason, else by the day it was ``kept_at``.

    ``is_twin``: another one without a reason was kept on the same day; their times tell them apart.
    """

    id: UUID
    why: str
    kept_at: datetime
    is_away: bool
    is_twin: bool = False


@dataclass(frozen=True, slots=True)
class Change:
    """What became of one node between two days. ``then`` or ``now`` is None where it was not."""

    name: str
    then: NodeBody | None
    now: NodeBody | None
    differences: tuple[Difference, ...] = ()

    @property
    def is_same(self) -> bool:
        """Whether it stands as it stood."""
        return self.then == self.now


@dataclass(frozen=True, slots=True)
class SnapshotPage:
    """A snapshot beside today: two drawings, and both in words, row by row."""

    card: SnapshotCard
    then: DrawnMap | None
    now: DrawnMap | None
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class SnapshotList:
    """The snapshots, newest first."""

    here: tuple[SnapshotCard, ...]
    away: tuple[SnapshotCard, ...]


@dataclass(frozen=True, slots=True)
class Contact:
    """Somebody who may be called in a crisis."""

    id: UUID
    name: str
    phone: str
    note: str


@dataclass(frozen=True, slots=True)
class MeetingCopy:
    """The dated copy that would go to a pair's next meeting, exactly as both would see it.

    ``nodes``: all that could be on it; ``chosen``: the ids of those that are.
    """

    copy: CopyPreview
    nodes: Sequence[Node]
    chosen: frozenset[UUID]

"""The sealed bodies of cards, and what their pages get to see."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import msgspec

from portal.crisis_plan.shapes.plan import FirstHelp, PlanBody, StagePart


class CardBody(msgspec.Struct, frozen=True, omit_defaults=True):
    """A card as its owner keeps it: what they call it, whose name is on it, what it opens.

    ``code`` is its secret; it is wiped when the card ends.
    """

    label: str
    name: str
    sections: tuple[UUID, ...]
    code: bytes = b""


class CardCopy(msgspec.Struct, frozen=True):
    """What whoever holds the card reads: the chosen sections as they were last changed."""

    name: str
    sections: tuple[PlanBody, ...]


class NewCard(msgspec.Struct, frozen=True):
    """A card as its owner wants it."""

    label: str
    name: str
    sections: tuple[UUID, ...]


@dataclass(frozen=True, slots=True)
class CardLine:
    """One of the owner's cards in their list."""

    id: UUID
    label: str
    made_at: datetime
    ended_at: datetime | None


@dataclass(frozen=True, slots=True)
class CardPage:
    """One card for its owner: the code in groups, what it opens, when it was opened (newest first).

    An ended card has no code.
    """

    id: UUID
    label: str
    name: str
    headings: tuple[str, ...]
    groups: tuple[str, ...]
    first: FirstHelp
    openings: tuple[datetime, ...]
    made_at: datetime
    ended_at: datetime | None

    @property
    def token(self) -> str:
        """The code as it stands in the card's address."""
        return "".join(self.groups)


@dataclass(frozen=True, slots=True)
class OpenCard:
    """What whoever holds a card reads."""

    name: str
    stages: tuple[StagePart, ...]

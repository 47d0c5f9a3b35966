"""The sealed bodies of check-ins."""

from __future__ import annotations

import enum
from datetime import datetime, time
from uuid import UUID

import msgspec

MOST_ITEMS = 3


class Kind(enum.Enum):
    """How a thing that the owner follows is answered."""

    WORDS = "words"
    SEVEN = "seven"
    HOURS = "hours"
    YES_NO = "yes_no"
    TEXT = "text"


class Item(msgspec.Struct, frozen=True, omit_defaults=True):
    """One thing that the owner follows. ``words``: five, the lowest first; ``low``, ``high``: ends.

    ``since``: when it was first asked, or asked to go on; skips before do not count.
    """

    id: UUID
    name: str
    kind: Kind
    since: datetime
    words: tuple[str, ...] = ()
    low: str = ""
    high: str = ""
    is_stopped: bool = False


class SetupBody(msgspec.Struct, frozen=True, omit_defaults=True):
    """What is asked, whether the owner rests from it, and when a reminder comes, if any."""

    items: tuple[Item, ...] = ()
    is_resting: bool = False
    remind_at: time | None = None

    @property
    def asked(self) -> tuple[Item, ...]:
        """The things that are asked now."""
        return tuple(item for item in self.items if not item.is_stopped)

    @property
    def stopped(self) -> tuple[Item, ...]:
        """The things that are asked no more; their answers stay."""
        return tuple(item for item in self.items if item.is_stopped)

    def item(self, item_id: UUID) -> Item | None:
        """One of the things."""
        return next((item for item in self.items if item.id == item_id), None)


class Answer(msgspec.Struct, frozen=True, omit_defaults=True):
    """What was said about one thing: a number, or words; a picked word is kept as it read then."""

    item_id: UUID
    number: float | None = None
    text: str = ""


class CheckInBody(msgspec.Struct, frozen=True, omit_defaults=True):
    """One check-in; what was skipped is not here. ``clock``: when, unless filled in later."""

    clock: time | None = None
    good: str = ""
    answers: tuple[Answer, ...] = ()
    note: str = ""
    happened: str = ""
    is_away: bool = False

    def answer(self, item_id: UUID) -> Answer | None:
        """What was said about one thing; None when it was skipped."""
        return next((each for each in self.answers if each.item_id == item_id), None)

    @property
    def says_something(self) -> bool:
        """Whether anything at all stands here."""
        return bool(self.good or self.answers or self.note or self.happened)

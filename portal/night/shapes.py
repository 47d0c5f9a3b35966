"""The sealed body of a line, and what the pages get to see."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import msgspec

from portal.dyads.shapes import DyadCard


class Standing(enum.Enum):
    """What became of a line: it lies here, was taken up elsewhere, or was let go."""

    HERE = "here"
    TAKEN_UP = "taken up"
    LET_GO = "let go"


class NightBody(msgspec.Struct, frozen=True, omit_defaults=True):
    """One line; it keeps ``until`` the owner's own morning, as it was when it was put down.

    ``is_left``: it stays on the list, and the first page says no more of it. ``kept_with``: the
    pair on whose list for the next meeting it was put, while it stands there.
    """

    text: str
    until: datetime
    standing: Standing = Standing.HERE
    is_left: bool = False
    kept_with: UUID | None = None


@dataclass(frozen=True, slots=True)
class NightLine:
    """One line as a page shows it. ``is_morning``: its morning has come.

    ``is_on_list``: it stands on the list for a meeting that is still to come.
    """

    id: UUID
    body: NightBody
    made_at: datetime
    is_morning: bool
    is_on_list: bool = False

    @property
    def is_here(self) -> bool:
        """Whether it still lies here."""
        return self.body.standing is Standing.HERE


@dataclass(frozen=True, slots=True)
class NightPage:
    """The list, newest first. ``older`` is the token of the next page.

    ``to_write`` and ``to_meet``: with whom one writes, and for whose meeting something can be kept.
    """

    here: tuple[NightLine, ...]
    gone: tuple[NightLine, ...]
    older: str | None
    to_write: tuple[DyadCard, ...]
    to_meet: tuple[DyadCard, ...]

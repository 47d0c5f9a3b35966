"""The sealed body of a line, and what the page gets to see."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import msgspec

from portal.core.web import Page
from portal.toolbox.shapes import People


class Kind(enum.Enum):
    """What a line is about."""

    MATTERS = "matters"
    KEEPS_WELL = "keeps_well"


class MatterBody(msgspec.Struct, frozen=True, omit_defaults=True):
    """One line of words; ``is_away``: put away, and brought back with one press.

    A former wording is a row of its own, ``of`` its line, said ``until`` a moment. It is always the
    owner's alone, so that sharing a line never shows words that its owner has taken back.
    """

    kind: Kind
    text: str
    is_away: bool = False
    of: UUID | None = None
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Matter:
    """One line as a page shows it."""

    id: UUID
    body: MatterBody
    is_shared: bool
    made_at: datetime
    changed_at: datetime


@dataclass(frozen=True, slots=True)
class MattersPage:
    """The sentence (None while there is none) and the list, in the order they were written.

    ``people`` stand only on the owner's page.
    """

    sentence: Matter | None
    well: tuple[Matter, ...]
    away: tuple[Matter, ...]
    owner_name: str
    people: People | None = None


@dataclass(frozen=True, slots=True)
class SentencePage:
    """The sentence as it reads now, empty while there is none; ``formers`` as in ``LinePage``."""

    text: str
    formers: Page[Matter]


@dataclass(frozen=True, slots=True)
class LinePage:
    """One line of the list for its owner; ``formers``: what it said before, newest first."""

    line: Matter
    formers: Page[Matter]
    people: People

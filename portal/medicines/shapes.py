"""The sealed body of a medicine, and what the pages get to see."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time
from uuid import UUID

import msgspec

from portal.core.web import Page
from portal.dyads.shapes import DyadCard
from portal.toolbox.shapes import People

MOST_TIMES = 4


class MedicineWords(msgspec.Struct, frozen=True, omit_defaults=True):
    """What the owner says of a medicine; only the name is needed."""

    name: str
    how: str = ""
    what_for: str = ""
    since: str = ""
    notices: str = ""
    questions: str = ""


class MedicineBody(msgspec.Struct, frozen=True, omit_defaults=True):
    """One medicine. ``until``: since when it is no longer taken, in words; ``clocks``: reminders.

    A former wording is a row of its own, ``of`` its medicine, said until ``said_until``. It is
    always the owner's alone.
    """

    words: MedicineWords
    is_stopped: bool = False
    until: str = ""
    clocks: tuple[time, ...] = ()
    is_away: bool = False
    of: UUID | None = None
    said_until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Medicine:
    """One medicine as a page shows it."""

    id: UUID
    body: MedicineBody
    is_shared: bool
    made_at: datetime
    changed_at: datetime

    @property
    def words(self) -> MedicineWords:
        """What the owner says of it."""
        return self.body.words


@dataclass(frozen=True, slots=True)
class MedicinesPage:
    """The list, or a page of it: what is taken now, and what was before.

    ``older``: where the page with those added earlier begins. ``away`` and ``people``: owner only.
    """

    now: tuple[Medicine, ...]
    before: tuple[Medicine, ...]
    away: tuple[Medicine, ...]
    owner_name: str
    people: People | None = None
    older: str | None = None

    @property
    def has_reminders(self) -> bool:
        """Whether a reminder comes for any of them."""
        return any(each.body.clocks for each in self.now)


@dataclass(frozen=True, slots=True)
class MedicinePage:
    """One medicine, and a page of what was said of it before, newest first."""

    medicine: Medicine
    formers: Page[Medicine]
    people: People


@dataclass(frozen=True, slots=True)
class CopyChoice:
    """What may go into a copy for a pair's meeting."""

    dyad: DyadCard
    medicines: tuple[Medicine, ...]


@dataclass(frozen=True, slots=True)
class CopyWish:
    """What the owner picked for a copy."""

    ids: frozenset[UUID]
    with_notices: bool
    with_questions: bool

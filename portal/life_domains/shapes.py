"""What life domains and entries are made of, and what the pages get to see."""

from __future__ import annotations

import enum
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

import msgspec

from portal.toolbox.charts import Chart
from portal.toolbox.shapes import People

SHORT = 140


class MoreHelp(enum.Enum):
    """Whether somebody wants more help in a domain."""

    YES = "yes"
    NO = "no"
    NOT_NOW = "not_now"


class DomainBody(msgspec.Struct, frozen=True, omit_defaults=True):
    """A domain that its owner has used: its key, and its name when the owner gave it one.

    It is shared exactly as long as an entry of the domain is.
    """

    key: str
    name: str = ""


class ArrangementBody(msgspec.Struct, frozen=True):
    """How an owner has arranged the domains, by their keys. Always the owner's alone."""

    order: tuple[str, ...]
    off: tuple[str, ...]
    marked: tuple[str, ...]


class EntryBody(msgspec.Struct, frozen=True, omit_defaults=True):
    """How it goes in one domain, on the day it was written. Words first; all of it may be left."""

    status: str = ""
    helps: str = ""
    hinders: str = ""
    rating: int | None = None
    more_help: MoreHelp | None = None
    is_away: bool = False


@dataclass(frozen=True, slots=True)
class Domain:
    """One part of life. `key` is what a goal keeps, `name` what a page shows.

    ``is_help``: not life itself, but the help in it; no goal lies there.
    """

    key: str
    name: str
    is_help: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnDomain(Domain):
    """A domain as one owner has it. ``is_added``: it is their own and did not come with the portal.

    ``is_marked``: they want to talk about it. ``is_off``: it is hidden, with all that it holds.
    """

    id: UUID
    is_added: bool = False
    is_renamed: bool = False
    is_marked: bool = False
    is_off: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry as a page shows it; ``facts`` are its shorter answers, term by term."""

    id: UUID
    domain_id: UUID
    body: EntryBody
    facts: Sequence[tuple[str, str]]
    is_shared: bool
    made_at: datetime
    changed_at: datetime

    @property
    def short(self) -> str:
        """Its words, cut to a line or two."""
        words = " ".join(self.body.status.split())
        return words if len(words) <= SHORT else f"{words[:SHORT].rsplit(' ', 1)[0]} …"


@dataclass(frozen=True, slots=True)
class DomainCard:
    """A domain with its newest entry; None while nothing is written in it."""

    domain: OwnDomain
    newest: Entry | None


@dataclass(frozen=True, slots=True)
class IndexPage:
    """The owner's domains: those of life, those of help, and those they want to talk about."""

    life: tuple[DomainCard, ...]
    help: tuple[DomainCard, ...]
    people: People

    @property
    def marked(self) -> tuple[DomainCard, ...]:
        """At most three."""
        return tuple(card for card in (*self.life, *self.help) if card.domain.is_marked)

    @property
    def is_new(self) -> bool:
        """Whether nothing is written anywhere yet."""
        return not any(card.newest for card in (*self.life, *self.help))


@dataclass(frozen=True, slots=True)
class DomainPage:
    """One domain: its entries, newest first, and where the next page begins.

    ``newest`` stands apart on the first page; the chart is there too, and nowhere else. ``away``:
    put away, and brought back with one press.
    """

    domain: OwnDomain
    newest: Entry | None
    earlier: tuple[Entry, ...]
    away: tuple[Entry, ...]
    older: UUID | None
    chart: Chart | None
    people: People


@dataclass(frozen=True, slots=True)
class PartsPage:
    """The domains to rename, order, hide and add to."""

    life: tuple[OwnDomain, ...]
    help: tuple[OwnDomain, ...]
    off: tuple[OwnDomain, ...]


@dataclass(frozen=True, slots=True)
class ThenNow:
    """One domain on an earlier day and now. ``is_same``: nothing was written since."""

    domain: OwnDomain
    then: Entry | None
    now: Entry | None

    @property
    def is_same(self) -> bool:
        """Whether then and now are one entry."""
        return self.then is not None and self.now is not None and self.then.id == self.now.id


@dataclass(frozen=True, slots=True)
class ThenPage:
    """All domains on a day and now; ``days`` on which something was written, newest first."""

    on: date
    pairs: tuple[ThenNow, ...]
    days: tuple[date, ...]


@dataclass(frozen=True, slots=True)
class SeenDomains:
    """What a worker sees: shared entries by domain, newest first."""

    owner_name: str
    domains: tuple[tuple[str, tuple[Entry, ...]], ...]

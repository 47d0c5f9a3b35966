"""What a pair is made of, and what the pages get to see of it."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import msgspec


class DyadBody(msgspec.Struct, frozen=True):
    """How the two call themselves; sealed under the key of the two."""

    owner_name: str
    worker_name: str
    worker_title: str = ""


class PinBody(msgspec.Struct, frozen=True):
    """What one of the two remembers of the other; sealed under their own key.

    Whoever accepted knows the partner's keys at once. Whoever invited keeps the link's secret: it
    proves who accepted with it.
    """

    dyad_id: UUID
    partner_name: str = ""
    partner_id: UUID | None = None
    opening_public: bytes = b""
    signing_public: bytes = b""
    link: bytes = b""


@dataclass(frozen=True, slots=True)
class DyadCard:
    """One pair as one of its two people sees it.

    ``is_trusted`` says that the partner's public keys are the ones that were pinned; without it
    nothing new is written or shared. ``ended_by_me`` and ``is_end_seen`` count
    only for a pair that has ended.
    """

    id: UUID
    owner_id: UUID
    worker_id: UUID
    owner_name: str
    worker_name: str
    worker_title: str
    is_owner: bool
    is_live: bool
    is_trusted: bool
    made_at: datetime
    ended_at: datetime | None
    ended_by_me: bool
    is_end_seen: bool
    i_confirmed_code_at: datetime | None
    partner_confirmed_code_at: datetime | None

    @property
    def partner_id(self) -> UUID:
        """The other person of the pair."""
        return self.worker_id if self.is_owner else self.owner_id

    @property
    def partner_name(self) -> str:
        """What the other person calls themselves."""
        return self.worker_name if self.is_owner else self.owner_name

    @property
    def partner_title(self) -> str:
        """The worker's title for the owner; an owner has none."""
        return self.worker_title if self.is_owner else ""

    @property
    def tells_its_end(self) -> bool:
        """Whether the owner still gets to know that the worker ended it."""
        return self.is_owner and not (self.is_live or self.ended_by_me or self.is_end_seen)

    @property
    def may_write(self) -> bool:
        """Whether the two can write and share here now."""
        return self.is_live and self.is_trusted

    @property
    def is_code_confirmed(self) -> bool:
        """Whether both have compared the short code face to face."""
        return bool(self.i_confirmed_code_at and self.partner_confirmed_code_at)


@dataclass(frozen=True, slots=True)
class Goodbye:
    """A pair that ended lately, for the worker who has lost sight of everything else in it."""

    dyad_id: UUID
    partner_name: str
    ended_at: datetime
    ended_by_me: bool


@dataclass(frozen=True, slots=True)
class Room:
    """How many people a worker takes on: ``cap`` at the most, ``in_use`` now."""

    cap: int
    in_use: int

    @property
    def is_full(self) -> bool:
        """Whether nobody more fits."""
        return self.in_use >= self.cap

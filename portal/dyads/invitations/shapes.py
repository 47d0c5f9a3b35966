"""What an invitation is made of, and what its pages get to see."""

import enum
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

import msgspec


class InvitationState(enum.Enum):
    """How far an invitation has come. Only ``sent`` and ``later`` can still be answered."""

    SENT = "sent"
    LATER = "later"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    NO_ROOM = "no_room"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"


OPEN = frozenset({InvitationState.SENT, InvitationState.LATER})


class InvitationBody(msgspec.Struct, frozen=True):
    """The inviter's own note of an invitation; sealed under their own key."""

    address: str
    greeting: str = ""


class LetterBody(msgspec.Struct, frozen=True):
    """What the link opens: who asks, their public keys, and what they say."""

    inviter_id: UUID
    opening_public: bytes
    signing_public: bytes
    dyad_id: UUID
    address: str
    name: str
    title: str = ""
    greeting: str = ""


class KeptLetterBody(msgspec.Struct, frozen=True):
    """A letter that somebody put off, kept under their own key so that they find it again."""

    link: bytes
    name: str
    title: str = ""
    greeting: str = ""


class NewInvitation(NamedTuple):
    """What somebody writes to invite another person."""

    address: str
    name: str
    title: str = ""
    greeting: str = ""


class SentInvitation(NamedTuple):
    """An invitation that was just written, and the secret of its link as text."""

    id: UUID
    token: str

    def __repr__(self) -> str:
        return f"<SentInvitation {self.id}>"


@dataclass(frozen=True, slots=True)
class InvitationCard:
    """An invitation as its inviter sees it.

    ``is_quiet``: three weeks without an answer. ``token`` is there only on its own page.
    """

    id: UUID
    address: str
    greeting: str
    asks_worker: bool
    state: InvitationState
    sent_at: datetime
    ends_at: datetime
    answered_at: datetime | None
    dyad_id: UUID
    is_quiet: bool
    may_send_again: bool
    token: str = ""

    @property
    def is_open(self) -> bool:
        """Whether it can still be answered."""
        return self.state in OPEN


class Fit(enum.Enum):
    """Whether the person who holds the letter can say yes."""

    SIGNED_OUT = "signed_out"
    YES = "yes"
    OWN_LETTER = "own_letter"
    OTHER_ROLE = "other_role"
    PAIR_ALREADY = "pair_already"
    NO_ROOM = "no_room"


@dataclass(frozen=True, slots=True)
class Letter:
    """An invitation as the invited person reads it."""

    token: str
    name: str
    title: str
    greeting: str
    asks_worker: bool
    state: InvitationState
    ends_at: datetime
    fit: Fit

    @property
    def is_open(self) -> bool:
        """Whether it can still be answered."""
        return self.state in OPEN


@dataclass(frozen=True, slots=True)
class ReceivedCard:
    """A letter that the viewer put off."""

    token: str
    name: str
    title: str
    received_at: datetime
    ends_at: datetime


class WaitingCard(NamedTuple):
    """A letter that went to the viewer's address and that only its link opens."""

    sent_at: datetime
    ends_at: datetime


class Letters(NamedTuple):
    """Invitations that a page speaks of.

    ``received``: put off by the viewer. ``waiting``: to the viewer's address, not opened by them
    since; who wrote them nobody knows without the link. ``sent``: by the viewer.
    """

    received: list[ReceivedCard]
    waiting: list[WaitingCard]
    sent: list[InvitationCard]

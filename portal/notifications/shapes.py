"""What can be told, what a person has chosen about it, and what has happened to it."""

from dataclasses import dataclass, field
from datetime import datetime, time
from enum import Enum
from uuid import UUID

from portal.core.clock import DEFAULT_QUIET_END, DEFAULT_QUIET_START

DEFAULT_DAILY_CAP = 4
HIGHEST_DAILY_CAP = 8


class NoticeKind(Enum):
    """What a notice is about. Only the portal knows; the e-mail is the same for all of them."""

    MESSAGE_WAITING = "message_waiting"
    MESSAGE_ANSWERED = "message_answered"
    ANSWER_DUE_TODAY = "answer_due_today"
    HELLO_DUE = "hello_due"
    REVIEW_DUE = "review_due"
    INVITATION_UNANSWERED = "invitation_unanswered"
    MEETING_OFFERED = "meeting_offered"
    MEETING_ANSWERED = "meeting_answered"
    MEETING_CALLED_OFF = "meeting_called_off"
    MEETING_TOMORROW = "meeting_tomorrow"
    ACTIVITY_REMINDER = "activity_reminder"
    CHECK_IN_REMINDER = "check_in_reminder"
    IDEA_OFFERED = "idea_offered"
    AGREEMENT_WAITING = "agreement_waiting"
    CARD_OPENED = "card_opened"
    SECURITY = "security"


class NoticeState(Enum):
    """What has become of a notice."""

    WAITING = "waiting"
    TOLD = "told"
    WITHDRAWN = "withdrawn"
    NOT_WANTED = "not_wanted"


class LetterState(Enum):
    """Whether a letter has been handed over, or has lost what it had to tell."""

    WAITING = "waiting"
    SENT = "sent"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class Telling:
    """One thing to tell one person from a moment on. The key makes it unique for that person."""

    person_id: UUID
    kind: NoticeKind
    at: datetime
    key: str


@dataclass(frozen=True, slots=True)
class NoticeChoices:
    """What a person wants to be told, and when. Equal quiet times mean no quiet hours."""

    quiet_from: time = DEFAULT_QUIET_START
    quiet_until: time = DEFAULT_QUIET_END
    daily_cap: int = DEFAULT_DAILY_CAP
    kinds_off: frozenset[NoticeKind] = field(default=frozenset())

    def wants(self, kind: NoticeKind) -> bool:
        """Whether the person wants this kind. What guards their account is always told."""
        return kind is NoticeKind.SECURITY or kind not in self.kinds_off


@dataclass(frozen=True, slots=True)
class Claimed:
    """A letter that one job has taken on, until its lease ends.

    `has_link` tells a letter with a link of its own from one to a person.
    """

    id: UUID
    has_link: bool
    attempts: int
    lease_until: datetime


class HandedOver(Enum):
    """What came of handing over one letter."""

    SENT = "sent"
    NOT_OURS = "not_ours"
    NOT_NOW = "not_now"
    LATER = "later"
    SERVER_AWAY = "server_away"

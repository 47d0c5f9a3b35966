"""What a meeting and a kept thing are made of, and what the pages get to see."""

import enum
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

import msgspec

from portal.core.errors import NotVisible
from portal.core.sheet import Sheet
from portal.dyads.shapes import DyadCard


class Said(enum.Enum):
    """What one of the two said last about a time: to the other it is news."""

    YES = "yes"
    NO = "no"
    CALLED_OFF = "called_off"
    TAKEN_BACK = "taken_back"


class LastWord(msgspec.Struct, frozen=True):
    """What was said last, by whom, and about which time."""

    said: Said
    by: UUID
    at: datetime


class MeetingBody(msgspec.Struct, frozen=True):
    """Where the two meet: a place or a link, as agreed and as offered for a move.

    ``last`` is what was said last, until a new time is put forward.
    """

    place: str = ""
    offered_place: str = ""
    last: LastWord | None = None


class KeptBody(msgspec.Struct, frozen=True):
    """One line on the meeting's list, in the words of who kept it; perhaps with a dated copy."""

    line: str
    sheet: Sheet | None = None


class MeetingState(enum.Enum):
    """How far the two are with one meeting."""

    OFFERED = "offered"
    AGREED = "agreed"
    CALLED_OFF = "called_off"


class KeptFrom(enum.Enum):
    """What a kept thing comes from."""

    OWN = "own"
    MESSAGE = "message"
    GOAL = "goal"
    AGREEMENT = "agreement"
    WHAT_MATTERS = "what_matters"
    LIFE_DOMAIN = "life_domain"
    NETWORK_MAP = "network_map"
    CRISIS_PLAN = "crisis_plan"
    CHECK_INS = "check_ins"
    MEDICINES = "medicines"
    REFLECTION = "reflection"


class Standing(enum.Enum):
    """What one of the two sees of a meeting: whose turn it is, or that it stands."""

    YOU_ANSWER = "you_answer"
    THEY_ANSWER = "they_answer"
    AGREED = "agreed"
    YOU_ANSWER_MOVE = "you_answer_move"
    THEY_ANSWER_MOVE = "they_answer_move"
    CALLED_OFF = "called_off"
    PASSED = "passed"


class DayOff(enum.Enum):
    """Why a day may not suit the worker, as far as their week and the country say."""

    HOLIDAY = "holiday"
    AWAY = "away"
    NOT_WORKING = "not_working"


@dataclass(frozen=True, slots=True)
class Offer:
    """A time and a place that somebody puts forward."""

    starts_at: datetime
    place: str


@dataclass(frozen=True, slots=True)
class MeetingCard:
    """One meeting as one of the two sees it; ``moved_to`` is a new time that waits for a yes.

    ``last`` is the other one's last word, while it is news.
    """

    id: UUID
    dyad_id: UUID
    partner_name: str
    standing: Standing
    starts_at: datetime
    place: str
    moved_to: datetime | None
    moved_place: str
    last: LastWord | None = None

    @property
    def asks_me(self) -> bool:
        """Whether the other waits for the viewer's answer."""
        return self.standing in (Standing.YOU_ANSWER, Standing.YOU_ANSWER_MOVE)

    @property
    def is_refused(self) -> bool:
        """Whether the other one's news is a no to moving it: the time stands."""
        has_refused = self.last is not None and self.last.said is Said.NO
        return has_refused and self.standing is Standing.AGREED

    @property
    def is_asked(self) -> bool:
        """Whether a time waits for somebody's answer."""
        return self.standing not in (Standing.AGREED, Standing.CALLED_OFF, Standing.PASSED)

    @property
    def asked_at(self) -> datetime:
        """The time that was put forward last: the new one of a move, else the present one."""
        return self.moved_to or self.starts_at

    @property
    def asked_place(self) -> str:
        """The place that was put forward last."""
        return self.moved_place if self.moved_to else self.place

    @property
    def is_agreed(self) -> bool:
        """Whether the two have said yes to the present time."""
        return self.standing not in (Standing.YOU_ANSWER, Standing.THEY_ANSWER)


@dataclass(frozen=True, slots=True)
class MeetingTime:
    """When a meeting is, for a calendar outside, and what the meeting is called there.

    ``sequence`` rises each time the meeting is moved.
    """

    uid: str
    starts_at: datetime
    is_agreed: bool
    sequence: int


@dataclass(frozen=True, slots=True)
class GoneMeeting:
    """A time that the other one called off, refused or took back, until its day is over."""

    partner_name: str
    starts_at: datetime
    said: Said


@dataclass(frozen=True, slots=True)
class KeptCard:
    """One thing on the list; the owner may move it, either may take their own off."""

    id: UUID
    line: str
    source: KeptFrom
    source_id: UUID | None
    kept_at: datetime
    is_mine: bool
    is_first: bool
    is_last: bool
    has_copy: bool = False


@dataclass(frozen=True, slots=True)
class MeetingPage:
    """A pair's meetings: the coming ones (soonest first), the list, and when they last met.

    ``gone``: what was called off or refused, soonest first. ``off``: which of the times that wait
    for an answer lie on a day that may not suit, by the meeting's id.
    """

    dyad: DyadCard
    coming: list[MeetingCard]
    gone: list[GoneMeeting]
    kept: list[KeptCard]
    last_met_at: datetime | None
    off: Mapping[UUID, DayOff] = field(default_factory=dict)

    @property
    def next(self) -> MeetingCard | None:
        """The soonest of the coming meetings."""
        return self.coming[0] if self.coming else None

    def meeting(self, meeting_id: UUID) -> MeetingCard:
        """One of the coming meetings; NotVisible for any other."""
        card = next((card for card in self.coming if card.id == meeting_id), None)
        if card is None:
            raise NotVisible
        return card


@dataclass(frozen=True, slots=True)
class ComingMeeting:
    """A pair's soonest meeting for a first page, with whether anything is kept for it.

    ``gone``: what was called off or refused, soonest first.
    """

    dyad: DyadCard
    meeting: MeetingCard | None
    has_kept: bool
    gone: list[GoneMeeting]


@dataclass(frozen=True, slots=True)
class KeptCopy:
    """A dated copy that somebody took to the meeting: it does not change with what it came from."""

    dyad: DyadCard
    line: str
    sheet: Sheet
    is_mine: bool


@dataclass(frozen=True, slots=True)
class KeptMark:
    """That a thing is kept for a pair's next meeting; ``meets_at`` once they agreed on a time."""

    kept_id: UUID
    meets_at: datetime | None


@dataclass(frozen=True, slots=True)
class CopyMark:
    """That a dated copy of something is on the list for a pair's next meeting, and since when."""

    kept_id: UUID
    kept_at: datetime

"""The words and the plain marks of a message."""

import enum
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

import msgspec

MAIN_POINT_MAX = 200
TEXT_MAX = 10_000


class Kind(enum.Enum):
    """What sort of message it is; plain, because a list of who waits must show a knock."""

    WORDS = "words"
    KNOCK = "knock"
    HELLO = "hello"
    HOW_MEANT = "how_meant"


class Intent(enum.StrEnum):
    """What the owner would like back (Friction 2). Sealed with the words."""

    BE_HEARD = "be_heard"
    TELLING = "telling"
    QUESTION = "question"
    MEETING = "meeting"
    GOAL = "goal"
    PRACTICAL = "practical"


class Outcome(enum.Enum):
    """What became of a message: an answer, or one press of the person it went to."""

    ANSWERED = "answered"
    ACKNOWLEDGED = "acknowledged"
    FOR_MEETING = "for_meeting"
    WILL_PHONE = "will_phone"
    PHONED = "phoned"
    ANSWERS_BY = "answers_by"
    # The owner took what the worker wanted to talk about off the list (decision 111).
    OFF_LIST = "off_list"
    # The owner's one tap on a worker's message (Friction 9).
    READ_IT = "read_it"
    CANNOT_NOW = "cannot_now"
    LETS_TALK = "lets_talk"


class State(enum.StrEnum):
    """The one plain state that a message is in (Friction 6)."""

    HELD = "held"
    TAKEN_BACK = "taken_back"
    WITH_THEM = "with_them"
    OPENED = "opened"
    OPENED_IS_ENOUGH = "opened_is_enough"
    ANSWERS_BY = "answers_by"
    LATE = "late"
    ANSWERED = "answered"
    ACKNOWLEDGED = "acknowledged"
    FOR_MEETING = "for_meeting"
    WILL_PHONE = "will_phone"
    PHONED = "phoned"
    READ_IT = "read_it"
    CANNOT_NOW = "cannot_now"
    LETS_TALK = "lets_talk"
    OFF_LIST = "off_list"


class Trouble(enum.Enum):
    """What is wrong with a thread whose rows do not fit together."""

    GAP = "gap"
    CHANGED = "changed"
    TAIL = "tail"


class Delivery(msgspec.Struct, frozen=True):
    """The plain marks of one message, all instants in UTC. Everything that a state depends on.

    ``outcome_at`` may lie ahead: an answer that can still be taken back has not arrived yet. Until
    then what the worker ``promised`` before stands.
    """

    undo_until: datetime
    taken_back_at: datetime | None = None
    opened_at: datetime | None = None
    is_answer_wanted: bool = False
    due_at: datetime | None = None
    outcome: Outcome | None = None
    outcome_at: datetime | None = None
    promised: Outcome | None = None
    promised_at: datetime | None = None


class NewMessage(NamedTuple):
    """A message as it is written: the columns of its row, all but those that come later."""

    id: UUID
    owner_id: UUID
    data_key_id: UUID
    author_id: UUID
    sealed: bytes
    made_at: datetime
    changed_at: datetime
    dyad_id: UUID
    number: int
    kind: Kind
    once: bytes
    undo_until: datetime
    is_answer_wanted: bool
    due_at: datetime | None


class MessageBody(msgspec.Struct, frozen=True, omit_defaults=True):
    """What is sealed of a message: its words, its number, and the link to the one before.

    ``depth`` is how fully a worker answered, as the two agreed (Friction 17). ``about`` is the
    number of the message that a question is about.

    ``digest`` is empty while the words are here. When they are taken back it stays in their
    place, so that the chain still holds.
    """

    number: int
    before: bytes
    intent: Intent | None = None
    main_point: str = ""
    text: str = ""
    depth: str = ""
    about: int = 0
    digest: bytes = b""


class HeadBody(msgspec.Struct, frozen=True, omit_defaults=True):
    """The sealed end of a thread: the newest number and link, and which words were taken back."""

    number: int
    link: bytes
    taken_back: tuple[int, ...] = ()


class Outgoing(msgspec.Struct, frozen=True, kw_only=True):
    """Words on their way: what one press on *Send* carries."""

    text: str = ""
    main_point: str = ""
    intent: Intent | None = None
    depth: str = ""
    about: int = 0
    kind: Kind = Kind.WORDS

"""What accounts seal, take from forms, and hand to pages."""

import enum
from datetime import datetime, timedelta
from typing import NamedTuple
from uuid import UUID

import msgspec
from markupsafe import Markup


class ProfileBody(msgspec.Struct, frozen=True):
    """What a person says about themselves, and which terms they accepted when.

    ``has_way_out``: each of their pages has a button that takes them away at once.
    """

    name: str
    title: str = ""
    terms: str = ""
    accepted_at: datetime | None = None
    code_kept_at: datetime | None = None
    has_way_out: bool = False


class FactorBody(msgspec.Struct, frozen=True):
    """The secret that the authenticator app shares with the portal (base32)."""

    secret: str


class SignUpBody(NamedTuple):
    """What somebody says when they begin."""

    name: str
    password: str
    title: str = ""


class SignInBody(NamedTuple):
    """What somebody gives to come in."""

    address: str
    password: str
    is_own_device: bool


class RecoveryBody(NamedTuple):
    """What somebody gives who comes back in with their recovery code."""

    address: str
    code: str
    new_password: str


class Caller(NamedTuple):
    """Where a request comes from: the network address and a plain name for the device."""

    network: str
    device: str


class NextStep(enum.Enum):
    """What comes after the right password."""

    DONE = "done"
    FACTOR = "factor"
    FACTOR_SET_UP = "factor_set_up"


class SignedIn(NamedTuple):
    """A new session: the cookie's value, how long to keep it (None: until the browser closes)."""

    person_id: UUID
    cookie: str
    kept_for: timedelta | None
    step: NextStep = NextStep.DONE

    def __repr__(self) -> str:
        return f"<SignedIn {self.person_id}>"


class ProfileCard(NamedTuple):
    """A person's own settings, as their page shows them."""

    name: str
    title: str
    address: str
    zone: str
    language: str
    has_code: bool


class TicketCard(NamedTuple):
    """What the page behind a letter's link needs."""

    address: str
    is_worker: bool
    has_accepted: bool


class NewAddress(NamedTuple):
    """A new address, and whether it counts already."""

    address: str
    is_taken: bool


class DeviceCard(NamedTuple):
    """One device on which a person is signed in."""

    id: UUID
    device: str
    made_at: datetime
    seen_at: datetime
    is_kept: bool
    is_this: bool


class CodeCard(NamedTuple):
    """A recovery code as it is shown: its groups, a picture of it, and which group to type.

    ``is_first``: it belongs to the last step of signing up.
    """

    groups: list[str]
    picture: Markup
    number: int
    is_first: bool


class FactorCard(NamedTuple):
    """What setting up an authenticator app shows: the secret in groups and a picture of it.

    ``link`` opens the app on the device itself. ``is_first``: it is a step of signing up.
    """

    groups: list[str]
    address: str
    picture: Markup
    link: str
    is_first: bool


class FactorState(NamedTuple):
    """Whether an authenticator app is set up, must be, and whether this is the demo."""

    is_on: bool
    is_required: bool
    is_demo: bool


class SecurityEvent(enum.Enum):
    """Something about a person's account that they should hear of."""

    PASSWORD_CHANGED = "password_changed"
    RECOVERY_USED = "recovery_used"
    FACTOR_CHANGED = "factor_changed"
    ADDRESS_CHANGED = "address_changed"
    CALENDAR_ADDRESS_MADE = "calendar_address_made"


class LetterKind(enum.Enum):
    """A letter to an address, about an account that is not there yet or not yet confirmed."""

    SIGN_UP = "sign_up"
    ALREADY_HERE = "already_here"
    WORKER_INVITED = "worker_invited"
    NEW_ADDRESS = "new_address"
    ADDRESS_LEFT = "address_left"


class Letter(NamedTuple):
    """One letter: to whom, what about, and the path of its link on this portal."""

    address: str
    kind: LetterKind
    path: str

    def __repr__(self) -> str:
        return f"<Letter {self.kind.value}>"

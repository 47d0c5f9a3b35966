"""The viewer: the signed-in person who asks, with their box. First argument of every verb."""

import enum
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from portal.vault.box import Box


class Role(enum.Enum):
    """What a person is here. One account has one role."""

    OWNER = "owner"
    WORKER = "worker"
    ADMINISTRATOR = "administrator"


@dataclass(slots=True)
class Viewer:
    """The signed-in person, their keys, and the moment of asking (UTC).

    ``lacks_code``: they have not said yet that they keep their recovery code. ``has_way_out``: they
    want the button that takes them away at once.
    """

    person_id: UUID
    role: Role
    name: str
    zone: ZoneInfo
    language: str
    now: datetime
    box: Box = field(repr=False)
    session_id: UUID | None = None
    lacks_code: bool = False
    has_way_out: bool = False

    @property
    def is_owner(self) -> bool:
        """Whether this person owns a portal."""
        return self.role is Role.OWNER

    @property
    def is_worker(self) -> bool:
        """Whether this person is a mental health worker."""
        return self.role is Role.WORKER

    is_authenticated = True
    is_active = True
    is_anonymous = False

    def get_id(self) -> str:
        """The person's id as text (Flask-Login)."""
        return str(self.person_id)

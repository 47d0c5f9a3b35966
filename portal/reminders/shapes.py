"""What a person is asked about a reminder."""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from uuid import UUID

from portal.core.clock import RepeatKind
from portal.notifications.shapes import NoticeKind

IGNORED_BEFORE_ASKING = 3


class ReminderState(Enum):
    """Whether a reminder still comes."""

    WAITING = "waiting"
    DONE = "done"
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True)
class ReminderQuestion:
    """A reminder that was ignored three times in a row: should it go on?"""

    id: UUID
    kind: NoticeKind
    repeat_kind: RepeatKind
    due_at: datetime

"""What is kept on a device, and how its owner sees that it is there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from portal.crisis_plan.shapes.plan import Call


@dataclass(frozen=True, slots=True)
class PhoneLine:
    """A device on which the owner keeps the plan, and since when."""

    id: UUID
    made_at: datetime


@dataclass(frozen=True, slots=True)
class OfflineSection:
    """A section as a script shows it: lines, terms with words, people to call."""

    heading: str
    lines: tuple[str, ...]
    points: tuple[tuple[str, str], ...]
    calls: tuple[Call, ...]


@dataclass(frozen=True, slots=True)
class OfflinePlan:
    """The plan as it goes to a device, where it is sealed at once."""

    at: datetime
    sections: tuple[OfflineSection, ...]

"""What the pages of a part get to see, whichever part it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from portal.core.sheet import Sheet
from portal.dyads.shapes import DyadCard
from portal.meetings.shapes import CopyMark, KeptMark


@dataclass(frozen=True, slots=True)
class ItemCard:
    """One thing that lies in a part: what to call it, and whether it goes along when shared."""

    id: UUID
    title: str
    is_shared: bool
    changed_at: datetime
    more: str = ""


@dataclass(frozen=True, slots=True)
class People:
    """The viewer's pairs, ended ones too, and the ids of those who see the shared items of a part.

    Pairs that live come first, oldest first. ``kept``: for whose next meeting the item that a page
    is about is kept (``with_kept``). ``copies``: for whose a dated copy is on the list already
    (``with_copies``).
    """

    my_id: UUID
    my_name: str
    dyads: Sequence[DyadCard]
    ids_that_see: frozenset[UUID]
    kept: Mapping[UUID, KeptMark] = field(default_factory=dict)
    copies: Mapping[UUID, CopyMark] = field(default_factory=dict)

    def name_of(self, person_id: UUID) -> str:
        """What somebody calls themselves; empty when the viewer does not know them any more."""
        if person_id == self.my_id:
            return self.my_name
        return next((d.partner_name for d in self.dyads if d.partner_id == person_id), "")

    @property
    def seeing(self) -> tuple[DyadCard, ...]:
        """The pairs whose worker sees the shared items."""
        return tuple(d for d in self.dyads if d.is_live and d.partner_id in self.ids_that_see)

    @property
    def who_sees(self) -> tuple[str, ...]:
        """The names of those whom the viewer lets see the shared items."""
        return tuple(dyad.partner_name for dyad in self.seeing)

    @property
    def to_meet(self) -> tuple[DyadCard, ...]:
        """The pairs for whose next meeting something can be kept."""
        return tuple(dyad for dyad in self.dyads if dyad.may_write)


@dataclass(frozen=True, slots=True)
class CopyPreview:
    """Exactly the dated copy that would go to a pair's next meeting.

    ``seen`` marks it, so that nothing else is taken along.
    """

    dyad: DyadCard
    sheet: Sheet
    seen: str

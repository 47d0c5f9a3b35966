"""What a tool is: one part of the toolbox as the common pages need to know it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from portal.core.sheet import Sheet
from portal.dyads.shapes import DyadCard
from portal.meetings.shapes import KeptFrom
from portal.toolbox.shapes import ItemCard
from portal.vault.models import Audience, Part
from portal.vault.viewer import Viewer


@dataclass(frozen=True, slots=True)
class Tool:
    """One part, with the verbs of its slice. ``path``: where its owner finds it.

    ``name``: as its owner calls it; ``shown_name``: as others do, where that differs.
    ``items(viewer)``: the viewer's own things that could be shared, in the order of their page.
    ``shown(viewer, dyad, only)``: what the worker of a pair sees, for ``template``; the owner's
    preview asks for exactly the items ``only``, a worker (``only`` is None) gets all shared ones.
    ``page(viewer, dyad, before)``: what a worker sees, a page at a time, where there may be many.
    ``move(viewer, item_id, audience)``: let an item go along, or keep it back.
    ``sheet(viewer, item_id)``: the whole part (None) or one item for paper; or NotVisible.
    ``line(viewer, item_id)``: what the meeting's list says of a kept item; or NotVisible.
    ``has_numbers``: the service's own numbers to call stand last on the whole part's paper.
    ``is_shareable``: False for a part that no worker ever sees, but for a copy the owner brings.
    """

    part: Part
    name: str
    path: str
    template: str
    source: KeptFrom
    items: Callable[[Viewer], Sequence[ItemCard]]
    shown: Callable[[Viewer, DyadCard, Collection[UUID] | None], Any]
    move: Callable[[Viewer, UUID, Audience], None]
    sheet: Callable[[Viewer, UUID | None], Sheet]
    line: Callable[[Viewer, UUID], str]
    is_shareable: bool = True
    has_numbers: bool = False
    page: Callable[[Viewer, DyadCard, str | None], Any] | None = None
    shown_name: str = ""

    @property
    def slug(self) -> str:
        """The tool's name in paths."""
        return self.part.value.replace("_", "-")


@dataclass(frozen=True, slots=True)
class Choice:
    """What the owner may let a worker see of one part. ``is_on``: the worker sees it now.

    ``others``: who else does.
    """

    tool: Tool
    dyad: DyadCard
    is_on: bool
    others: tuple[str, ...]
    items: tuple[ItemCard, ...]


@dataclass(frozen=True, slots=True)
class Preview:
    """Exactly what the worker would see; ``seen`` marks it, so that nothing else is shared."""

    choice: Choice
    shown: Any
    seen: str


@dataclass(frozen=True, slots=True)
class ItemAudience:
    """Who sees one item. ``shown``: how it would look to them, while it is the owner's alone.

    ``pairs``: with whom the part could be shared.
    """

    tool: Tool
    item: ItemCard
    names: tuple[str, ...]
    shown: Any
    seen: str
    pairs: tuple[DyadCard, ...]


@dataclass(frozen=True, slots=True)
class SharedTool:
    """One part as the worker of a pair sees it."""

    tool: Tool
    dyad: DyadCard
    shown: Any

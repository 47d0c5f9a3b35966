"""Sharing a part with a worker, after seeing exactly what they would see (Friction 26).

Each item is the owner's alone until the owner lets it go along. Everybody with whom the part is
shared sees the same shared items; an end of sharing needs no reason and works at once.
"""

import hashlib
from collections.abc import Collection, Iterable
from uuid import UUID

from portal.access.openings import note_opened
from portal.agreements.service import ask_for_review
from portal.agreements.shapes import Why
from portal.core.errors import Conflict, NotVisible
from portal.dyads.service import dyad_for, share_part
from portal.dyads.shapes import DyadCard
from portal.toolbox.service.people import people_around
from portal.toolbox.service.rows import LOOK_AGAIN
from portal.toolbox.shapes import ItemCard, People
from portal.toolbox.tool import Choice, ItemAudience, Preview, SharedTool, Tool
from portal.vault.models import Audience
from portal.vault.viewer import Viewer


def choice_for(viewer: Viewer, tool: Tool, dyad_id: UUID) -> Choice:
    """What the viewer could let the worker of a pair see of a part."""
    people = people_around(viewer, tool.part)
    return _choice(tool, people, dyad_id, tool.items(viewer))


def preview_for(viewer: Viewer, tool: Tool, dyad_id: UUID, chosen: Collection[UUID]) -> Preview:
    """What a worker would see if exactly these items were shared."""
    people = people_around(viewer, tool.part)
    items = [item for item in tool.items(viewer) if item.id in chosen]
    choice = _choice(tool, people, dyad_id, items)
    shown = tool.shown(viewer, choice.dyad, frozenset(item.id for item in items))
    return Preview(choice, shown, _mark(items))


def share(
    viewer: Viewer, tool: Tool, dyad_id: UUID, chosen: Collection[UUID], *, seen: str
) -> None:
    """Let a worker see these items of a part, and no others; ``seen`` marks what was previewed.

    Shared items that are left out become the owner's alone again, for everybody. Raises Conflict
    when something changed since the preview. New sharing asks both whether their agreement still
    fits (Friction 23).
    """
    choice = choice_for(viewer, tool, dyad_id)
    going = [item for item in choice.items if item.id in chosen]
    if choice.is_on and {item.id for item in choice.items if item.is_shared} == set(chosen):
        return  # the same press twice
    if _mark(going) != seen:
        raise Conflict(LOOK_AGAIN)
    for item in choice.items:
        if item.is_shared != (item.id in chosen):
            tool.move(viewer, item.id, _audience(is_shared=item.id in chosen))
    share_part(viewer, dyad_id, tool.part)
    if not choice.is_on:
        ask_for_review(dyad_id, Why.NEW_SHARING, viewer.now)


def audience_of(viewer: Viewer, tool: Tool, item_id: UUID) -> ItemAudience:
    """Who sees one item; and, while it is the owner's alone, how it would look to the others."""
    people = people_around(viewer, tool.part)
    item = _the_one(tool.items(viewer), item_id)
    shown = None
    if people.seeing and not item.is_shared:
        shown = tool.shown(viewer, people.seeing[0], frozenset((item_id,)))
    pairs = tuple(dyad for dyad in people.dyads if dyad.is_live and dyad.is_owner)
    return ItemAudience(tool, item, people.who_sees, shown, _mark([item]), pairs)


def let_go_along(viewer: Viewer, tool: Tool, item_id: UUID, *, seen: str) -> None:
    """Let those with whom the part is shared see this item too.

    ``seen`` is the mark of the preview. Raises Conflict when something changed since.
    """
    item = _the_one(tool.items(viewer), item_id)
    if item.is_shared:
        return
    if _mark([item]) != seen:
        raise Conflict(LOOK_AGAIN)
    tool.move(viewer, item_id, Audience.SHARED)


def keep_back(viewer: Viewer, tool: Tool, item_id: UUID) -> None:
    """Make an item the owner's alone again."""
    if _the_one(tool.items(viewer), item_id).is_shared:
        tool.move(viewer, item_id, Audience.ONLY_ME)


def shared_tool(viewer: Viewer, tool: Tool, dyad_id: UUID, before: str | None = None) -> SharedTool:
    """A part as the worker of a pair sees it. Notes the opening in the owner's log.

    NotVisible when the owner shares nothing of it with the viewer.
    """
    dyad = dyad_for(viewer, dyad_id, opening=tool.part)
    if dyad.is_owner or not dyad.is_live:
        raise NotVisible
    viewer.box.shared_key(dyad.owner_id, tool.part)
    note_opened(viewer, dyad.owner_id, tool.part)
    shown = tool.page(viewer, dyad, before) if tool.page else tool.shown(viewer, dyad, None)
    return SharedTool(tool, dyad, shown)


def _choice(tool: Tool, people: People, dyad_id: UUID, items: Iterable[ItemCard]) -> Choice:
    dyad = _own_dyad(people, dyad_id)
    return Choice(
        tool=tool,
        dyad=dyad,
        is_on=dyad.worker_id in people.ids_that_see,
        others=tuple(name for name in people.who_sees if name != dyad.partner_name),
        items=tuple(items),
    )


def _own_dyad(people: People, dyad_id: UUID) -> DyadCard:
    for dyad in people.dyads:
        if dyad.id == dyad_id and dyad.is_live and dyad.is_owner:
            return dyad
    raise NotVisible


def _the_one(items: Iterable[ItemCard], item_id: UUID) -> ItemCard:
    for item in items:
        if item.id == item_id:
            return item
    raise NotVisible


def _audience(*, is_shared: bool) -> Audience:
    return Audience.SHARED if is_shared else Audience.ONLY_ME


def _mark(items: Iterable[ItemCard]) -> str:
    """A mark of some items as they are now: it changes when any of them does."""
    now = ";".join(sorted(f"{item.id.hex}@{item.changed_at.isoformat()}" for item in items))
    return hashlib.sha256(now.encode()).hexdigest()

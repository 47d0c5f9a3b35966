"""Keeping something of a part for a meeting: a line on the list, perhaps with a dated copy."""

import hashlib
from uuid import UUID, uuid5

import msgspec

from portal.core.errors import Conflict, NotVisible
from portal.core.sheet import Sheet
from portal.dyads.service import dyad_for
from portal.dyads.shapes import DyadCard
from portal.meetings.service import keep
from portal.meetings.shapes import KeptFrom
from portal.toolbox.service.paper import with_opening
from portal.toolbox.service.rows import LOOK_AGAIN
from portal.toolbox.shapes import CopyPreview
from portal.toolbox.tool import Tool
from portal.vault.models import Part
from portal.vault.viewer import Viewer


def keep_item(viewer: Viewer, tool: Tool, item_id: UUID, dyad_id: UUID) -> None:
    """Put one item on the list for a pair's next meeting; the partner sees its line, no more."""
    line = tool.line(viewer, item_id)
    keep(viewer, dyad_id, line=line, source=tool.source, source_id=item_id)


def dyad_to_meet(viewer: Viewer, dyad_id: UUID, *opening: Part) -> DyadCard:
    """One of the viewer's own pairs, for whose next meeting a copy can be made; or NotVisible.

    Afterwards the parts named in ``opening`` open with the viewer's box.
    """
    dyad = dyad_for(viewer, dyad_id, opening=(*opening, Part.WHAT_MATTERS))
    if not dyad.is_owner or not dyad.may_write:
        raise NotVisible
    return dyad


def preview_copy(viewer: Viewer, dyad: DyadCard, sheet: Sheet) -> CopyPreview:
    """Exactly the copy that would go to a pair's next meeting, with what matters first."""
    whole = with_opening(viewer, sheet)
    mark = hashlib.sha256(msgspec.json.encode(whole)).hexdigest()
    return CopyPreview(dyad, whole, mark)


def take_copy(
    viewer: Viewer, copy: CopyPreview, *, source: KeptFrom, seen: str, line: str = ""
) -> None:
    """Take the copy that was seen to a pair's next meeting; the same press twice takes one.

    Both see it, and it does not change any more. ``seen`` is the mark of the preview; ``line``
    stands on the meeting's list (else the copy's title). Raises Conflict when the copy would be
    another one now.
    """
    if copy.seen != seen:
        raise Conflict(LOOK_AGAIN)
    same = uuid5(copy.dyad.id, seen)
    line = line or copy.sheet.title
    keep(viewer, copy.dyad.id, line=line, source=source, source_id=same, sheet=copy.sheet)

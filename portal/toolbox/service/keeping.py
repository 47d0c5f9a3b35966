"""Keeping something of a part for a meeting: a line on the list, perhaps with a dated copy."""

import hashlib
from uuid import UUID, uuid5

import msgspec

from portal.core.errors import Conflict
from portal.core.sheet import Sheet
from portal.meetings.service import keep
from portal.meetings.shapes import KeptFrom
from portal.toolbox.service.rows import LOOK_AGAIN
from portal.toolbox.tool import Tool
from portal.vault.viewer import Viewer


def keep_item(viewer: Viewer, tool: Tool, item_id: UUID, dyad_id: UUID) -> None:
    """Put one item on the list for a pair's next meeting; the partner sees its line, no more."""
    line = tool.line(viewer, item_id)
    keep(viewer, dyad_id, line=line, source=tool.source, source_id=item_id)


def keep_for_meeting(
    viewer: Viewer, dyad_id: UUID, *, line: str, source: KeptFrom, sheet: Sheet
) -> UUID:
    """Take a dated copy to a pair's next meeting; both see it, and it does not change any more."""
    return keep(viewer, dyad_id, line=line, source=source, sheet=sheet)


def keep_copy(viewer: Viewer, dyad_id: UUID, *, source: KeptFrom, sheet: Sheet, seen: str) -> None:
    """Take the copy that was seen to a pair's next meeting; the same press twice takes one.

    ``seen`` is the mark of the preview. Raises Conflict when the copy would be another one now.
    """
    if mark_of_copy(sheet) != seen:
        raise Conflict(LOOK_AGAIN)
    same = uuid5(dyad_id, seen)
    keep(viewer, dyad_id, line=sheet.title, source=source, source_id=same, sheet=sheet)


def mark_of_copy(sheet: Sheet) -> str:
    """A mark of a copy as it is now: it changes with every word in it."""
    return hashlib.sha256(msgspec.json.encode(sheet)).hexdigest()

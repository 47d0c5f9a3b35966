"""Keeping something of a part for a meeting: a line on the list, perhaps with a dated copy."""

from uuid import UUID

from portal.core.sheet import Sheet
from portal.meetings.service import keep
from portal.meetings.shapes import KeptFrom
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

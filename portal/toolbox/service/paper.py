"""A part on paper, with what matters to its owner first."""

from collections.abc import Callable
from uuid import UUID

from msgspec.structs import replace

from portal.core.languages import _
from portal.core.sheet import Sheet
from portal.toolbox.tool import Tool
from portal.vault.models import Part
from portal.vault.viewer import Viewer

openers: list[Callable[[Viewer], str]] = []
"""What stands first on every sheet; the room of what matters puts its verb here."""


def sheet_of(viewer: Viewer, tool: Tool, item_id: UUID | None) -> Sheet:
    """The viewer's own part, or one item of it, for paper. Or NotVisible."""
    parts = (tool.part, Part.WHAT_MATTERS, Part.LIFE_DOMAINS)  # goals name a part of life
    viewer.box.prefetch(*((viewer.person_id, part) for part in parts))
    sheet = tool.sheet(viewer, item_id)
    if not sheet.sections:
        nothing = str(_("Nothing is written here yet."))
        sheet = replace(sheet, lead="\n".join(filter(None, (sheet.lead, nothing))))
    if tool.part is Part.WHAT_MATTERS:
        return sheet  # it says what matters already
    return with_opening(viewer, sheet)


def with_opening(viewer: Viewer, sheet: Sheet) -> Sheet:
    """A sheet that its owner brings, with what matters to them first."""
    opening = "\n".join(filter(None, (opener(viewer) for opener in openers)))
    return replace(sheet, opening=opening)

"""The tools that there are; the factory fills this in, slice by slice, in the toolbox's order."""

from portal.core.errors import NotVisible
from portal.toolbox.tool import Tool

TOOLS: list[Tool] = []


def tool_named(slug: str) -> Tool:
    """The tool of this name in a path, or NotVisible."""
    for tool in TOOLS:
        if tool.slug == slug:
            return tool
    raise NotVisible


def shareable_tool(slug: str) -> Tool:
    """The same, for the pages on which a part is shared and seen by others."""
    tool = tool_named(slug)
    if not tool.is_shareable:
        raise NotVisible
    return tool

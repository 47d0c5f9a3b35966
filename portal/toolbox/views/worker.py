"""A shared part as the worker of a pair sees it."""

from uuid import UUID

from flask import request
from flask.typing import ResponseReturnValue

from portal.accounts.gates import viewer, worker
from portal.core.pages import render
from portal.toolbox import service
from portal.toolbox.service import shareable_tool
from portal.toolbox.views.blueprint import seen_parts


@seen_parts.get("/<tool>", allow=worker)
def part(dyad_id: UUID, tool: str) -> ResponseReturnValue:
    """What an owner shares of one part."""
    before = request.args.get("before")
    found = service.shared_tool(viewer(), shareable_tool(tool), dyad_id, before)
    return render("toolbox/seen.html", found=found, before=before)

"""Keeping an item of any part for a meeting, in one press."""

from uuid import UUID

from flask import flash, redirect, request
from flask.typing import ResponseReturnValue

from portal.accounts.gates import owner, viewer
from portal.core.languages import _
from portal.core.web import safe_next
from portal.toolbox import service
from portal.toolbox.service import shareable_tool
from portal.toolbox.views.blueprint import tools


@tools.post("/<uuid:item_id>/keeping/<uuid:dyad_id>", allow=owner)
def keep(tool: str, item_id: UUID, dyad_id: UUID) -> ResponseReturnValue:
    """Put one item on the list for the next meeting with a worker; they see its line."""
    found = shareable_tool(tool)
    service.keep_item(viewer(), found, item_id, dyad_id)
    flash(_("It is on the list for the meeting."))
    return redirect(safe_next(request.form.get("next"), found.path), 303)

"""The blueprints of the common pages: an owner's tools, sharing them, and a worker's view."""

from uuid import UUID

from flask import request

from portal.core.errors import BadRequest
from portal.core.guard import GuardedBlueprint

HERE = "portal.toolbox.views"

tools = GuardedBlueprint("tools", HERE, url_prefix="/toolbox/<tool>")
part_sharing = GuardedBlueprint(
    "part_sharing", HERE, url_prefix="/sharing/<tool>/with/<uuid:dyad_id>"
)
seen_parts = GuardedBlueprint("seen_parts", HERE, url_prefix="/people/<uuid:dyad_id>/parts")


def picked_ids(name: str) -> list[UUID]:
    """The ids that were ticked on a page; anything else is a bad request."""
    try:
        return [UUID(each) for each in request.form.getlist(name)]
    except ValueError as problem:
        raise BadRequest from problem

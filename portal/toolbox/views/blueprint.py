"""The blueprints of the common pages: an owner's tools, sharing them, and a worker's view."""

from portal.core.guard import GuardedBlueprint

HERE = "portal.toolbox.views"

tools = GuardedBlueprint("tools", HERE, url_prefix="/toolbox/<tool>")
part_sharing = GuardedBlueprint(
    "part_sharing", HERE, url_prefix="/sharing/<tool>/with/<uuid:dyad_id>"
)
seen_parts = GuardedBlueprint("seen_parts", HERE, url_prefix="/people/<uuid:dyad_id>/parts")

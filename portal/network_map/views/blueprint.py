"""The blueprint of the map's pages, and the words that their templates may ask for.

In a template: ``node.body.sector|map_word``, ``node.body|map_place``, ``node.body|map_line``,
``node.body|map_short_line`` and ``node.body|map_facts``.
"""

from uuid import UUID

from flask import redirect, url_for
from flask.typing import ResponseReturnValue

from portal.core.guard import GuardedBlueprint
from portal.network_map import words

network_map = GuardedBlueprint("network_map", "portal.network_map.views", url_prefix="/network-map")


for _name, _filter in (
    ("map_word", words.said),
    ("map_place", words.place_of),
    ("map_line", words.whole_line),
    ("map_short_line", words.short_line),
    ("map_facts", words.facts_of),
):
    network_map.add_app_template_filter(_filter, _name)


def to_node(node_id: UUID) -> ResponseReturnValue:
    """Go to the page of a node."""
    return redirect(url_for("network_map.node", node_id=node_id), 303)

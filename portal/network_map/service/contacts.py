"""Who of the map may be called in a crisis; the crisis plan takes its contacts from here."""

from portal.network_map.service.rows import nodes_of
from portal.network_map.shapes import Contact
from portal.vault.viewer import Viewer


def crisis_contacts(viewer: Viewer) -> list[Contact]:
    """The viewer's own people who may be called, closest first; one query. Phones may be empty."""
    nodes = [
        node
        for node in nodes_of(viewer, viewer.person_id)
        if node.body.may_be_called and not node.body.is_away
    ]
    nodes.sort(key=lambda node: node.body.circle.value)
    return [Contact(node.id, node.body.name, node.body.phone, node.body.note) for node in nodes]

"""Where words lie on the network map, for somebody who looks for them."""

from uuid import UUID

from portal.access.finding import Findable
from portal.core.languages import _
from portal.network_map.models import FormerRow, NodeRow, SnapshotRow
from portal.network_map.shapes import FormerBody, NodeBody, SnapshotBody


def _path(node_id: UUID, dyad_id: UUID | None) -> str:
    return f"/people/{dyad_id}/parts/network-map" if dyad_id else f"/network-map/{node_id}"


def _snapshot_path(snapshot_id: UUID, _dyad_id: UUID | None) -> str:
    return f"/network-map/snapshots/{snapshot_id}"


FINDABLE = (
    Findable(_("On the network map"), NodeRow, NodeBody, NodeRow.id, _path),
    Findable(_("As it was on the network map"), FormerRow, FormerBody, FormerRow.node_id, _path),
    Findable(_("The network map, kept"), SnapshotRow, SnapshotBody, SnapshotRow.id, _snapshot_path),
)

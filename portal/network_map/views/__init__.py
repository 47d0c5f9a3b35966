"""The pages of the network map."""

from portal.network_map.views import meeting, nodes, snapshots
from portal.network_map.views.blueprint import network_map

__all__ = ["meeting", "network_map", "nodes", "snapshots"]

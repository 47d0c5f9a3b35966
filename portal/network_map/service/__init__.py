"""What an owner does with the network map. Everything starts as the owner's alone."""

from portal.network_map.service.contacts import crisis_contacts as crisis_contacts
from portal.network_map.service.nodes import add_node as add_node
from portal.network_map.service.nodes import change_node as change_node
from portal.network_map.service.nodes import delete_node as delete_node
from portal.network_map.service.nodes import move_audience as move_audience
from portal.network_map.service.nodes import move_node as move_node
from portal.network_map.service.nodes import node_words as node_words
from portal.network_map.service.nodes import put_away as put_away
from portal.network_map.service.reading import here_of as here_of
from portal.network_map.service.reading import in_order as in_order
from portal.network_map.service.reading import list_page as list_page
from portal.network_map.service.reading import map_page as map_page
from portal.network_map.service.reading import node_page as node_page
from portal.network_map.service.reading import shown_to as shown_to
from portal.network_map.service.sheets import meeting_copy as meeting_copy
from portal.network_map.service.sheets import sheet_for as sheet_for
from portal.network_map.service.sheets import take_to_meeting as take_to_meeting
from portal.network_map.service.snapshots import delete_snapshot as delete_snapshot
from portal.network_map.service.snapshots import keep_snapshot as keep_snapshot
from portal.network_map.service.snapshots import put_snapshot_away as put_snapshot_away
from portal.network_map.service.snapshots import snapshot_page as snapshot_page
from portal.network_map.service.snapshots import snapshots_of as snapshots_of

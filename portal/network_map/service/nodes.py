"""Adding, changing, moving, putting away and deleting what stands on the map."""

from uuid import UUID

from msgspec.structs import replace
from sqlalchemy import func, select

from portal.core.db import db
from portal.core.errors import FieldError
from portal.core.languages import _
from portal.network_map.models import NodeRow
from portal.network_map.service.rows import MOST, keep_former, own_node
from portal.network_map.shapes import Circle, NodeBody, Sector
from portal.toolbox import service as toolbox
from portal.vault.models import Audience
from portal.vault.viewer import Viewer


def add_node(viewer: Viewer, body: NodeBody, *, once: str | None) -> UUID:
    """Put somebody or something on the map. The same press twice adds one."""
    there = select(func.count()).where(NodeRow.owner_id == viewer.person_id)
    if (db.session.scalar(there) or 0) >= MOST:
        raise FieldError("name", _("The map is full. Delete something to make room."))
    row = NodeRow(id=toolbox.id_of_press(viewer, once), owner_id=viewer.person_id)
    toolbox.add_once(viewer, row, body, Audience.ONLY_ME)
    return row.id


def node_words(viewer: Viewer, node_id: UUID) -> NodeBody:
    """What the viewer said of a node; or NotVisible."""
    return own_node(viewer, node_id)[1]


def change_node(viewer: Viewer, node_id: UUID, body: NodeBody) -> None:
    """Say a node anew; its audience stays, and how it was before stays the owner's."""
    row, was, audience = own_node(viewer, node_id)
    body = replace(body, is_away=was.is_away)
    if body == was:
        return
    keep_former(viewer, node_id, was)
    toolbox.keep_row(viewer, row, body, audience)


def move_node(viewer: Viewer, node_id: UUID, sector: Sector, circle: Circle) -> None:
    """Move a node to another sector and circle."""
    was = node_words(viewer, node_id)
    change_node(viewer, node_id, replace(was, sector=sector, circle=circle))


def put_away(viewer: Viewer, node_id: UUID, *, is_away: bool) -> None:
    """Put a node away, or bring it back; either way it is the viewer's alone."""
    row, body, _audience = own_node(viewer, node_id)
    if body.is_away != is_away:
        toolbox.keep_row(viewer, row, replace(body, is_away=is_away), Audience.ONLY_ME)


def delete_node(viewer: Viewer, node_id: UUID) -> None:
    """Delete a node that was put away for good, with how it was before.

    Dated snapshots keep what they hold.
    """
    row, body, _audience = own_node(viewer, node_id)
    toolbox.refuse_unless_away(is_away=body.is_away)
    db.session.delete(row)
    toolbox.flush()


def move_audience(viewer: Viewer, node_id: UUID, audience: Audience) -> None:
    """Let a node go along when the map is shared, or keep it back."""
    row, _body, _audience = own_node(viewer, node_id)
    toolbox.move_rows(viewer, [row], audience)

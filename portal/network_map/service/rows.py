"""The rows of the map: one node, all of them, how one was before."""

from collections.abc import Collection
from datetime import timedelta
from uuid import UUID

from sqlalchemy import Select, select

from portal.core.db import db
from portal.core.errors import NotVisible
from portal.core.row_ids import new_id
from portal.core.web import Page, read_place
from portal.network_map.models import FormerRow, NodeRow
from portal.network_map.shapes import FormerBody, Node, NodeBody
from portal.toolbox import service as toolbox
from portal.vault.models import Audience, Part
from portal.vault.viewer import Viewer

MOST = 500
ONE_SITTING = timedelta(hours=1)
"""Changes within so long of each other count as one change in the history."""


def nodes_of(viewer: Viewer, owner_id: UUID, *, only: Collection[UUID] | None = None) -> list[Node]:
    """An owner's nodes that the viewer may see, in the order they came; one query.

    Those put away are among them. ``only``: of these ids.
    """
    viewer.box.prefetch((owner_id, Part.NETWORK_MAP))
    rows = toolbox.rows_of(viewer, NodeRow, owner_id, most=MOST)
    wanted = (found for found in rows if only is None or found[0].id in only)
    return list(viewer.box.each(wanted, lambda found: node_of(viewer, *found)))


def own_node(viewer: Viewer, node_id: UUID) -> tuple[NodeRow, NodeBody, Audience]:
    """One of the viewer's own nodes, opened; or NotVisible."""
    return toolbox.own_row(viewer, NodeRow, node_id, NodeBody)


def node_of(viewer: Viewer, row: NodeRow, audience: Audience) -> Node:
    """A node as a page shows it."""
    body = viewer.box.open(row, NodeBody)
    return Node(row.id, body, row.changed_at, toolbox.is_shared(audience))


def formers_of(viewer: Viewer, node_id: UUID, before: str | None) -> Page[FormerBody]:
    """A page of how one of the viewer's own nodes was before, newest first."""
    rows = db.session.scalars(
        _formers(viewer, node_id)
        .where(*toolbox.older_than(FormerRow, read_place(before)))
        .order_by(FormerRow.made_at.desc(), FormerRow.id.desc())
        .limit(toolbox.FORMERS + 1)
    )
    page = toolbox.page_of(rows.all())
    shown = viewer.box.each(page.items, lambda row: viewer.box.open(row, FormerBody))
    return Page(list(shown), older=page.older)


def former_at(viewer: Viewer, node_id: UUID, before: str) -> NodeBody | None:
    """How a node was where an earlier page of its formers ended; None when that does not open.

    Raises NotVisible when no page ended there.
    """
    _made_at, row_id = read_place(before) or (None, None)
    row = db.session.scalar(_formers(viewer, node_id).where(FormerRow.id == row_id))
    if row is None:
        raise NotVisible
    return next(viewer.box.each([row], lambda each: viewer.box.open(each, FormerBody).was), None)


def _formers(viewer: Viewer, node_id: UUID) -> Select[FormerRow]:
    return select(FormerRow).where(
        FormerRow.owner_id == viewer.person_id, FormerRow.node_id == node_id
    )


def keep_former(viewer: Viewer, node_id: UUID, was: NodeBody) -> None:
    """Keep how a node was until now; always the owner's alone, whatever they share."""
    newest = db.session.scalar(
        _formers(viewer, node_id)
        .with_only_columns(FormerRow.made_at)
        .order_by(FormerRow.made_at.desc())
        .limit(1)
    )
    if newest is not None and viewer.now - newest < ONE_SITTING:
        return
    row = FormerRow(id=new_id(), owner_id=viewer.person_id, node_id=node_id)
    toolbox.keep_row(viewer, row, FormerBody(was, viewer.now), Audience.ONLY_ME)

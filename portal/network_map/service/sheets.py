"""The map on paper: the drawing, then the same in words; and a dated copy for a meeting."""

from collections.abc import Collection, Sequence
from uuid import UUID

from msgspec.structs import replace

from portal.core.clock import local_day
from portal.core.errors import FieldError, NotVisible
from portal.core.languages import _
from portal.core.sheet import Facts, Grid, Picture, Section, Sheet
from portal.meetings.shapes import KeptFrom
from portal.network_map.service.reading import (
    here_of,
    in_order,
    own_drawing,
    the_closest,
)
from portal.network_map.shapes import MeetingCopy, Node
from portal.network_map.words import facts_of, said, whole_line
from portal.toolbox import service as toolbox
from portal.vault.models import Part
from portal.vault.viewer import Viewer

WIDE = 800.0
"""A drawing wider than this is set as large as the paper takes."""


def map_sheet(viewer: Viewer, nodes: Sequence[Node]) -> Sheet:
    """The viewer's map of these nodes, for paper."""
    found = own_drawing(the_closest(nodes))
    sections = []
    if found is not None:
        picture = Picture(found.drawing, is_large=found.drawing.width > WIDE)
        sections = [
            Section(str(_("The map")), (picture,), note=_how_to_read()),
            Section(str(_("In words")), (_grid(in_order(nodes)),)),
        ]
    return Sheet(
        title=str(_("My network")),
        name=viewer.name,
        on=local_day(viewer.now, viewer.zone),
        sections=tuple(sections),
    )


def node_sheet(viewer: Viewer, node: Node) -> Sheet:
    """One node, for paper."""
    facts = Facts(facts_of(node.body))
    return Sheet(
        title=str(_("My network")),
        name=viewer.name,
        on=local_day(viewer.now, viewer.zone),
        sections=(Section(node.body.name, (facts,)),),
    )


def sheet_for(viewer: Viewer, node_id: UUID | None) -> Sheet:
    """The viewer's whole map, or one node of it; or NotVisible."""
    nodes = here_of(viewer)
    if node_id is None:
        return map_sheet(viewer, nodes)
    for node in nodes:
        if node.id == node_id:
            return node_sheet(viewer, node)
    raise NotVisible


def meeting_copy(viewer: Viewer, dyad_id: UUID, chosen: Collection[UUID] | None) -> MeetingCopy:
    """The copy that would go to a pair's next meeting with the chosen nodes; None: with all.

    It holds neither telephone numbers nor what is only to be remembered.
    """
    dyad = toolbox.dyad_to_meet(viewer, dyad_id, Part.NETWORK_MAP)
    nodes = in_order(here_of(viewer))
    ids = frozenset(node.id for node in nodes if chosen is None or node.id in chosen)
    going = [node for node in nodes if node.id in ids]
    bare = [Node(node.id, replace(node.body, phone="", note=""), node.changed_at) for node in going]
    return MeetingCopy(toolbox.preview_copy(viewer, dyad, map_sheet(viewer, bare)), nodes, ids)


def take_to_meeting(
    viewer: Viewer, dyad_id: UUID, line: str, chosen: Collection[UUID], *, seen: str
) -> None:
    """Put the copy that was seen on the list for a pair's next meeting; both can open it.

    Raises Conflict when the map changed since.
    """
    found = meeting_copy(viewer, dyad_id, chosen)
    if not found.chosen:
        raise FieldError("line", _("Please choose at least one to go along."))
    toolbox.take_copy(viewer, found.copy, source=KeptFrom.NETWORK_MAP, seen=seen, line=line)


def _grid(nodes: Sequence[Node]) -> Grid:
    heads = (_("Name"), _("Part of life"), _("Circle"), _("In my words"))
    rows = tuple(
        (node.body.name, said(node.body.sector), said(node.body.circle), _about(node))
        for node in nodes
    )
    return Grid(str(_("Everything on the map")), tuple(str(head) for head in heads), rows)


def _about(node: Node) -> str:
    return "\n".join(filter(None, (whole_line(node.body), node.body.note)))


def _how_to_read() -> str:
    return str(
        _(
            "Whole line: good. Long dashes: mixed. Dots: strained. A gap: broken. "
            "Ring: a person. Square: a place. Diamond: an activity. Hexagon: an animal. "
            "Thick edge: may be called in a crisis. Tip up: lifts me. Tip down: drains me."
        )
    )

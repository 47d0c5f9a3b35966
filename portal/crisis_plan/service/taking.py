"""What the plan takes from elsewhere, and what the toolbox takes of it."""

from uuid import UUID

from portal.core.errors import NotVisible
from portal.core.languages import _
from portal.crisis_plan.rules.order import says_nothing
from portal.crisis_plan.service import reading
from portal.crisis_plan.shapes import Entry, Kind, PlanBody
from portal.crisis_plan.words import SECTIONS
from portal.network_map.service import crisis_contacts
from portal.toolbox.shapes import ItemCard
from portal.vault.viewer import Viewer


def contacts_for(viewer: Viewer, body: PlanBody) -> list[tuple[str, Entry]]:
    """People whom the viewer's network map says may be called and whom the section lacks.

    Each with the id of its place on the map. Only for the people one calls first.
    """
    if body.kind is not Kind.PEOPLE:
        return []
    known = {entry.name.casefold() for entry in body.entries}
    return [
        (contact.id.hex, Entry(contact.name, contact.phone, contact.note))
        for contact in crisis_contacts(viewer)
        if contact.name.casefold() not in known
    ]


def items_of(viewer: Viewer) -> list[ItemCard]:
    """The viewer's own sections that could be shared, in order, and how the plan was made."""
    pieces = reading.pieces_of(viewer, viewer.person_id)
    items = [
        ItemCard(each.id, each.heading, each.is_shared, each.changed_at)
        for each in reading.sections_in(pieces)
        if not each.body.is_away and not says_nothing(each.body)
    ]
    made = reading.made_in(pieces)
    if made is not None and items:
        heading = str(SECTIONS[Kind.MADE].heading)
        items.append(ItemCard(made.id, heading, made.is_shared, made.changed_at))
    return items


def line_of(viewer: Viewer, item_id: UUID) -> str:
    """What the meeting's list says of a piece of the plan: its heading, nothing more."""
    for item in items_of(viewer):
        if item.id == item_id:
            return str(_("My plan: %(heading)s")) % {"heading": item.title}
    raise NotVisible

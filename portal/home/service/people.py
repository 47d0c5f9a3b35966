"""The people a worker uses the portal with, and one of them."""

from uuid import UUID

from portal.access.service import shared_with
from portal.core.errors import NotVisible
from portal.dyads.service import dyad_for, dyads_of, goodbyes_of, room_of
from portal.home.service.pairs import pairs_of
from portal.home.shapes import PeoplePage, PersonPage
from portal.vault.viewer import Viewer


def people_page(viewer: Viewer) -> PeoplePage:
    """Everybody that the worker uses the portal with, by name."""
    found = [each.pair for each in pairs_of(viewer, dyads_of(viewer))]
    return PeoplePage(
        pairs=sorted(found, key=lambda pair: pair.dyad.partner_name.casefold()),
        goodbyes=goodbyes_of(viewer),
        room=room_of(viewer.person_id),
    )


def person_page(viewer: Viewer, dyad_id: UUID) -> PersonPage:
    """One person: what waits, the next meeting, what the two agreed, what is shared."""
    dyad = dyad_for(viewer, dyad_id)
    found = next(iter(pairs_of(viewer, [dyad])), None)
    if found is None:
        raise NotVisible
    return PersonPage(
        pair=found.pair,
        essentials=found.essentials(viewer),
        shared=tuple(card.part.value for card in shared_with(viewer, dyad.owner_id)),
    )

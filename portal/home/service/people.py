"""The people a worker uses the portal with, and one of them."""

from uuid import UUID

from portal.access.service import shared_with
from portal.dyads.invitations.service import letters_now
from portal.dyads.service import dyad_for, dyads_of, goodbyes_and_room
from portal.home.service.pairs import pair_of, pairs_of
from portal.home.shapes import PeoplePage, PersonPage
from portal.vault.viewer import Viewer


def people_page(viewer: Viewer) -> PeoplePage:
    """Everybody that the worker uses the portal with, by name."""
    found = pairs_of(viewer, dyads_of(viewer))
    goodbyes, room = goodbyes_and_room(viewer)
    return PeoplePage(
        pairs=sorted(found, key=lambda pair: pair.dyad.partner_name.casefold()),
        letters=letters_now(viewer),
        goodbyes=goodbyes,
        room=room,
    )


def person_page(viewer: Viewer, dyad_id: UUID) -> PersonPage:
    """One person: what waits, the next meeting, what the two agreed, what is shared."""
    dyad = dyad_for(viewer, dyad_id)
    found = pair_of(viewer, dyad)
    return PersonPage(
        pair=found.pair,
        essentials=found.essentials(viewer),
        shared=tuple(card.part.value for card in shared_with(viewer, dyad.owner_id)),
    )

"""What the people around a goal are called, and whom its owner lets see the shared ones."""

from dataclasses import dataclass
from uuid import UUID

from portal.access.service import grants_of
from portal.dyads.service import dyads_of
from portal.dyads.shapes import DyadCard
from portal.vault.models import Part
from portal.vault.viewer import Viewer


@dataclass(frozen=True, slots=True)
class People:
    """The viewer's pairs, ended ones too, and the ids of those who see the shared goals."""

    me: Viewer
    dyads: list[DyadCard]
    ids_that_see_goals: frozenset[UUID]

    def name_of(self, person_id: UUID) -> str:
        """What somebody calls themselves; empty when the viewer does not know them any more."""
        if person_id == self.me.person_id:
            return self.me.name
        return next((d.partner_name for d in self.dyads if d.partner_id == person_id), "")

    @property
    def who_sees_goals(self) -> tuple[str, ...]:
        """The names of those whom the viewer lets see the shared goals."""
        seeing = (d for d in self.dyads if d.is_live and d.partner_id in self.ids_that_see_goals)
        return tuple(dyad.partner_name for dyad in seeing)


def names_of_people(viewer: Viewer) -> People:
    """The people around the viewer's goals (three queries).

    Afterwards the goals open with the viewer's box, and a draft on a form of theirs.
    """
    seeing = (card.grantee_id for card in grants_of(viewer) if card.part is Part.GOALS)
    dyads = dyads_of(viewer, opening=(Part.GOALS, Part.DRAFTS))
    if not dyads:
        viewer.box.prefetch((viewer.person_id, Part.GOALS), (viewer.person_id, Part.DRAFTS))
    return People(viewer, dyads, frozenset(seeing))

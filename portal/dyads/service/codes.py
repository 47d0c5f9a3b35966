"""The short code that the two compare face to face: it shows that nobody stands between them."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import update

from portal.core.db import db
from portal.core.errors import Conflict, NotVisible
from portal.dyads.models import Dyad
from portal.dyads.service.names import remember_partner
from portal.dyads.service.pairs import ENDED, UNKNOWN_KEYS, dyad_for
from portal.dyads.shapes import DyadCard
from portal.vault import identity
from portal.vault.viewer import Viewer


@dataclass(frozen=True, slots=True)
class Code:
    """The code and how far the comparing has come."""

    dyad: DyadCard
    code: str

    @property
    def groups(self) -> list[str]:
        """The code in groups, to be read aloud."""
        return self.code.split(" ")


def short_code(viewer: Viewer, dyad_id: UUID) -> str:
    """Eight digits in two groups, the same on both sides."""
    return code_for(viewer, dyad_id).code


def code_for(viewer: Viewer, dyad_id: UUID) -> Code:
    """The pair with its code; Conflict when the partner's keys are not the pinned ones.

    NotVisible once the pair has ended: nobody is there to compare it with.
    """
    card = dyad_for(viewer, dyad_id)
    if not card.is_live:
        raise NotVisible
    if not card.is_trusted:
        raise Conflict(UNKNOWN_KEYS)
    both = identity.public_keys([card.owner_id, card.worker_id])
    return Code(card, identity.short_code(both[card.owner_id], both[card.worker_id]))


def confirm_code(viewer: Viewer, dyad_id: UUID) -> None:
    """The viewer says that the code was the same on both sides. Saying it twice changes nothing."""
    card = dyad_for(viewer, dyad_id)
    if not card.is_live:
        raise Conflict(ENDED)
    if not card.is_trusted:
        raise Conflict(UNKNOWN_KEYS)
    column = Dyad.owner_confirmed_code_at if card.is_owner else Dyad.worker_confirmed_code_at
    db.session.execute(
        update(Dyad).where(Dyad.id == dyad_id, column.is_(None)).values({column: viewer.now})
    )
    remember_partner(viewer, card)

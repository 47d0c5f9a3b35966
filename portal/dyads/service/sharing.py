"""Sharing a part with the worker of one pair, and who sees what on one page (Friction 48).

A key is handed over only to the public keys that were pinned. Ending needs no reason.
"""

from dataclasses import dataclass
from datetime import datetime
from functools import partial
from uuid import UUID

from portal.access import service as access
from portal.core.errors import Conflict, NotAllowed
from portal.dyads.service.pairs import (
    ENDED,
    UNKNOWN_KEYS,
    dyad_for,
    dyads_of,
    hold,
    trusted_identity,
)
from portal.dyads.shapes import DyadCard
from portal.vault.models import Part
from portal.vault.viewer import Viewer


@dataclass(frozen=True, slots=True)
class SharedPart:
    """One part towards one person: shared since when, or kept to oneself."""

    part: Part
    since: datetime | None

    @property
    def is_shared(self) -> bool:
        """Whether the other person sees it."""
        return self.since is not None


@dataclass(frozen=True, slots=True)
class SharingRow:
    """One pair and what the owner lets its worker see."""

    dyad: DyadCard
    parts: list[SharedPart]


def share_part(viewer: Viewer, dyad_id: UUID, part: Part) -> None:
    """Let the worker of a pair see a part of the viewer's. Sharing twice changes nothing.

    Conflict when the pair has ended, or when the worker's public keys are not the pinned ones.
    """
    card = _own_pair(viewer, dyad_id)
    if not card.is_live:
        raise Conflict(ENDED)
    if not card.is_trusted:
        raise Conflict(UNKNOWN_KEYS)
    hold(dyad_id)
    pin_check = partial(trusted_identity, viewer, card)
    access.grant(viewer, card.worker_id, part, pin_check=pin_check)


def unshare_part(viewer: Viewer, dyad_id: UUID, part: Part) -> int:
    """End a worker's sight of a part, at once; what is written from now on has a new key.

    Gives how many rows of the part did not open.
    """
    leaving = losing_sight(viewer, _own_pair(viewer, dyad_id))
    return max(access.revoke(viewer, person_id, part) for person_id in leaving)


def losing_sight(viewer: Viewer, card: DyadCard) -> set[UUID]:
    """Whose sight an owner's pair stands for: its worker's.

    When the pair's own rows do not hold good, who the worker is may have been changed too. Then it
    is everybody's who sees something and is not the worker of another good pair of the owner's.
    """
    if card.is_trusted:
        return {card.worker_id}
    good = {each.worker_id for each in dyads_of(viewer) if each.may_write}
    return {card.worker_id} | {who for who, _ in access.sights_of(viewer.person_id)} - good


def who_sees_what(viewer: Viewer, parts: tuple[Part, ...]) -> list[SharingRow]:
    """Each live pair of the viewer's with what it shares of some parts, oldest pair first."""
    given = {(card.grantee_id, card.part): card.made_at for card in access.grants_of(viewer)}
    return [
        SharingRow(card, [SharedPart(part, given.get((card.worker_id, part))) for part in parts])
        for card in dyads_of(viewer)
        if card.is_live and card.is_owner
    ]


def _own_pair(viewer: Viewer, dyad_id: UUID) -> DyadCard:
    card = dyad_for(viewer, dyad_id)
    if not card.is_owner:
        raise NotAllowed
    return card

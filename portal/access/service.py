"""Sharing and its end. The keys move with the decision, in the same transaction."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, select

from portal.access.models import Grant
from portal.access.visibility import may_see, visible
from portal.core.db import db
from portal.core.errors import NotAllowed
from portal.vault import keyring
from portal.vault.identity import checked_identity
from portal.vault.models import Audience, Identity, Part
from portal.vault.rotation import drop_held_keys, mark_stale, rotate_shared, stale_parts
from portal.vault.viewer import Viewer

PinCheck = Callable[[Identity], None]


@dataclass(frozen=True)
class GrantCard:
    """One part that one person may see, and since when."""

    owner_id: UUID
    grantee_id: UUID
    part: Part
    made_at: datetime


def grant(viewer: Viewer, grantee_id: UUID, part: Part, *, pin_check: PinCheck) -> None:
    """Let one person see the viewer's part: a signed key for them, and the decision itself.

    ``pin_check`` gets the grantee's identity and refuses it when it is not the one that was
    pinned. Granting twice changes nothing.
    """
    if not viewer.is_owner or grantee_id == viewer.person_id:
        raise NotAllowed
    if _grant_row(viewer.person_id, grantee_id, part) is not None:
        return
    identity = checked_identity(grantee_id)
    pin_check(identity)
    key = viewer.box.own_key(part, Audience.SHARED, now=viewer.now)
    keyring.hand_over(viewer.box.bundle_for_rewrap(), key, identity)
    db.session.add(
        Grant(owner_id=viewer.person_id, grantee_id=grantee_id, part=part, made_at=viewer.now)
    )
    db.session.flush()


def revoke(viewer: Viewer, grantee_id: UUID, part: Part) -> None:
    """End one person's sight of the viewer's part, at once; what comes after has a new key."""
    row = _grant_row(viewer.person_id, grantee_id, part)
    if row is None:
        return
    db.session.delete(row)
    db.session.flush()
    drop_held_keys(grantee_id, viewer.person_id, part)
    rotate_shared(viewer.box, part, grantees=_grantees(viewer.person_id, part), now=viewer.now)


def revoke_all(viewer: Viewer, grantee_id: UUID) -> None:
    """End one person's sight of everything of the viewer's."""
    for card in grants_of(viewer):
        if card.grantee_id == grantee_id:
            revoke(viewer, grantee_id, card.part)


def give_up(viewer: Viewer, owner_id: UUID) -> None:
    """The viewer gives up everything an owner shared with them (a worker leaves).

    Access ends at once; the owner's keys get a new epoch when the owner next signs in.
    """
    for card in shared_with(viewer, owner_id):
        drop_held_keys(viewer.person_id, owner_id, card.part)
        mark_stale(owner_id, card.part)
    db.session.execute(
        delete(Grant).where(Grant.owner_id == owner_id, Grant.grantee_id == viewer.person_id)
    )


def rotate_stale(viewer: Viewer) -> None:
    """Give the viewer's parts a new key where somebody else ended the sharing. At sign-in."""
    for part in stale_parts(viewer.person_id):
        grantees = _grantees(viewer.person_id, part)
        rotate_shared(viewer.box, part, grantees=grantees, now=viewer.now)


def grants_of(viewer: Viewer) -> list[GrantCard]:
    """Whom the viewer lets see what; oldest first."""
    rows = db.session.scalars(
        select(Grant).where(Grant.owner_id == viewer.person_id).order_by(Grant.made_at, Grant.id)
    )
    return [_card(row) for row in rows]


def shared_with(viewer: Viewer, owner_id: UUID) -> list[GrantCard]:
    """What an owner lets the viewer see; oldest first."""
    rows = db.session.scalars(
        select(Grant)
        .where(Grant.owner_id == owner_id, Grant.grantee_id == viewer.person_id)
        .order_by(Grant.made_at, Grant.id)
    )
    return [_card(row) for row in rows]


def has_grant(owner_id: UUID, grantee_id: UUID, part: Part) -> bool:
    """Whether an owner lets a person see a part."""
    return _grant_row(owner_id, grantee_id, part) is not None


def _grantees(owner_id: UUID, part: Part) -> list[UUID]:
    return list(
        db.session.scalars(
            select(Grant.grantee_id).where(Grant.owner_id == owner_id, Grant.part == part)
        )
    )


def _grant_row(owner_id: UUID, grantee_id: UUID, part: Part) -> Grant | None:
    return db.session.scalar(
        select(Grant).where(
            Grant.owner_id == owner_id, Grant.grantee_id == grantee_id, Grant.part == part
        )
    )


def _card(row: Grant) -> GrantCard:
    return GrantCard(row.owner_id, row.grantee_id, row.part, row.made_at)


__all__ = [
    "GrantCard",
    "give_up",
    "grant",
    "grants_of",
    "has_grant",
    "may_see",
    "revoke",
    "revoke_all",
    "rotate_stale",
    "shared_with",
    "visible",
]

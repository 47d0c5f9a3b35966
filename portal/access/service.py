"""Sharing and its end. The keys move with the decision, in the same transaction."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, select

from portal.access.models import Grant
from portal.access.visibility import lets_see, may_see, visible
from portal.core.db import db
from portal.core.errors import NotAllowed
from portal.vault import keyring
from portal.vault.identity import checked_identity
from portal.vault.models import Audience, DataKey, Identity, Part, WrappedKey
from portal.vault.rotation import drop_held_keys, mark_stale, rotate_shared, take_stale_parts
from portal.vault.viewer import Viewer

log = logging.getLogger(__name__)
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


def revoke(viewer: Viewer, grantee_id: UUID, part: Part) -> int:
    """End one person's sight of the viewer's part, at once; what comes after has a new key.

    Gives how many rows of the part did not open and so could not be sealed anew.
    """
    if (grantee_id, part) not in sights_of(viewer.person_id):
        return 0
    _drop_grant(viewer.person_id, grantee_id, part)
    drop_held_keys(grantee_id, viewer.person_id, part)
    return _rotate(viewer, part)


def revoke_all(viewer: Viewer, grantee_id: UUID) -> int:
    """End one person's sight of everything of the viewer's. Gives how many rows did not open."""
    seen = [part for person_id, part in sights_of(viewer.person_id) if person_id == grantee_id]
    return sum(revoke(viewer, grantee_id, part) for part in seen)


def sights_of(owner_id: UUID) -> set[tuple[UUID, Part]]:
    """Who may see which part of an owner's: by a grant, by a key, or by both (one query)."""
    keys = (
        select(WrappedKey.holder_id, DataKey.part)
        .join(DataKey, DataKey.id == WrappedKey.data_key_id)
        .where(DataKey.scope_id == owner_id, WrappedKey.holder_id != owner_id)
    )
    grants = select(Grant.grantee_id, Grant.part).where(Grant.owner_id == owner_id)
    return {(person_id, part) for person_id, part in db.session.execute(grants.union(keys))}


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
    for part in sorted(take_stale_parts(viewer.person_id), key=lambda part: part.value):
        _rotate(viewer, part)


def keep_handed_keys(viewer: Viewer) -> None:
    """Keep what others handed over by one's own key: it opens ten times faster. At sign-in."""
    keyring.keep_handed(viewer.box.bundle_for_rewrap(), viewer.person_id)


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


def _rotate(viewer: Viewer, part: Part) -> int:
    """A new key for a part; a grant that did not get it by right goes. Gives what did not open."""
    grantees = _grantees(viewer.person_id, part)
    rotated = rotate_shared(viewer.box, part, grantees=grantees, now=viewer.now)
    for grantee_id in set(grantees) - rotated.holders:
        log.error("grant without a key", extra={"grantee": grantee_id, "part": part})
        _drop_grant(viewer.person_id, grantee_id, part)
    return rotated.left


def _drop_grant(owner_id: UUID, grantee_id: UUID, part: Part) -> None:
    db.session.execute(
        delete(Grant).where(
            Grant.owner_id == owner_id, Grant.grantee_id == grantee_id, Grant.part == part
        )
    )


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
    "lets_see",
    "may_see",
    "revoke",
    "revoke_all",
    "rotate_stale",
    "shared_with",
    "sights_of",
    "visible",
]

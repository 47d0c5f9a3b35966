"""A new epoch of a part's shared key: what is written from now on needs the new key.

Everything of the part that was sealed under the old key is sealed again, in the same transaction,
and the old key is gone. Hundreds of rows take milliseconds.
"""

from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, select, update

from portal.core.db import db
from portal.vault import keyring
from portal.vault.box import Box
from portal.vault.identity import public_keys
from portal.vault.models import Audience, DataKey, Part, WrappedKey
from portal.vault.sealed import sealed_tables


def rotate_shared(box: Box, part: Part, *, grantees: list[UUID], now: datetime) -> None:
    """Give the viewer's own part a new shared key, held by the grantees that remain."""
    old = list(
        db.session.scalars(
            select(DataKey).where(
                DataKey.scope_id == box.person_id,
                DataKey.part == part,
                DataKey.audience == Audience.SHARED,
            )
        )
    )
    if not old:
        return
    box.prefetch((box.person_id, part))
    bundle = box.bundle_for_rewrap()
    epoch = max(key.epoch for key in old) + 1
    new = keyring.make_key(
        bundle,
        owner_id=box.person_id,
        part=part,
        audience=Audience.SHARED,
        epoch=epoch,
        now=now,
    )
    for identity in public_keys(grantees).values():
        keyring.hand_over(bundle, new, identity)
    old_ids = [key.id for key in old]
    for table in sealed_tables(part):
        for row in db.session.scalars(select(table).where(table.data_key_id.in_(old_ids))):
            box.move(row, new)
    db.session.flush()
    db.session.execute(delete(WrappedKey).where(WrappedKey.data_key_id.in_(old_ids)))
    db.session.execute(delete(DataKey).where(DataKey.id.in_(old_ids)))
    box.forget(old_ids)
    box.adopt(new)


def drop_held_keys(holder_id: UUID, scope_id: UUID, part: Part) -> None:
    """Take a holder's wrapped keys for a scope away; from the next request on nothing opens."""
    keys = select(DataKey.id).where(DataKey.scope_id == scope_id, DataKey.part == part)
    db.session.execute(
        delete(WrappedKey).where(
            WrappedKey.holder_id == holder_id, WrappedKey.data_key_id.in_(keys)
        )
    )


def mark_stale(scope_id: UUID, part: Part) -> None:
    """Ask for a new epoch at the owner's next sign-in, because somebody else ended the sharing."""
    db.session.execute(
        update(DataKey)
        .where(
            DataKey.scope_id == scope_id,
            DataKey.part == part,
            DataKey.audience == Audience.SHARED,
        )
        .values(is_stale=True)
    )


def stale_parts(owner_id: UUID) -> list[Part]:
    """The owner's parts that wait for a new epoch."""
    return list(
        db.session.scalars(
            select(DataKey.part)
            .where(DataKey.scope_id == owner_id, DataKey.is_stale.is_(True))
            .distinct()
        )
    )

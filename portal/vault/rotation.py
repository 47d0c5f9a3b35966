"""A new epoch of a part's shared key: what is written from now on needs the new key.

Everything of the part that was sealed under the old key is sealed again, in the same transaction,
and the old key is gone. Hundreds of rows take milliseconds.

Whoever can write to the database must not be able to hold this up, nor to be given the new key by
it: so nothing that was damaged or planted stops the end of somebody's sight.
"""

import logging
from datetime import datetime
from itertools import count
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import delete, select, update
from sqlalchemy.exc import IntegrityError

from portal.core.db import db
from portal.core.errors import NotVisible
from portal.vault import keyring
from portal.vault.box import Box
from portal.vault.keyring import KeyHandle
from portal.vault.models import Audience, DataKey, Identity, Part, WrappedKey
from portal.vault.sealed import sealed_tables

log = logging.getLogger(__name__)


class Rotated(NamedTuple):
    """Who holds the new key beside its owner, and how many rows did not open and stay behind."""

    holders: frozenset[UUID]
    left: int


def rotate_shared(box: Box, part: Part, *, grantees: list[UUID], now: datetime) -> Rotated:
    """Give the viewer's own part a new shared key, held by the grantees that remain.

    Only a grantee whom the owner's own signature gave the present key gets the next one: a row
    that says so is not enough (somebody else may have written it). What does not open stays under
    its old key, which from then on the owner alone holds; the log has the ids.
    """
    old = _shared_keys(box.person_id, part)
    if not old:
        return Rotated(frozenset(grantees), 0)
    present = box.present_key(part)
    new = keyring.make_key(
        box.bundle_for_rewrap(),
        owner_id=box.person_id,
        part=part,
        audience=Audience.SHARED,
        epoch=_next_epoch(old, present),
        now=now,
    )
    rightful = _rightful(box, old, present, grantees)
    for identity in rightful:
        keyring.hand_over(box.bundle_for_rewrap(), new, identity)
    left = _move_all(box, part, [key.id for key in old], new)
    db.session.flush()
    _put_away(box, [key.id for key in old])
    box.adopt(new)
    return Rotated(frozenset(identity.person_id for identity in rightful), left)


def _shared_keys(owner_id: UUID, part: Part) -> list[DataKey]:
    found = select(DataKey).where(
        DataKey.scope_id == owner_id, DataKey.part == part, DataKey.audience == Audience.SHARED
    )
    return list(db.session.scalars(found))


def _next_epoch(old: list[DataKey], present: KeyHandle | None) -> int:
    """The number after the present key's that is free; a planted one cannot push it far away."""
    taken = {key.epoch for key in old}
    after = present.epoch + 1 if present is not None else 1
    return next(epoch for epoch in count(after) if epoch not in taken)


def _rightful(
    box: Box, old: list[DataKey], present: KeyHandle | None, grantees: list[UUID]
) -> list[Identity]:
    """The grantees who hold the newest key by the owner's signature; nobody when it is lost."""
    if present is None or present.epoch != max(key.epoch for key in old):
        return []
    return keyring.signed_holders(box.bundle_for_rewrap(), present, grantees)


def _move_all(box: Box, part: Part, old_ids: list[UUID], new: KeyHandle) -> int:
    """Seal every row of the part under the new key; gives how many did not open.

    Rows are held as they are read: what another tab changes meanwhile is moved as it is then.
    """
    left = 0
    for table in sealed_tables(part):
        held = select(table).where(table.data_key_id.in_(old_ids)).with_for_update()
        for row in db.session.scalars(held.execution_options(populate_existing=True)):
            try:
                box.move(row, new)
            except NotVisible:
                left += 1
                facts = {"table": str(table.__tablename__), "row": row.id}
                log.error("row stays under its old key", extra=facts)
    return left


def _put_away(box: Box, old_ids: list[UUID]) -> None:
    """Take the old keys from everybody; one that a row still needs stays with the owner alone."""
    for key_id in old_ids:
        wraps = delete(WrappedKey).where(WrappedKey.data_key_id == key_id)
        db.session.execute(wraps.where(WrappedKey.holder_id != box.person_id))
        try:
            with db.session.begin_nested():
                db.session.execute(delete(DataKey).where(DataKey.id == key_id))
        except IntegrityError:  # a row that did not move still names it
            kept = update(DataKey).where(DataKey.id == key_id)
            db.session.execute(kept.values(is_stale=False))
    box.forget(old_ids)


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


def take_stale_parts(owner_id: UUID) -> set[Part]:
    """The owner's parts that wait for a new epoch, for whoever makes it: nobody else is given them.

    Two sign-ins at one moment come one after the other here.
    """
    return set(
        db.session.scalars(
            update(DataKey)
            .where(DataKey.scope_id == owner_id, DataKey.is_stale.is_(True))
            .values(is_stale=False)
            .returning(DataKey.part)
        )
    )

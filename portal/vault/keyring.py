"""Data keys: made, handed to a holder, opened again. A grant is a key handed over and signed.

A sealed box proves no sender, so every wrapped key carries a signature of who gave it, over all
that it stands for. A key whose signature does not hold is not opened, and the log says so.
"""

import enum
import logging
from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import Select, bindparam, func, select, update
from sqlalchemy.exc import IntegrityError

from portal.core.db import RowId, db
from portal.core.row_ids import new_id
from portal.core.rows import first, in_sizes, one_of, places, read, write
from portal.vault.canonical import canonical
from portal.vault.envelope import DoesNotOpen
from portal.vault.identity import Tampered, check_identity, public_keys
from portal.vault.keys import Bundle, fingerprint, new_key, seal_to, signature_holds
from portal.vault.models import Audience, DataKey, Identity, Part, WrappedKey

log = logging.getLogger(__name__)
SEALED_BOX_BYTES = 80
"""A key in a sealed box: 32 bytes, the sender's passing public key (32) and the tag (16)."""


class Refused(enum.Enum):
    """Why a held key is not used; the log says it."""

    DOES_NOT_OPEN = "does not open"
    WRONG_SIGNER = "signed by somebody else"
    NO_SIGNATURE = "signature does not hold"


ClosedKey = Any
"""A row of the statements below: a key as its holder has it, and the identity of who signed it."""


class KeyHandle(NamedTuple):
    """An opened data key and what it is for."""

    id: UUID
    owner_id: UUID
    signer_id: UUID
    scope_id: UUID
    part: Part
    audience: Audience
    epoch: int
    secret: bytes

    def __repr__(self) -> str:
        return f"<KeyHandle {self.id}>"


def make_key(
    bundle: Bundle,
    *,
    owner_id: UUID,
    part: Part,
    audience: Audience,
    now: datetime,
    signer_id: UUID | None = None,
    partner_id: UUID | None = None,
    scope_id: UUID | None = None,
    epoch: int = 1,
) -> KeyHandle:
    """Make a data key and hand it to its owner (and the partner of a dyad)."""
    row = DataKey(
        id=new_id(),
        owner_id=owner_id,
        partner_id=partner_id,
        scope_id=scope_id or owner_id,
        part=part,
        audience=audience,
        epoch=epoch,
        made_at=now,
    )
    db.session.add(row)
    db.session.flush()
    handle = _handle(row, signer_id or owner_id, new_key())
    holders = [each for each in (owner_id, partner_id) if each]
    for identity in public_keys(holders).values():
        hand_over(bundle, handle, identity)
    return handle


def make_first_key(
    bundle: Bundle, *, owner_id: UUID, part: Part, audience: Audience, now: datetime
) -> KeyHandle | None:
    """Make the owner's first key of a part; None when another request was a moment earlier.

    Then nothing of this one stays, and the other's is there to be found.
    """
    try:
        with db.session.begin_nested():
            return make_key(bundle, owner_id=owner_id, part=part, audience=audience, now=now)
    except IntegrityError:
        return None


def hand_over(bundle: Bundle, handle: KeyHandle, holder: Identity) -> None:
    """Wrap a data key for one holder, signed by the person whose bundle it is.

    For themselves they close it by their own key, which opens ten times faster.
    """
    if holder.person_id == handle.signer_id:
        sealed = _closed_own(bundle, handle, holder.person_id)
    else:
        sealed = seal_to(holder.opening_public, handle.secret)
    db.session.add(
        WrappedKey(
            holder_id=holder.person_id,
            data_key_id=handle.id,
            signer_id=handle.signer_id,
            sealed=sealed,
            signature=bundle.sign(_statement(handle, holder.person_id, holder.opening_public)),
        )
    )
    db.session.flush()


def keep_handed(bundle: Bundle, holder_id: UUID) -> None:
    """Close what others handed to this holder by the holder's own key, which opens faster.

    One query, and a write for each new key. Who gave it, and their signature, stay beside it. One
    that does not hold good stays as it is.
    """
    for closed in read(_IN_BOXES, {"holder_id": holder_id}):
        handle = open_key(bundle, closed)
        if handle is not None:
            ids = {"holder": holder_id, "data_key": handle.id, "box": closed.sealed}
            write(_KEEP, {**ids, "own": _closed_own(bundle, handle, holder_id)})


def signed_holders(bundle: Bundle, handle: KeyHandle, holder_ids: Sequence[UUID]) -> list[Identity]:
    """Those among some people to whom the bundle's person gave this key under their signature."""
    rows = db.session.execute(
        select(Identity, WrappedKey.signature)
        .join(WrappedKey, WrappedKey.holder_id == Identity.person_id)
        .where(WrappedKey.data_key_id == handle.id, Identity.person_id.in_(holder_ids))
    )
    return [row for row, signature in rows if _was_given(bundle, handle, row, signature)]


def _was_given(bundle: Bundle, handle: KeyHandle, holder: Identity, signature: bytes) -> bool:
    statement = _statement(handle, holder.person_id, holder.opening_public)
    try:
        check_identity(holder)
    except Tampered:
        return False
    return signature_holds(bundle.signing_public, statement, signature)


def held_keys(holder_id: UUID, scopes: Sequence[tuple[UUID, Part]]) -> Sequence[ClosedKey]:
    """Every key that a holder has for some scopes, not opened yet; one query.

    Opening costs far more than finding, and a page needs few of those that its scopes hold.
    """
    ids, parts = {scope for scope, _ in scopes}, {part for _, part in scopes}
    statement, size = _held(max(len(ids), len(parts)))
    values = places("scope", ids, size) | places("part", parts, size)
    found = read(statement, {"holder_id": holder_id, **values})
    return [row for row in found if (row.scope_id, row.part) in scopes]


def held_key(bundle: Bundle, holder_id: UUID, data_key_id: UUID) -> KeyHandle | None:
    """Open one key by its id, or None when the holder has none that holds good.

    A dyad's key is not opened this way: its page names the two people it may come from.
    """
    found = first(_ONE, {"holder_id": holder_id, "data_key_id": data_key_id})
    return open_key(bundle, found) if found is not None else None


def open_key(bundle: Bundle, closed: ClosedKey) -> KeyHandle | None:
    """Open one held key; None, with a line in the log, when it does not hold good."""
    try:
        handle = _handle(closed, closed.signer_id, _secret(bundle, closed))
    except DoesNotOpen:
        return _refuse(closed, Refused.DOES_NOT_OPEN)
    statement = _statement(handle, closed.holder_id, bundle.opening_public)
    if not _may_sign(closed, closed.signer_id):
        return _refuse(closed, Refused.WRONG_SIGNER)
    if not _is_signed(closed, statement):
        return _refuse(closed, Refused.NO_SIGNATURE)
    return handle


def _is_signed(closed: ClosedKey, statement: bytes) -> bool:
    try:
        signer = check_identity(closed)
    except Tampered:
        return False
    return signature_holds(signer.signing_public, statement, closed.signature)


def _secret(bundle: Bundle, closed: ClosedKey) -> bytes:
    if len(closed.sealed) == SEALED_BOX_BYTES:
        return bundle.open_sealed(closed.sealed)
    return bundle.open_own(closed.sealed, _own_place(closed.id, closed.holder_id))


def _closed_own(bundle: Bundle, handle: KeyHandle, holder_id: UUID) -> bytes:
    return bundle.close_own(handle.secret, _own_place(handle.id, holder_id))


def _own_place(data_key_id: UUID, holder_id: UUID) -> bytes:
    return canonical("own key", data_key_id, holder_id)


def _may_sign(data_key: Any, signer_id: UUID) -> bool:
    """Either of a pair for what the two write, and an owner alone for everything else."""
    if data_key.audience is Audience.DYAD:
        both = (data_key.owner_id, data_key.partner_id)
        is_of_pair = data_key.part is Part.DYAD and data_key.scope_id not in both
        return is_of_pair and signer_id in both
    return bool(signer_id == data_key.owner_id == data_key.scope_id)


def _refuse(wrapped: Any, why: Refused) -> KeyHandle | None:
    log.error(
        "wrapped key refused",
        extra={"holder": wrapped.holder_id, "key": wrapped.id, "why": why},
    )
    return None


def _statement(handle: KeyHandle, holder_id: UUID, opening_public: bytes) -> bytes:
    return canonical(
        "grant",
        handle.id,
        handle.owner_id,
        handle.scope_id,
        handle.part.value,
        handle.audience.value,
        handle.epoch,
        handle.signer_id,
        holder_id,
        opening_public,
        fingerprint(handle.secret, b"data key"),
    )


def _handle(row: Any, signer_id: UUID, secret: bytes) -> KeyHandle:
    return KeyHandle(
        row.id,
        row.owner_id,
        signer_id,
        row.scope_id,
        row.part,
        row.audience,
        row.epoch,
        secret,
    )


# Built once: pages ask for keys at every request. The signer's identity comes along, to be checked.
_KEY, _WRAPPED, _SIGNER = DataKey.__table__.c, WrappedKey.__table__.c, Identity.__table__.c
_FOUND = (
    select(
        _KEY.id,
        _KEY.owner_id,
        _KEY.partner_id,
        _KEY.scope_id,
        _KEY.part,
        _KEY.audience,
        _KEY.epoch,
        _WRAPPED.holder_id,
        _WRAPPED.signer_id,
        _WRAPPED.sealed,
        _WRAPPED.signature,
        *_SIGNER,
    )
    .join_from(WrappedKey, DataKey, DataKey.id == WrappedKey.data_key_id)
    .join(Identity, Identity.person_id == WrappedKey.signer_id)
    .where(_WRAPPED.holder_id == bindparam("holder_id", type_=RowId()))
)
_ONE: Select[Any] = _FOUND.where(
    _KEY.id == bindparam("data_key_id", type_=RowId()), _KEY.part != Part.DYAD
)
_IN_BOXES: Select[Any] = _FOUND.where(func.length(_WRAPPED.sealed) == SEALED_BOX_BYTES)
_KEEP = (
    update(WrappedKey)
    .where(
        _WRAPPED.holder_id == bindparam("holder", type_=RowId()),
        _WRAPPED.data_key_id == bindparam("data_key", type_=RowId()),
        _WRAPPED.sealed == bindparam("box"),
    )
    .values(sealed=bindparam("own"))
)


@in_sizes
def _held(size: int) -> Select[Any]:
    return _FOUND.where(one_of(_KEY.scope_id, "scope", size), one_of(_KEY.part, "part", size))

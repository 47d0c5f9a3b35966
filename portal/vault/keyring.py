"""Data keys: made, handed to a holder, opened again. A grant is a key handed over and signed.

A sealed box proves no sender, so every wrapped key carries a signature of who gave it, over all
that it stands for. A key whose signature does not hold is not opened, and the log says so.
"""

import logging
from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import Select, and_, bindparam, or_, select
from sqlalchemy.orm import Bundle as ColumnBundle

from portal.core.db import RowId, db, new_id
from portal.vault.canonical import canonical
from portal.vault.envelope import DoesNotOpen
from portal.vault.identity import check_identity, public_keys
from portal.vault.keys import Bundle, fingerprint, new_key, seal_to, signature_holds
from portal.vault.models import Audience, DataKey, Identity, Part, WrappedKey

log = logging.getLogger(__name__)


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


def hand_over(bundle: Bundle, handle: KeyHandle, holder: Identity) -> None:
    """Wrap a data key for one holder, signed by the person whose bundle it is."""
    db.session.add(
        WrappedKey(
            holder_id=holder.person_id,
            data_key_id=handle.id,
            signer_id=handle.signer_id,
            sealed=seal_to(holder.opening_public, handle.secret),
            signature=bundle.sign(_statement(handle, holder.person_id, holder.opening_public)),
        )
    )
    db.session.flush()


def held_keys(
    bundle: Bundle, holder_id: UUID, scopes: Sequence[tuple[UUID, Part]]
) -> list[KeyHandle]:
    """Open every key that a holder has for some scopes; one query. Unsigned ones are left out."""
    wanted = or_(*(and_(DataKey.scope_id == scope, DataKey.part == part) for scope, part in scopes))
    return _opened(bundle, _HELD.where(wanted), {"holder_id": holder_id})


def held_key(bundle: Bundle, holder_id: UUID, data_key_id: UUID) -> KeyHandle | None:
    """Open one key by its id, or None when the holder has none that holds good.

    A dyad's key is not opened this way: its page names the two people it may come from.
    """
    found = _opened(bundle, _ONE, {"holder_id": holder_id, "data_key_id": data_key_id})
    return next(iter(found), None)


def _opened(bundle: Bundle, statement: Select[Any], values: dict[str, Any]) -> list[KeyHandle]:
    rows = db.session.execute(statement, values)
    opened = (_open_one(bundle, row.wrapped, row.key, row.signer) for row in rows)
    return [handle for handle in opened if handle is not None]


def _open_one(bundle: Bundle, wrapped: Any, data_key: Any, signer: Any) -> KeyHandle | None:
    """Open one row of the statements below; its three parts carry the columns of their tables."""
    try:
        handle = _handle(data_key, signer.person_id, bundle.open_sealed(wrapped.sealed))
    except DoesNotOpen:
        return _refuse(wrapped, "does not open")
    statement = _statement(handle, wrapped.holder_id, bundle.opening_public)
    if not _may_sign(data_key, wrapped.signer_id):
        return _refuse(wrapped, "signed by somebody else")
    if not signature_holds(check_identity(signer).signing_public, statement, wrapped.signature):
        return _refuse(wrapped, "signature does not hold")
    return handle


def _may_sign(data_key: Any, signer_id: UUID) -> bool:
    if data_key.audience is Audience.DYAD:
        return signer_id in (data_key.owner_id, data_key.partner_id)
    return bool(signer_id == data_key.owner_id == data_key.scope_id)


def _refuse(wrapped: Any, why: str) -> KeyHandle | None:
    log.error(
        "wrapped key refused",
        extra={"holder": str(wrapped.holder_id), "key": str(wrapped.data_key_id), "why": why},
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


def _columns(name: str, table: Any) -> ColumnBundle[Any]:
    return ColumnBundle(name, *(getattr(table, column.key) for column in table.__table__.columns))


# Built once: pages ask for keys at every request.
_HELD: Select[Any] = (
    select(_columns("wrapped", WrappedKey), _columns("key", DataKey), _columns("signer", Identity))
    .select_from(WrappedKey)
    .join(DataKey, DataKey.id == WrappedKey.data_key_id)
    .join(Identity, Identity.person_id == WrappedKey.signer_id)
    .where(WrappedKey.holder_id == bindparam("holder_id", type_=RowId()))
)
_ONE = _HELD.where(DataKey.id == bindparam("data_key_id", type_=RowId()), DataKey.part != Part.DYAD)

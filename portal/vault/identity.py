"""A person's identity: made at sign-up, opened by a password or a recovery code, checked always."""

import hmac
import logging
import secrets
from contextlib import suppress
from functools import lru_cache
from typing import NamedTuple
from uuid import UUID

import msgspec
from sqlalchemy import select, update

from portal.core.db import db
from portal.core.errors import NotVisible, PortalError
from portal.vault.canonical import canonical
from portal.vault.envelope import DoesNotOpen, close, unclose
from portal.vault.house import house
from portal.vault.keys import (
    SALT_BYTES,
    Bundle,
    Cost,
    derive,
    fingerprint,
    mac,
    stretch,
)
from portal.vault.models import BundleWrap, Identity, WrapPurpose
from portal.vault.slots import slot

log = logging.getLogger(__name__)

_DECOY_SALT = bytes(SALT_BYTES)
_DECOY_ID = UUID(int=0)


class WrongPassword(Exception):
    """The password does not belong to this person."""


class ByCode(NamedTuple):
    """A bundle that a recovery code opened, and which wrap it was: a code is used up once."""

    bundle: Bundle
    version: int

    def __repr__(self) -> str:
        return "<ByCode>"


class Tampered(PortalError):
    """A row of keys was changed by somebody who is not this server; the log says which."""


def make_identity(person_id: UUID, password: str) -> Bundle:
    """Make a new person's keys and close them under the password. Gives the opened bundle."""
    bundle = Bundle.make()
    row = Identity(
        person_id=person_id,
        opening_public=bundle.opening_public,
        signing_public=bundle.signing_public,
    )
    _set_password(row, bundle, password, version=1)
    db.session.add(row)
    return bundle


def change_password(person_id: UUID, bundle: Bundle, password: str) -> None:
    """Close the same bundle under a new password; the keys and the words stay as they are."""
    row = checked_identity(person_id)
    old = db.session.get(BundleWrap, (person_id, WrapPurpose.PASSWORD))
    _set_password(row, bundle, password, version=old.version + 1 if old else 1)


def open_identity(person_id: UUID | None, password: str) -> Bundle:
    """Open a person's bundle with their password, or raise WrongPassword.

    ``None`` stands for an account that does not exist: it costs the same time.
    """
    row = _identity_or_decoy(person_id)
    salt, cost = (
        (row.salt, Cost(row.rounds, row.memory_kib)) if row else (_DECOY_SALT, house().cost)
    )
    if not cost.is_at_least(house().floor):
        raise Tampered
    with slot(house().locks):
        root = stretch(password, salt, cost)
    kek, auth = _split(root, row.pepper_id if row else house().secrets.pepper_id)
    if row is None or not hmac.compare_digest(fingerprint(auth, b"verifier"), row.verifier):
        raise WrongPassword
    return _open_bundle(row, kek, WrapPurpose.PASSWORD)


def set_recovery_code(person_id: UUID, bundle: Bundle, code: bytes) -> None:
    """Close the bundle under a new recovery code too; an older code opens nothing any more."""
    row = db.session.get(BundleWrap, (person_id, WrapPurpose.RECOVERY))
    if row is None:
        row = BundleWrap(person_id=person_id, purpose=WrapPurpose.RECOVERY, version=0)
        db.session.add(row)
    row.version += 1
    row.wrapped, row.note = _under_code(person_id, bundle, code, row.version)


def use_recovery_code(person_id: UUID, used: ByCode, code: bytes) -> None:
    """Put a new code in the place of the one that opened; WrongPassword when another use did.

    Two uses at the same moment both open the bundle; only one of them gets past this.
    """
    version = used.version + 1
    wrapped, note = _under_code(person_id, used.bundle, code, version)
    taken = db.session.execute(
        update(BundleWrap)
        .where(
            BundleWrap.person_id == person_id,
            BundleWrap.purpose == WrapPurpose.RECOVERY,
            BundleWrap.version == used.version,
        )
        .values(version=version, wrapped=wrapped, note=note)
        .returning(BundleWrap.version)
        .execution_options(synchronize_session=False)
    )
    if taken.first() is None:
        raise WrongPassword


def recovery_code_of(person_id: UUID, bundle: Bundle) -> bytes:
    """The person's present recovery code, for printing again; NotVisible when there is none."""
    row = db.session.get(BundleWrap, (person_id, WrapPurpose.RECOVERY))
    if row is None or row.note is None:
        raise NotVisible
    place = _place(person_id, WrapPurpose.RECOVERY, row.version)
    return unclose(derive(bundle.opening, info="recovery note"), row.note, place)[1]


def open_with_recovery_code(person_id: UUID | None, code: bytes) -> ByCode:
    """Open a person's bundle with their recovery code, or raise WrongPassword.

    A code on paper lives longer than a pepper, and its wrap does not say under which it was made,
    so each is tried, the newest first. ``None`` stands for an account that does not exist: it
    costs the same queries.
    """
    row = _identity_or_decoy(person_id)
    wrap = db.session.get(BundleWrap, (person_id or _DECOY_ID, WrapPurpose.RECOVERY))
    keys = [_recovery_key(code, pepper_id) for pepper_id in sorted(_peppers(), reverse=True)]
    if row is None or wrap is None:
        raise WrongPassword
    for key in keys:
        with suppress(DoesNotOpen):
            return ByCode(_open_wrap(row, wrap, key), wrap.version)
    raise WrongPassword


def checked_identity(person_id: UUID) -> Identity:
    """A person's identity row, after checking that only this server wrote it."""
    row = db.session.get(Identity, person_id)
    if row is None:
        raise NotVisible
    return check_identity(row)


def check_identity(row: Identity) -> Identity:
    """Refuse an identity row that somebody else changed; the log says which."""
    if not hmac.compare_digest(row.mac, _mac(row)):
        log.error("identity changed from outside", extra={"person": row.person_id})
        raise Tampered
    return row


def public_keys(person_ids: list[UUID]) -> dict[UUID, Identity]:
    """The checked identities of several people, by person id; one query."""
    rows = db.session.scalars(select(Identity).where(Identity.person_id.in_(person_ids)))
    return {row.person_id: check_identity(row) for row in rows}


def short_code(one: Identity, other: Identity) -> str:
    """Eight digits that two people compare face to face; the same from either side."""
    sides = sorted(
        canonical(row.person_id, row.opening_public, row.signing_public) for row in (one, other)
    )
    digest = fingerprint(canonical(*sides), b"short code")
    digits = f"{int.from_bytes(digest[:8], 'big') % 10**8:08d}"
    return f"{digits[:4]} {digits[4:]}"


def _set_password(row: Identity, bundle: Bundle, password: str, *, version: int) -> None:
    vault = house()
    row.salt = secrets.token_bytes(SALT_BYTES)
    row.rounds, row.memory_kib = vault.cost.rounds, vault.cost.memory_kib
    row.pepper_id = vault.secrets.pepper_id
    with slot(vault.locks):
        root = stretch(password, row.salt, vault.cost)
    kek, auth = _split(root, row.pepper_id)
    row.verifier = fingerprint(auth, b"verifier")
    row.mac = _mac(row)
    place = _place(row.person_id, WrapPurpose.PASSWORD, version)
    db.session.merge(
        BundleWrap(
            person_id=row.person_id,
            purpose=WrapPurpose.PASSWORD,
            version=version,
            wrapped=close(kek, msgspec.msgpack.encode(bundle), place),
        )
    )


def _open_bundle(row: Identity, key: bytes, purpose: WrapPurpose) -> Bundle:
    wrap = db.session.get(BundleWrap, (row.person_id, purpose))
    if wrap is None:
        raise NotVisible
    try:
        return _open_wrap(row, wrap, key)
    except DoesNotOpen as problem:
        log.error("keys of a person do not open", extra={"person": row.person_id})
        raise Tampered from problem


def _open_wrap(row: Identity, wrap: BundleWrap, key: bytes) -> Bundle:
    body = unclose(key, wrap.wrapped, _place(row.person_id, wrap.purpose, wrap.version))[1]
    return checked_bundle(row, msgspec.msgpack.decode(body, type=Bundle))


def checked_bundle(row: Identity, bundle: Bundle) -> Bundle:
    """Refuse private keys that do not belong to the public ones."""
    mine = (bundle.opening_public, bundle.signing_public)
    if mine != (row.opening_public, row.signing_public):
        log.error("public keys do not match", extra={"person": row.person_id})
        raise Tampered
    return bundle


def _identity_or_decoy(person_id: UUID | None) -> Identity | None:
    """The checked identity; for nobody, a look for somebody who is never there."""
    row = db.session.get(Identity, person_id or _DECOY_ID)
    return check_identity(row) if row is not None else None


def _under_code(person_id: UUID, bundle: Bundle, code: bytes, version: int) -> tuple[bytes, bytes]:
    """The bundle closed under a recovery code, and the code closed under the bundle."""
    place = _place(person_id, WrapPurpose.RECOVERY, version)
    wrapped = close(
        _recovery_key(code, house().secrets.pepper_id), msgspec.msgpack.encode(bundle), place
    )
    return wrapped, close(derive(bundle.opening, info="recovery note"), code, place)


def _split(root: bytes, pepper_id: int) -> tuple[bytes, bytes]:
    pepper = _peppers()[pepper_id]
    return derive(root, salt=pepper, info="kek"), derive(root, salt=pepper, info="auth")


def _recovery_key(code: bytes, pepper_id: int) -> bytes:
    return derive(code, salt=_peppers()[pepper_id], info="recovery")


def _peppers() -> dict[int, bytes]:
    return house().secrets.peppers


def _place(person_id: UUID, purpose: WrapPurpose, version: int) -> bytes:
    return canonical("bundle", person_id, purpose.value, version)


def _mac(row: Identity) -> bytes:
    return _tag(
        house().secrets.identity_mac,
        row.person_id,
        row.opening_public,
        row.signing_public,
        row.salt,
        row.rounds,
        row.memory_kib,
        row.pepper_id,
        row.verifier,
    )


@lru_cache(maxsize=4096)
def _tag(key: bytes, *fields: bytes | int | str | UUID) -> bytes:
    """Remembered: a page checks the same few rows at every request, and what they hold is plain.

    The key lies in the process's memory anyway; it is the server's, and opens no words.
    """
    return mac(key, canonical(*fields), b"identity")

"""From a password to keys, and the two key pairs that every person has.

Sources: RFC 9106 (Argon2id), RFC 5869 (HKDF), libsodium's sealed box and Ed25519.
"""

import hashlib
import hmac
import secrets
import unicodedata
from functools import cached_property, lru_cache

import msgspec
from argon2.low_level import Type, hash_secret_raw
from nacl.bindings import (
    crypto_box_seal,
    crypto_box_seal_open,
    crypto_scalarmult_base,
    crypto_sign,
    crypto_sign_open,
    crypto_sign_seed_keypair,
)
from nacl.exceptions import CryptoError

from portal.vault.envelope import DoesNotOpen, close, unclose

KEY_BYTES = 32
SALT_BYTES = 16
_SIGNATURE_BYTES = 64


class Cost(msgspec.Struct, frozen=True):
    """What one password check costs: rounds and memory in KiB."""

    rounds: int = 3
    memory_kib: int = 64 * 1024

    def is_at_least(self, floor: "Cost") -> bool:
        """Whether this cost keeps the floor."""
        return self.rounds >= floor.rounds and self.memory_kib >= floor.memory_kib


def stretch(password: str, salt: bytes, cost: Cost) -> bytes:
    """Turn a password (Unicode NFC) into 32 bytes, slowly, so that guessing is dear."""
    return hash_secret_raw(
        unicodedata.normalize("NFC", password).encode(),
        salt,
        time_cost=cost.rounds,
        memory_cost=cost.memory_kib,
        parallelism=1,
        hash_len=KEY_BYTES,
        type=Type.ID,
    )


def derive(secret: bytes, *, salt: bytes = b"", info: str, length: int = KEY_BYTES) -> bytes:
    """Derive a separate key for one purpose (HKDF with SHA-256)."""
    extracted = hmac.digest(salt or bytes(32), secret, hashlib.sha256)
    out, block, number = b"", b"", 1
    while len(out) < length:
        block = hmac.digest(extracted, block + info.encode() + bytes((number,)), hashlib.sha256)
        out, number = out + block, number + 1
    return out[:length]


def new_key() -> bytes:
    """Make a random key of 32 bytes."""
    return secrets.token_bytes(KEY_BYTES)


def fingerprint(data: bytes, purpose: bytes) -> bytes:
    """A keyless 32-byte hash, separated by purpose (BLAKE2b; purpose of at most 16 bytes)."""
    return hashlib.blake2b(data, digest_size=32, person=purpose).digest()


def mac(key: bytes, data: bytes, purpose: bytes) -> bytes:
    """A keyed 32-byte tag, separated by purpose (BLAKE2b; purpose of at most 16 bytes)."""
    return hashlib.blake2b(data, digest_size=32, key=key, person=purpose).digest()


class Bundle(msgspec.Struct, frozen=True, dict=True, omit_defaults=True):
    """A person's two private keys: one opens what is sealed to them, one signs what they grant.

    ``known_public`` is the first one's public key where it lies beside it (in a session), because
    working it out costs half as much as a page.
    """

    opening: bytes
    signing_seed: bytes
    known_public: bytes = b""

    @classmethod
    def make(cls) -> "Bundle":
        """Make new keys; one bundle a person, for good."""
        return cls(new_key(), new_key())

    @cached_property
    def opening_public(self) -> bytes:
        """The key to which others seal."""
        return self.known_public or crypto_scalarmult_base(self.opening)

    @cached_property
    def signing_public(self) -> bytes:
        """The key with which others check a signature."""
        return crypto_sign_seed_keypair(self.signing_seed)[0]

    def sign(self, data: bytes) -> bytes:
        """Sign; gives 64 bytes."""
        signed: bytes = crypto_sign(data, crypto_sign_seed_keypair(self.signing_seed)[1])
        return signed[:_SIGNATURE_BYTES]

    def open_sealed(self, sealed: bytes) -> bytes:
        """Open what was sealed to this person, or raise DoesNotOpen."""
        try:
            opened: bytes = crypto_box_seal_open(sealed, self.opening_public, self.opening)
        except (CryptoError, TypeError, ValueError) as problem:
            raise DoesNotOpen("not sealed to this person") from problem
        return opened

    def with_public(self) -> "Bundle":
        """The same keys, with the public one beside them."""
        return msgspec.structs.replace(self, known_public=self.opening_public)

    def close_own(self, data: bytes, place: bytes) -> bytes:
        """Close bytes for this person alone, by their own private key."""
        return close(self._own, data, place)

    def open_own(self, closed: bytes, place: bytes) -> bytes:
        """Open what this person closed for themselves, or raise DoesNotOpen."""
        return unclose(self._own, closed, place)[1]

    @cached_property
    def _own(self) -> bytes:
        return derive(self.opening, info="own keys")


def seal_to(opening_public: bytes, data: bytes) -> bytes:
    """Seal bytes so that only the holder of the private key opens them."""
    sealed: bytes = crypto_box_seal(data, opening_public)
    return sealed


@lru_cache(maxsize=4096)
def signature_holds(signing_public: bytes, data: bytes, signature: bytes) -> bool:
    """Whether the signature over the data is by that person.

    Remembered, because a page checks the same few grants at every request; none of the three is
    secret, and the same three always give the same answer.
    """
    try:
        crypto_sign_open(signature + data, signing_public)
    except (CryptoError, TypeError, ValueError):
        return False
    return True

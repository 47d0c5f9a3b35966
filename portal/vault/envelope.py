"""The one envelope: XChaCha20-Poly1305 over padded bytes, with a version in front.

Layout: 1 byte format, 1 byte body version, 24 bytes nonce, then the sealed padded body.

Opening calls libsodium itself: PyNaCl's wrapper writes four sentences for errors that do not happen
each time, and costs three times what libsodium does (decision 113).
"""

import secrets

from nacl._sodium import ffi, lib
from nacl.bindings import crypto_aead_xchacha20poly1305_ietf_encrypt

FORMAT = 1
NONCE_BYTES = 24
KEY_BYTES = 32
_TAG_BYTES = 16
_HEAD = 2
_BODY_AT = _HEAD + NONCE_BYTES
_LENGTH = 4
MAX_BODY = 4 * 1024 * 1024
_open = lib.crypto_aead_xchacha20poly1305_ietf_decrypt
_room, _bytes_in, _BYTES, _NOTHING = ffi.new, ffi.buffer, ffi.typeof("unsigned char[]"), ffi.NULL


class DoesNotOpen(Exception):
    """The envelope does not belong to this key or this place, or it was changed."""


def close(key: bytes, body: bytes, place: bytes, *, version: int = 1) -> bytes:
    """Seal ``body`` for ``place`` (the associated data). Equal buckets give equal lengths."""
    head = bytes((FORMAT, version))
    nonce = secrets.token_bytes(NONCE_BYTES)
    sealed = crypto_aead_xchacha20poly1305_ietf_encrypt(pad(body), head + place, nonce, key)
    return head + nonce + sealed


def unclose(key: bytes, envelope: bytes, place: bytes) -> tuple[int, bytes]:
    """Open an envelope for its place; gives (body version, body) or raises DoesNotOpen."""
    size = len(envelope) - _BODY_AT - _TAG_BYTES
    if size < _LENGTH or envelope[0] != FORMAT or len(key) != KEY_BYTES:
        raise DoesNotOpen("not an envelope of a known format")
    sealed, nonce, bound = envelope[_BODY_AT:], envelope[_HEAD:_BODY_AT], envelope[:_HEAD] + place
    room = _room(_BYTES, size)  # as long as the words and no longer: libsodium does not look
    if _open(room, _NOTHING, _NOTHING, sealed, len(sealed), bound, len(bound), nonce, key):
        raise DoesNotOpen("sealed under another key, or for another place")
    return envelope[1], unpad(_bytes_in(room)[:])


def bucket(size: int) -> int:
    """The padded size for a body: steps of 256 bytes to 2 kB, 1 kB to 16 kB, then 4 kB."""
    step = 256 if size <= 2048 else 1024 if size <= 16384 else 4096
    return -(-size // step) * step


def pad(body: bytes) -> bytes:
    """Put the length in front and fill up to the bucket."""
    if len(body) > MAX_BODY:
        raise ValueError("a body over 4 MiB")
    plain = len(body).to_bytes(_LENGTH, "big") + body
    return plain.ljust(bucket(len(plain)), b"\0")


def unpad(padded: bytes) -> bytes:
    """Take the filling off again."""
    size = int.from_bytes(padded[:_LENGTH], "big")
    if len(padded) < _LENGTH or size > len(padded) - _LENGTH:
        raise DoesNotOpen("a length that does not fit")
    return padded[_LENGTH : _LENGTH + size]

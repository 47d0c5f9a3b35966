"""The search for a word: in plain, in other alphabets, and inside what was packed."""

import base64
import zlib
from collections.abc import Iterator
from functools import lru_cache

_PACKED = (b"\x78\x01", b"\x78\x5e", b"\x78\x9c", b"\x78\xda", b"\x1f\x8b\x08")  # RFC 1950, 1952
_EITHER = 32 + zlib.MAX_WBITS  # zlib or gzip, whichever it is
_MOST = 1024 * 1024


@lru_cache
def looks_of(word: str) -> dict[str, bytes]:
    """Every look of a word of plain letters, in small letters where case may change.

    Encodings that leave plain letters as they are (URLs, JSON, HTML, quoted-printable) need none.
    """
    looks = {name: word.encode(name) for name in ("utf-8", "utf-16-le", "utf-16-be", "utf-32-le")}
    looks["hex"] = word.encode().hex().encode()
    looks["percent"] = "".join(f"%{each:02x}" for each in word.encode()).encode()
    for name in ("utf-8", "utf-16-le"):
        for offset in range(3):
            packed = base64.b64encode(bytes(offset) + word.encode(name)).rstrip(b"=")
            first = -(-offset * 4 // 3)  # signs that also hold bits of what stands before
            looks[f"base64 of {name}, {offset}"] = packed[first:-1]
    return looks


def traces(word: str, found: bytes) -> list[str]:
    """How a word is in these bytes; empty when it is not."""
    small, looks = found.lower(), looks_of(word)
    seen = [
        f"{name}: {_around(found, small, look)}"
        for name, look in looks.items()
        if (look in found if name.startswith("base64") else look in small)
    ]
    for inner in _unpacked(found):
        seen += [f"packed {each}" for each in traces(word, inner)]
    return seen


def _around(found: bytes, small: bytes, look: bytes) -> str:
    at = max(found.find(look), small.find(look))
    return repr(found[max(0, at - 40) : at + len(look) + 20])


def _unpacked(found: bytes) -> Iterator[bytes]:
    for mark in _PACKED:
        at = found.find(mark)
        while at >= 0:
            try:
                inner = zlib.decompressobj(_EITHER).decompress(found[at:], _MOST)
            except zlib.error:
                inner = b""
            if inner:
                yield inner
            at = found.find(mark, at + 1)

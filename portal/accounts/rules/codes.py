"""The recovery code: 130 bits in Crockford's base32 with a checksum, in seven groups of four.

Source: Douglas Crockford, Base 32 (no I, L, O, U; small letters and look-alikes are understood).
"""

import hashlib
import secrets

SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
BITS = 130
_DATA, _CHECK, GROUP = 26, 2, 4
GROUPS = (_DATA + _CHECK) // GROUP
_LOOK_ALIKE = str.maketrans({"O": "0", "I": "1", "L": "1"})


class Mistyped(ValueError):
    """Not a recovery code: too short, too long, or the checksum does not fit."""


def new_code() -> bytes:
    """Make a random code: 130 bits in 17 bytes."""
    return secrets.randbits(BITS).to_bytes(17, "big")


def groups_of(code: bytes) -> list[str]:
    """The code as it is printed: seven groups of four signs."""
    number = int.from_bytes(code, "big")
    data = "".join(SIGNS[number >> 5 * place & 31] for place in reversed(range(_DATA)))
    text = data + _checksum(data)
    return [text[start : start + GROUP] for start in range(0, len(text), GROUP)]


def read_code(text: str) -> bytes:
    """The code that somebody typed or pasted; spaces, hyphens and small letters do not matter.

    Raises Mistyped.
    """
    signs = plain(text)
    data, check = signs[:_DATA], signs[_DATA:]
    if len(signs) != _DATA + _CHECK or check != _checksum(data):
        raise Mistyped
    number = 0
    for sign in data:
        number = number << 5 | SIGNS.index(sign)
    return number.to_bytes(17, "big")


def plain(text: str) -> str:
    """What was typed, in the signs of the code alone; raises Mistyped for a sign that is none."""
    signs = "".join(text.split()).replace("-", "").upper().translate(_LOOK_ALIKE)
    if set(signs) - set(SIGNS):
        raise Mistyped
    return signs


def _checksum(data: str) -> str:
    number = int.from_bytes(hashlib.sha256(data.encode()).digest()[:2], "big")
    return SIGNS[number >> 5 & 31] + SIGNS[number & 31]

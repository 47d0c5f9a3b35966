"""Which passwords are taken: length over rules, and nothing that everybody uses.

Source: NIST SP 800-63B-4, 3.1.1.2; OWASP ASVS 5.0, 6.2.
"""

import enum
import itertools
import unicodedata
from collections.abc import Container, Iterable

SHORTEST, LONGEST = 10, 200


class Weakness(enum.Enum):
    """Why a password is not taken."""

    SHORT = "short"
    LONG = "long"
    COMMON = "common"
    OWN_WORDS = "own_words"


def weakness_of(
    password: str, *, common: Container[str], own_words: Iterable[str] = ()
) -> Weakness | None:
    """Why a password is not taken, or None when it is.

    ``own_words``: what somebody who knows the person would try first (name, e-mail, the service).
    """
    password = unicodedata.normalize("NFC", password)
    if len(password) < SHORTEST:
        return Weakness.SHORT
    if len(password) > LONGEST:
        return Weakness.LONG
    folded = password.casefold()
    if folded in common or folded.strip() in common or len(set(folded)) < 4 or _is_a_row(folded):
        return Weakness.COMMON
    return Weakness.OWN_WORDS if _is_made_of(folded, own_words) else None


def _is_a_row(folded: str) -> bool:
    """Whether each sign follows the one before, up or down, as in 1234567890."""
    steps = {ord(after) - ord(before) for before, after in itertools.pairwise(folded)}
    return steps in ({1}, {-1})


def _is_made_of(folded: str, own_words: Iterable[str]) -> bool:
    """Whether hardly anything is left once the person's own words are taken out."""
    rest = folded
    for word in sorted((each.casefold() for each in own_words), key=len, reverse=True):
        if len(word) >= 3:
            rest = rest.replace(word, "")
    return rest != folded and len(rest) < 6

"""How wide words are in a drawing, before any font has set them; and words made to fit.

A reader's font is not known, so every letter is taken as wide as in the wider ones of the fonts
that readers have.
"""

from functools import cache
from unicodedata import combining, east_asian_width

NARROW = frozenset("ijlIt.,:;'’!|()[]{}/\\-f r\"“”„")
BROAD = frozenset("mwMWØÆæœŒ%@&—…")


def width_of(words: str, size: float) -> float:
    """How wide words may be at a type size."""
    return size * sum(_width(letter) for letter in words)


def shortened(words: str, size: float, widest: float) -> str:
    """The words, or their beginning with an ellipsis, no wider than ``widest``."""
    whole = " ".join(words.split())
    if width_of(whole, size) <= widest:
        return whole
    room = widest - width_of("…", size)
    used, kept = 0.0, []
    for letter in whole:
        used += size * _width(letter)
        if used > room:
            break
        kept.append(letter)
    return "".join(kept).rstrip() + "…"


@cache
def _width(letter: str) -> float:
    if combining(letter):
        return 0.0
    if letter in NARROW:
        return 0.41
    if letter in BROAD or letter.isupper():
        return 1.0 if letter in BROAD else 0.74
    if ord(letter) > 0x2E80 or east_asian_width(letter) in "WF":
        return 1.1
    return 0.64

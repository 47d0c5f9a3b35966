"""Finding words in an opened row, and the line around them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Any

import msgspec

AROUND = 60
_MARKS = re.compile("[\u0300-\u036f]")
_BLANKS = dict.fromkeys(map(ord, "\n\r\t\u00a0\u202f"), " ")


def texts_in(body: Any, silent: frozenset[str] = frozenset()) -> Iterator[str]:
    """Every piece of words in a sealed body, in the order of its fields; states are no words."""
    if type(body) is str:
        yield body
    elif isinstance(body, msgspec.Struct):
        for name in body.__struct_fields__:
            if name not in silent:
                yield from texts_in(getattr(body, name), silent)
    elif isinstance(body, tuple | list):
        for each in body:
            yield from texts_in(each, silent)


def line_around(text: str, wanted: str) -> tuple[str, str, str] | None:
    """The words before, the words themselves as written, the words after; None when not there.

    Letters match whether large or small, and with or without their accents: Åse is found by "ase".
    """
    looked_for = folded(wanted).strip()
    if not looked_for or looked_for not in folded(text):
        return None
    letters, places = _letters_of(text)
    at = letters.find(looked_for)
    if at < 0:
        return None
    start, end = places[at], places[at + len(looked_for) - 1] + 1
    before = text[max(0, start - AROUND) : start].replace("\n", " ")
    after = text[end : end + AROUND].replace("\n", " ")
    return (
        ("… " if start > AROUND else "") + before.lstrip(),
        text[start:end],
        after.rstrip() + (" …" if end + AROUND < len(text) else ""),
    )


def folded(text: str) -> str:
    """The text in small letters without accents, every white space a blank."""
    small = text.casefold().translate(_BLANKS)
    return small if small.isascii() else _MARKS.sub("", unicodedata.normalize("NFKD", small))


def _letters_of(text: str) -> tuple[str, list[int]]:
    """The folded text, and where each letter of it stood."""
    letters, places = [], []
    for place, letter in enumerate(text):
        for each in folded(letter):
            letters.append(each)
            places.append(place)
    return "".join(letters), places

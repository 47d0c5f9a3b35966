"""What people type, made safe to handle before anybody looks at it: one form of Unicode, no traps.

Sources: Unicode TR 15 (normal forms, 13: piles of marks), TR 36 (signs that turn the words around
them), XML 1.0, 2.2 (what is text), RFC 5322 and 6531 (addresses).
"""

import re
import unicodedata

MARKS_IN_A_ROW = 100
LONGEST_ADDRESS = 254  # RFC 5321, 4.5.3.1.3
_TURNS = re.compile("[\u202a-\u202e\u2066-\u2069]")
_CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
_BREAKS = re.compile("\r\n|[\r\v\f]")
_NO_CHARACTERS = "".join(f"{chr(n | 0xFFFE)}{chr(n | 0xFFFF)}" for n in range(0, 0x110000, 0x10000))
_NO_TEXT = re.compile(f"[\x00-\x08\x0e-\x1f\ud800-\udfff\ufdd0-\ufdef\ufeff{_NO_CHARACTERS}]")
_BLANK = frozenset("\u115f\u1160\u2800\u3164\uffa0")
_ADDRESS = re.compile(
    r"""[^@\s<>()\[\]\\,;:"]+@(?:[^\W_](?:[\w-]*[^\W_])?\.)*[^\W_](?:[\w-]*[^\W_])?"""
)


def composed(text: str) -> str:
    """The same words in Unicode NFC.

    Composing takes time by the square of a pile of marks, so a page of nothing but marks would hold
    everybody up for minutes; a text with such a pile stays as it was typed.
    """
    return text if text.isascii() or _has_pile(text) else unicodedata.normalize("NFC", text)


def writable(text: str) -> str:
    """The same words without what is no text: no page, drawing or sheet of paper can hold it.

    That are controls, halves of signs, codes that will never be signs, and the mark that other
    programs leave where a file began. Every kind of line end becomes one.
    """
    plain = text.replace("\r\n", "\n")
    if plain.replace("\n", "").replace("\t", "").isprintable():  # as nearly everything typed is
        return plain
    return _NO_TEXT.sub("", _BREAKS.sub("\n", text))


def one_line(text: str) -> str:
    """A line without signs that nobody sees and that would turn or break what stands around it."""
    return _CONTROLS.sub(" ", _TURNS.sub("", text)).strip()


def can_be_seen(text: str) -> bool:
    """Whether there is anything to see: not only spaces and signs without a shape."""
    return any(unicodedata.category(sign)[0] not in "CZ" and sign not in _BLANK for sign in text)


def is_address(text: str) -> bool:
    """Whether this is one whole e-mail address, which no mail server reads as another."""
    if len(text) > LONGEST_ADDRESS or not text.isprintable() or not _ADDRESS.fullmatch(text):
        return False
    domain = text.rpartition("@")[2]
    return "." in domain or domain == "localhost"


def _has_pile(text: str) -> bool:
    marks = 0
    for sign in text:
        marks = marks + 1 if unicodedata.category(sign)[0] == "M" else 0
        if marks > MARKS_IN_A_ROW:
            return True
    return False

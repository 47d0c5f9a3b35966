"""What a telephone can dial of a number that somebody typed."""

import re

_NUMBER = re.compile(r"\+?[0-9][0-9 ()/.\-]*")
_DIGITS = re.compile(r"[^0-9]")
SHORTEST, LONGEST = 3, 15


def dialled(text: str) -> str:
    """The number as a telephone takes it, ``+4799887766``; empty when it is none (E.164)."""
    typed = text.strip().replace("\N{NO-BREAK SPACE}", " ")
    if not _NUMBER.fullmatch(typed):
        return ""
    digits = _DIGITS.sub("", typed)
    if not SHORTEST <= len(digits) <= LONGEST:
        return ""
    return ("+" if typed.startswith("+") else "") + digits

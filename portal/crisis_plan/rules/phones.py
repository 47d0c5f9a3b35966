"""What a telephone can dial of a number that somebody typed."""

import re

_NUMBER = re.compile(r"\+?[0-9][0-9 ()/.\-]*")
_RUN = re.compile(r"\+?[0-9][0-9 ./\-]*")
_DIGITS = re.compile(r"[^0-9]")
SHORTEST, WHOLE, LONGEST = 3, 6, 15


def dialled(text: str) -> str:
    """The number as a telephone takes it, ``+4799887766``; empty when it is none (E.164).

    Words around it do no harm, as in ``99 88 77 66 (after 16)``, as long as it comes first and is
    the only one: where two could be meant, none is picked.
    """
    typed = text.strip().replace("\N{NO-BREAK SPACE}", " ")
    if _NUMBER.fullmatch(typed):
        return _digits_of(typed)
    first, *others = map(_digits_of, _RUN.findall(typed) or [""])
    return "" if any(len(other) >= WHOLE for other in others) else first


def _digits_of(typed: str) -> str:
    digits = _DIGITS.sub("", typed)
    if not SHORTEST <= len(digits) <= LONGEST:
        return ""
    return ("+" if typed.startswith("+") else "") + digits

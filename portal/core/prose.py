"""Words as a person typed them, made into safe HTML, in this one place.

Everything is escaped, nothing is parsed: what looks like markup is shown as it was typed. Blank
lines part paragraphs, and addresses that begin with http:// or https:// become links, but not those
that name somebody before the host (``https://bank.example@elsewhere``): they lead elsewhere than
they seem to. Signs that turn the words after them around are not shown. Where a link was made, nh3
is the last gate (decision 1). The style sheet keeps line breaks and spaces.
"""

import re

import nh3
from markupsafe import Markup, escape

from portal.core.escaping import shown

_BLANK_LINES = re.compile(r"\n[ \t]*\n\s*")
_LINK = re.compile(r"https?://[^\s<>\"'`]{3,2000}", re.IGNORECASE)
_UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069]")
_SEEN = bytes(range(0x20, 0x7F))
_NAMES_SOMEBODY = re.compile(r"https?:/*[^/?#\\]*@", re.IGNORECASE)
_AFTER_LINK = frozenset(".,;:!?*_~…”’»")
_PAIRS = {")": "(", "]": "[", "}": "{"}


def prose(text: str) -> Markup:
    """Paragraphs of safe HTML; an empty text gives nothing."""
    if type(text) is str and _is_one_line(text) and "://" not in text and text.strip():
        return Markup(f"<p>{shown(text)}</p>")  # nosec B704  # one line, escaped
    typed = _UNSEEN.sub("", str(text).replace("\r\n", "\n").replace("\r", "\n")).strip("\n")
    if not typed or typed.isspace():
        return Markup()
    has_link = "://" in typed
    safe = _with_links(typed) if has_link else str(escape(typed))
    html = f"<p>{_BLANK_LINES.sub('</p><p>', safe)}</p>"
    return Markup(_last_gate(html) if has_link else html)  # nosec B704  # escaped and cleaned above


def _is_one_line(text: str) -> bool:
    """Whether every sign is one that is seen; of plain English words this is known at once."""
    if text.isascii():
        return not text.encode().translate(None, _SEEN)
    return text.isprintable()


def _with_links(text: str) -> str:
    made, at = [], 0
    for found in _LINK.finditer(text):
        address = _without_tail(found.group())
        made += [str(escape(text[at : found.start()])), _link(address)]
        at = found.start() + len(address)
    return "".join([*made, str(escape(text[at:]))])


def _link(address: str) -> str:
    if _NAMES_SOMEBODY.match(address):
        return str(escape(address))
    return f'<a href="{escape(address)}">{escape(address)}</a>'


def _without_tail(address: str) -> str:
    """The address without the full stop or the bracket that belongs to the sentence around it."""
    end, spare = len(address), {sign: address.count(sign) for sign in "()[]{}"}
    while end and (address[end - 1] in _AFTER_LINK or _is_unpaired(address[end - 1], spare)):
        end -= 1
        if address[end] in spare:
            spare[address[end]] -= 1
    return address[:end]


def _is_unpaired(sign: str, spare: dict[str, int]) -> bool:
    return sign in _PAIRS and spare[sign] > spare[_PAIRS[sign]]


def _last_gate(html: str) -> str:
    return nh3.clean(
        html,
        tags={"p", "a"},
        attributes={"a": {"href"}},
        url_schemes={"http", "https"},
        link_rel="noopener noreferrer nofollow",
    )

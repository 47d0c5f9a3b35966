"""First words for whom it is hard to begin (Friction 2), in one place for page and press."""

from portal.core.languages import _

STARTERS = (
    _("Today it is hard to …"),
    _("I do not need advice, I just want you to know that …"),
    _("Something that went all right was …"),
    _("Before we meet, I would like you to think about …"),
    _("I do not know what I need. It feels like …"),
)
_MORE = "…"


def open_end(words: str) -> str:
    """A starter as it stands in the box: without the dots, ready to be gone on with."""
    return words.removesuffix(_MORE)

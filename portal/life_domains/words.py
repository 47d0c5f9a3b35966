"""What the shorter answers of an entry are called, in one place for pages and paper."""

from portal.core.languages import _
from portal.life_domains.shapes import EntryBody, MoreHelp

LOWEST, HIGHEST = 1, 7

RATINGS = {
    1: _("1, very hard now"),
    2: _("2"),
    3: _("3"),
    4: _("4, in between"),
    5: _("5"),
    6: _("6"),
    7: _("7, good as it is"),
}
"""The scale with its own anchors, as one picks from it."""

MORE_HELP = {
    MoreHelp.YES: _("Yes"),
    MoreHelp.NO: _("No"),
    MoreHelp.NOT_NOW: _("Not now"),
}

_BETWEEN = _("%(number)s, where 1 is very hard now and 7 good as it is")


def rating_words(rating: int) -> str:
    """Where it stands, so that it is understood without the scale beside it."""
    if rating in (1, 4, 7):
        return str(RATINGS[rating])
    return str(_BETWEEN) % {"number": rating}


def facts_of(body: EntryBody) -> tuple[tuple[str, str], ...]:
    """The shorter answers of an entry, term by term, without those that were left."""
    facts = [
        (str(_("What helps")), body.helps),
        (str(_("What gets in the way")), body.hinders),
        (str(_("How it is, 1 to 7")), rating_words(body.rating) if body.rating else ""),
        (str(_("More help")), str(MORE_HELP[body.more_help]) if body.more_help else ""),
    ]
    return tuple((term, str(text)) for term, text in facts if text)

"""The forms of life domains: how it is, and what a domain is called."""

from typing import Any

from wtforms import RadioField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # older stubs

from portal.core.forms import Line, PortalForm, Words, at_most, needed
from portal.core.languages import _
from portal.life_domains.shapes import EntryBody, MoreHelp
from portal.life_domains.words import MORE_HELP, RATINGS

NAME_MAX = 60
WORDS_MAX = 4000


class EntryForm(PortalForm):
    """How it is in a domain: words first; each question can be left."""

    status = Words(_("How is it, in your own words?"), [at_most(WORDS_MAX)])
    helps = Words(_("What helps?"), [at_most(WORDS_MAX)])
    hinders = Words(_("What gets in the way?"), [at_most(WORDS_MAX)])
    rating = RadioField(
        _("If you were to put it on a line, where is it?"),
        choices=[
            SelectChoice("", _("I leave this out")),
            *(SelectChoice(str(number), name) for number, name in RATINGS.items()),
        ],
        default="",
    )
    more_help = RadioField(
        _("Would you like more help with this?"),
        choices=[
            SelectChoice("", _("I leave this out")),
            *(SelectChoice(each.value, name) for each, name in MORE_HELP.items()),
        ],
        default="",
    )

    def to_body(self) -> EntryBody:
        """The words and answers."""
        return EntryBody(
            status=self.status.data or "",
            helps=self.helps.data or "",
            hinders=self.hinders.data or "",
            rating=int(self.rating.data) if self.rating.data else None,
            more_help=MoreHelp(self.more_help.data) if self.more_help.data else None,
        )


def entry_words(body: EntryBody) -> dict[str, Any]:
    """What the form of an entry shows at first."""
    return {
        "status": body.status,
        "helps": body.helps,
        "hinders": body.hinders,
        "rating": str(body.rating or ""),
        "more_help": body.more_help.value if body.more_help else "",
    }


class AddForm(PortalForm):
    """A domain of one's own."""

    name = Line(_("Another part of your life"), [needed(), at_most(NAME_MAX)])

    def to_body(self) -> str:
        """Its name."""
        return self.name.data or ""


class NameForm(PortalForm):
    """Another name for a domain; empty gives back the first one."""

    name = Line(_("What do you call it?"), [at_most(NAME_MAX)])

    def to_body(self) -> str:
        """The name."""
        return self.name.data or ""

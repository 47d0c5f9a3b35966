"""The forms of what matters: a few sentences, and a line for the list."""

from portal.core.forms import Line, PortalForm, Words, at_most, needed
from portal.core.languages import _

SENTENCE_MAX = 1000
LINE_MAX = 300


class SentenceForm(PortalForm):
    """What matters, in a sentence or a few."""

    text = Words(_("What matters to me"), [needed(), at_most(SENTENCE_MAX)])

    def to_body(self) -> str:
        """The words."""
        return self.text.data or ""


class WellForm(PortalForm):
    """One line of what keeps one well."""

    text = Line(_("What keeps me well"), [needed(), at_most(LINE_MAX)])

    def to_body(self) -> str:
        """The words."""
        return self.text.data or ""

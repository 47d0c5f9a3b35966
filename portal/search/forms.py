"""The one box of a search."""

from portal.core.forms import Line, PortalForm, at_most, needed
from portal.core.languages import _

LONGEST = 100


class SearchForm(PortalForm):
    """The words somebody looks for. They are not kept as a draft."""

    words = Line(
        _("Which words?"), [needed(_("Please write a word to look for.")), at_most(LONGEST)]
    )

    def to_body(self) -> str:
        """The words."""
        return self.words.data or ""

    @classmethod
    def _keeps_words(cls) -> bool:
        return False

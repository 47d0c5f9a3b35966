"""The one box of the night list."""

from portal.core.forms import PortalForm, Words, at_most, needed
from portal.core.languages import _

LINE_MAX = 2000


class NightForm(PortalForm):
    """What is on one's mind, as it comes."""

    text = Words(_("What is on your mind?"), [needed(), at_most(LINE_MAX)])

    def to_body(self) -> str:
        """The words."""
        return self.text.data or ""

"""The form of a page for the record: what is ticked, and the owner's own words."""

from typing import Any

from wtforms import BooleanField, SelectMultipleField

from portal.core.forms import PortalForm, Words, at_most
from portal.core.languages import _
from portal.record.shapes import RecordWish

WORDS_MAX = 2000


class Picks(SelectMultipleField):
    """Ids that were ticked. The service knows which there are; others count for nothing."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__("", choices=[], validate_choice=False, **kwargs)

    def to_ids(self) -> frozenset[str]:
        """The ids as they came."""
        return frozenset(self.data or ())


class RecordForm(PortalForm):
    """What stands on the page."""

    words = Words(_("In my own words"), [at_most(WORDS_MAX)])
    matters = BooleanField("")
    agreement = BooleanField("")
    goal = Picks()
    why = Picks()
    piece = Picks()
    life = Picks()
    kept = Picks()

    def to_body(self) -> RecordWish:
        """What the owner wishes to have on the page; a goal goes with its why and its pieces."""
        whys, pieces = self.why.to_ids(), self.piece.to_ids()
        return RecordWish(
            words=self.words.data or "",
            with_matters=bool(self.matters.data),
            with_agreement=bool(self.agreement.data),
            goals=self.goal.to_ids() | whys | pieces,
            whys=whys,
            pieces=pieces,
            life=self.life.to_ids(),
            kept=self.kept.to_ids(),
        )

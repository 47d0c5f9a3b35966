"""A card on paper: both sides on one page, and the same in words."""

from uuid import UUID

from portal.core.clock import local_day
from portal.core.errors import NotVisible
from portal.core.languages import _
from portal.core.sheet import Facts, Picture, Sheet
from portal.core.sheet import Section as SheetSection
from portal.crisis_plan.rules.card import Sides, card_drawing
from portal.crisis_plan.service.cards import card_page
from portal.vault.viewer import Viewer


def card_sheet(viewer: Viewer, card_id: UUID, public_url: str) -> Sheet:
    """One of the viewer's own living cards, to print and cut out; or NotVisible."""
    card = card_page(viewer, card_id)
    if not card.groups:
        raise NotVisible
    calls = [f"{call.name}: {call.number}" for call in card.first.calls]
    address = public_url.split("//", 1)[-1] + "/card"
    sides = Sides(
        headline=card.name or str(_("My plan")),
        todo=str(_("I may need help. My plan says how. Please scan this, or type the code.")),
        address=address,
        groups=card.groups,
        back_title=str(_("First")),
        back=[*card.first.steps[:4], *calls[:4]],
    )
    title = str(_("A card with a code that opens my plan"))
    link = f"{public_url}/card/{card.token}"
    desc = " ".join([sides.todo, address, *card.groups, *sides.back])
    drawing = card_drawing(sides, link, title=title, desc=desc)
    return Sheet(
        title=str(_("Card for the wallet")),
        name=card.label,
        on=local_day(viewer.now, viewer.zone),
        sections=(
            SheetSection(
                str(_("Cut it out and fold it")),
                (
                    Picture(drawing),
                    Facts(
                        (
                            (str(_("Address")), address),
                            (str(_("Code")), " ".join(card.groups)),
                            (str(_("It opens")), ", ".join(card.headings)),
                        )
                    ),
                ),
            ),
        ),
        is_wide=True,
    )

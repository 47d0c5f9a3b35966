"""Who opened what, and when: for the owner alone, by the day and the hour (friction 31)."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from portal.access.openings import PAGE, openings_of
from portal.core.web import Page, page_token
from portal.dyads.service.pairs import dyads_of
from portal.vault.models import Part
from portal.vault.viewer import Viewer


@dataclass(frozen=True, slots=True)
class OpeningLine:
    """Somebody opened a part, in the hour from ``hour_at``."""

    id: UUID
    name: str
    part: Part
    hour_at: datetime


def openings_page(viewer: Viewer, *, before: UUID | None = None) -> Page[OpeningLine]:
    """The viewer's own log, newest first, 50 lines a page; the names are those of their pairs."""
    names = {card.worker_id: card.worker_name for card in dyads_of(viewer)}
    cards = openings_of(viewer, before=before)
    lines = [
        OpeningLine(card.id, names.get(card.viewer_id, ""), card.part, card.hour_at)
        for card in cards
    ]
    older = page_token(cards[-1].id) if len(cards) == PAGE else None
    return Page(lines, older=older)

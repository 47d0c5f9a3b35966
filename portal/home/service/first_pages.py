"""The owner's first page and the worker's "your turn"."""

from datetime import datetime
from typing import NamedTuple

from portal.dyads.invitations.service import letters_now
from portal.dyads.service import dyads_of
from portal.goals.service import for_today
from portal.home.service.pairs import pairs_of, past_days_away
from portal.home.shapes import OwnerHome, PairCard, YourTurn
from portal.vault.models import Part
from portal.vault.viewer import Viewer

OPENING = (Part.GOALS, Part.WHAT_MATTERS, Part.NIGHT)


class _Rank(NamedTuple):
    """What is due soonest stands first; the rest by name."""

    is_without_day: bool
    due_at: datetime
    name: str


def owner_home(viewer: Viewer) -> OwnerHome:
    """The owner's first page: what is new, the next meeting, a few pieces for today."""
    dyads = dyads_of(viewer, opening=OPENING)
    pairs = pairs_of(viewer, dyads)
    names = {dyad.partner_id: dyad.partner_name for dyad in dyads}
    today = for_today(viewer, lambda person_id: names.get(person_id, ""))
    return OwnerHome(
        pairs=pairs,
        goodbyes=[dyad for dyad in dyads if dyad.tells_its_end],
        today=today,
        letters=letters_now(viewer),
        is_new=not dyads and not today.pieces,
    )


def your_turn(viewer: Viewer) -> YourTurn:
    """Everything that waits for the worker, the nearest answer-by moment first."""
    pairs = past_days_away(viewer, pairs_of(viewer, dyads_of(viewer)))
    return YourTurn(
        turns=sorted((each for each in pairs if each.has_something), key=_rank),
        others=[pair for pair in pairs if not pair.has_something],
        letters=letters_now(viewer),
    )


def _rank(pair: PairCard) -> _Rank:
    due_at = pair.thread.due_at
    return _Rank(due_at is None, due_at or pair.dyad.made_at, pair.dyad.partner_name)

"""The review before a meeting: the goals that an owner shares, as the worker sees them.

The owner's preview goes through the same function, so it shows exactly what the worker gets.
"""

import enum
from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import and_, bindparam, select

from portal.access.openings import last_opened, note_opened
from portal.agreements.models import Agreement
from portal.agreements.service.essentials import ESSENTIALS, essentials_in
from portal.agreements.service.terms import STANDS
from portal.agreements.shapes import Essentials
from portal.core.clock import local_day
from portal.core.errors import NotVisible
from portal.core.rows import Several, read
from portal.core.web import place_token, read_place
from portal.dyads.models import Dyad
from portal.dyads.service import dyad_for, dyads_of
from portal.dyads.shapes import DyadCard
from portal.goals.rules import review as rules
from portal.goals.service import reading
from portal.goals.service.reading import Whole
from portal.goals.shapes.bodies import Encouragement
from portal.goals.shapes.pages import GoalsReview, ReviewPage
from portal.meetings.rules import LENGTH
from portal.meetings.service.coming import last_met
from portal.vault.models import Part
from portal.vault.viewer import Viewer

PAGE = 40


class Since(enum.Enum):
    """From when on the worker wants to see what happened."""

    MET = "met"
    LOOKED = "looked"
    START = "start"


def review_page(
    viewer: Viewer, dyad_id: UUID, pick: Since, before: str | None = None
) -> ReviewPage:
    """The review of one pair, with the agreement's essentials beside it (Friction 49).

    When the two have never met here, or the worker has never looked, it goes from the start.
    """
    dyad = dyad_for(viewer, dyad_id, opening=(Part.GOALS, Part.LIFE_DOMAINS))
    (row,) = read(_ONE, {"dyad_id": dyad_id, "over_at": viewer.now - LENGTH})
    beside = _BESIDE.of(row)
    since = _since(viewer, dyad, pick, beside.met.at)
    review = goals_review(viewer, dyad.owner_id, since, dyad=dyad, before=before)
    essentials = _essentials(viewer, dyad, beside.agreement)
    return ReviewPage(dyad.id, dyad.owner_name, pick.value, review, essentials)


def goals_review(
    viewer: Viewer,
    owner_id: UUID,
    since: datetime | None,
    *,
    dyad: DyadCard | None = None,
    before: str | None = None,
) -> GoalsReview:
    """The goals that an owner shares with the viewer, with what happened since an instant.

    With `since` None, from the start. `dyad` spares two queries where the page has it already.
    Raises NotVisible when the owner shares no goals with the viewer. Notes the opening in the
    owner's log, after the answer.
    """
    dyad = dyad or _live_dyad(viewer, owner_id)
    if dyad.is_owner or not dyad.is_live or dyad.owner_id != owner_id:
        raise NotVisible
    reading.open_keys(viewer, owner_id)
    viewer.box.shared_key(owner_id, Part.GOALS)
    note_opened(viewer, owner_id, Part.GOALS)
    found = reading.page_with_all(
        viewer,
        owner_id,
        wanted=lambda card: rules.is_worth_showing(card, since),
        size=PAGE,
        names=lambda _: viewer.name,
        before=read_place(before),
    )
    older = place_token(found.older)
    return review_of(viewer, dyad, found.goals, since=since, for_all=found.for_all, older=older)


def review_of(
    viewer: Viewer,
    dyad: DyadCard,
    wholes: Sequence[Whole],
    *,
    since: datetime | None,
    for_all: Encouragement | None,
    older: str | None = None,
    is_preview: bool = False,
) -> GoalsReview:
    """Some goals as the worker of a pair sees them. Of offers they see their own."""
    seen = [
        rules.reviewed(
            whole.goal,
            whole.pieces,
            [offer for offer in whole.offers if offer.author_id == dyad.worker_id],
            since,
            for_all,
        )
        for whole in wholes
    ]
    return GoalsReview(
        owner_name=dyad.owner_name,
        since=since,
        goals=rules.in_review_order(seen),
        older=older,
        today=local_day(viewer.now, viewer.zone),
        dyad_id=dyad.id,
        is_preview=is_preview,
        for_all=for_all,
    )


def _since(viewer: Viewer, dyad: DyadCard, pick: Since, met_at: datetime | None) -> datetime | None:
    if pick is Since.MET:
        return met_at
    if pick is Since.LOOKED:
        return last_opened(viewer, dyad.owner_id, Part.GOALS)
    return None


def _essentials(viewer: Viewer, dyad: DyadCard, agreement: Any) -> Essentials | None:
    return None if agreement.id is None else essentials_in(viewer, dyad, agreement)


def _live_dyad(viewer: Viewer, owner_id: UUID) -> DyadCard:
    for dyad in dyads_of(viewer):
        if dyad.owner_id == owner_id and dyad.is_live:
            return dyad
    raise NotVisible


_dyads: Any = Dyad.__table__
_agreements: Any = Agreement.__table__
_OVER_AT = bindparam("over_at", type_=_agreements.c.accepted_at.type)
_BESIDE = Several(
    agreement=ESSENTIALS,
    met=[last_met(_dyads.c.id, _OVER_AT).scalar_subquery().label("at")],
)
_ONE = (
    select(*_BESIDE.columns)
    .outerjoin_from(_dyads, _agreements, and_(_agreements.c.dyad_id == _dyads.c.id, STANDS))
    .where(_dyads.c.id == bindparam("dyad_id", type_=_dyads.c.id.type))
)

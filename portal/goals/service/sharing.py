"""Sharing goals with a worker, after seeing exactly what they would see (Friction 26).

Each goal is the owner's alone until the owner lets it go along. Everybody with whom the goals
part is shared sees the same shared goals; an end of sharing needs no reason and works at once.
"""

import hashlib
from collections.abc import Sequence
from uuid import UUID

from msgspec.structs import replace

from portal.agreements.service import ask_for_review
from portal.agreements.shapes import Why
from portal.core.errors import Conflict, NotVisible
from portal.core.languages import _
from portal.dyads.service import share_part, unshare_part
from portal.dyads.shapes import DyadCard
from portal.goals.service import reading, writing
from portal.goals.service.names import People, names_of_people
from portal.goals.service.review import review_of
from portal.goals.shapes.bodies import GoalState
from portal.goals.shapes.pages import (
    GoalAudience,
    GoalCard,
    GoalsReview,
    SharingChoice,
    SharingPreview,
)
from portal.vault.models import Audience, Part
from portal.vault.viewer import Viewer

LOOK_AGAIN = _("Something changed since you looked. Please look at it once more.")


def sharing_choice(viewer: Viewer, dyad_id: UUID) -> SharingChoice:
    """The viewer's goals to choose from for one worker: all but those let go and never shared."""
    people = names_of_people(viewer)
    goals = reading.all_goals(viewer, viewer.person_id)
    return _choice(people, dyad_id, [card for card in goals if _may_go_along(card)])


def sharing_preview(viewer: Viewer, dyad_id: UUID, goal_ids: Sequence[UUID]) -> SharingPreview:
    """What a worker would see if exactly these goals were shared."""
    people = names_of_people(viewer)
    dyad = _own_dyad(people, dyad_id)
    found = reading.these_with_all(viewer, viewer.person_id, goal_ids, people.name_of)
    wholes = [whole for whole in found if _may_go_along(whole.goal)]
    goals = [whole.goal for whole in wholes]
    return SharingPreview(
        choice=_choice(people, dyad_id, goals),
        review=review_of(viewer, dyad, wholes, since=None, is_preview=True),
        goal_ids=tuple(goal.id for goal in goals),
        seen=_mark(goals),
    )


def share_goals(viewer: Viewer, dyad_id: UUID, goal_ids: Sequence[UUID], *, seen: str) -> None:
    """Let a worker see these goals, and no others; `seen` is the mark of what was previewed.

    Shared goals that are left out become the owner's alone again, for everybody. Raises Conflict
    when something changed since the preview. New sharing asks both whether their agreement still
    fits (Friction 23).
    """
    preview = sharing_preview(viewer, dyad_id, goal_ids)
    chosen = set(preview.goal_ids)
    cards = reading.all_goals(viewer, viewer.person_id)
    if preview.choice.is_on and chosen == {card.id for card in cards if card.is_shared}:
        return  # the same press twice
    if preview.seen != seen:
        raise Conflict(LOOK_AGAIN)
    for card in cards:
        if card.is_shared != (card.id in chosen):
            _move(viewer, card.id, Audience.SHARED if card.id in chosen else Audience.ONLY_ME)
    share_part(viewer, dyad_id, Part.GOALS)
    if not preview.choice.is_on:
        ask_for_review(dyad_id, Why.NEW_SHARING, viewer.now)


def stop_sharing(viewer: Viewer, dyad_id: UUID) -> None:
    """End a worker's sight of the goals at once. What is written from now on has a new key."""
    unshare_part(viewer, dyad_id, Part.GOALS)


def goal_audience(viewer: Viewer, goal_id: UUID) -> GoalAudience:
    """Who sees one goal; and, while it is the owner's alone, how it would look to the others."""
    people = names_of_people(viewer)
    whole = reading.one_with_all(viewer, viewer.person_id, goal_id, people.name_of)
    review: GoalsReview | None = None
    seeing = [dyad for dyad in people.dyads if dyad.worker_id in people.ids_that_see_goals]
    if seeing and not whole.goal.is_shared:
        review = review_of(viewer, seeing[0], [whole], since=None, is_preview=True)
    return GoalAudience(whole.goal, people.who_sees_goals, review, _mark([whole.goal]))


def let_goal_go_along(viewer: Viewer, goal_id: UUID, *, seen: str) -> None:
    """Let those with whom goals are shared see this one too, with its pieces and history.

    `seen` is the mark of the preview. Raises Conflict when something changed since.
    """
    found = goal_audience(viewer, goal_id)
    if not found.goal.is_shared and found.seen != seen:
        raise Conflict(LOOK_AGAIN)
    _move(viewer, goal_id, Audience.SHARED)


def keep_goal_back(viewer: Viewer, goal_id: UUID) -> None:
    """Make a goal the owner's alone again, with its pieces, offers and history."""
    _move(viewer, goal_id, Audience.ONLY_ME)


def _move(viewer: Viewer, goal_id: UUID, audience: Audience) -> None:
    row, body, now_for = writing.own_goal(viewer, goal_id)
    if now_for is audience:
        return
    shared_at = viewer.now if audience is Audience.SHARED else None
    writing.keep_goal(viewer, row, replace(body, shared_at=shared_at), audience)
    key = writing.own_key(viewer, audience)
    for within in (*writing.pieces_in(row), *writing.offers_in(row)):
        viewer.box.move(within, key)
    writing.flush()


def _choice(people: People, dyad_id: UUID, goals: Sequence[GoalCard]) -> SharingChoice:
    dyad = _own_dyad(people, dyad_id)
    names = people.who_sees_goals
    return SharingChoice(
        dyad_id=dyad.id,
        partner_name=dyad.partner_name,
        is_on=dyad.worker_id in people.ids_that_see_goals,
        others=tuple(name for name in names if name != dyad.partner_name),
        goals=tuple(goals),
    )


def _own_dyad(people: People, dyad_id: UUID) -> DyadCard:
    for dyad in people.dyads:
        if dyad.id == dyad_id and dyad.is_live and dyad.is_owner:
            return dyad
    raise NotVisible


def _may_go_along(card: GoalCard) -> bool:
    return card.is_shared or card.body.state is not GoalState.LET_GO


def _mark(goals: Sequence[GoalCard]) -> str:
    """A mark of some goals as they are now: it changes when any of them, or a piece, does."""
    now = ";".join(sorted(f"{card.id.hex}@{card.changed_at.isoformat()}" for card in goals))
    return hashlib.sha256(now.encode()).hexdigest()

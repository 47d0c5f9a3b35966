"""Goals as the toolbox's pages of sharing need them (Friction 26).

Each goal is the owner's alone until the owner lets it go along, with its pieces, the ideas offered
for it and its history.
"""

from collections.abc import Collection
from uuid import UUID

from msgspec.structs import replace

from portal.dyads.shapes import DyadCard
from portal.goals.rules import review as rules
from portal.goals.service import reading, writing
from portal.goals.service.review import goals_review, review_of
from portal.goals.shapes.pages import GoalCard, GoalsReview
from portal.toolbox.service import move_rows
from portal.vault.models import Audience
from portal.vault.viewer import Viewer


def goals_to_share(viewer: Viewer) -> list[GoalCard]:
    """The viewer's own goals that may go along: all but those let go and never shared."""
    found = reading.all_goals(viewer, viewer.person_id)
    return [goal for goal in found.goals if rules.may_go_along(goal)]


def goals_shown(viewer: Viewer, dyad: DyadCard, only: Collection[UUID] | None) -> GoalsReview:
    """Shared goals as the worker of a pair sees them; the owner's preview shows ``only`` some."""
    if only is None:
        return goals_review(viewer, dyad.owner_id, None, dyad=dyad)

    def names(person_id: UUID) -> str:
        return dyad.worker_name if person_id == dyad.worker_id else ""

    wholes = reading.these_with_all(viewer, list(only), names, dyad.worker_id)
    going = [whole for whole in wholes if rules.may_go_along(whole.goal)]
    for_all = going[0].for_all if going else None
    return review_of(viewer, dyad, going, since=None, for_all=for_all, is_preview=True)


def move_goal_to(viewer: Viewer, goal_id: UUID, audience: Audience) -> None:
    """Let a goal go along when goals are shared, or keep it back, with all that it holds."""
    row, body, now_for = writing.own_goal(viewer, goal_id)
    if now_for is audience:
        return
    shared_at = viewer.now if audience is Audience.SHARED else None
    writing.keep_goal(viewer, row, replace(body, shared_at=shared_at), audience)
    move_rows(viewer, (*writing.pieces_in(row), *writing.offers_in(row)), audience)

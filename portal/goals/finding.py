"""Where words lie in goals, for somebody who looks for them."""

from uuid import UUID

from portal.access.finding import Findable
from portal.core.languages import _
from portal.goals.models import Activity, Goal, GoalFormer, Offer
from portal.goals.shapes.bodies import ActivityBody, GoalBody, OfferBody, WordingBody


def _path(goal_id: UUID, dyad_id: UUID | None) -> str:
    return f"/people/{dyad_id}/goals" if dyad_id else f"/goals/{goal_id}"


FINDABLE = (
    Findable(_("A goal"), Goal, GoalBody, Goal.id, _path, silent=frozenset({"domain"})),
    Findable(_("A goal, as it was"), GoalFormer, WordingBody, GoalFormer.goal_id, _path),
    Findable(_("A piece of a goal"), Activity, ActivityBody, Activity.goal_id, _path),
    Findable(_("An idea for a goal"), Offer, OfferBody, Offer.goal_id, _path),
)

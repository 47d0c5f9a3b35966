"""Before a meeting: what the owner wants to use the time on, and what has happened since."""

from uuid import UUID

from portal.core.errors import NotVisible
from portal.dyads.service import dyad_for
from portal.goals.service import goals_review
from portal.goals.shapes.pages import GoalsReview
from portal.home.service.pairs import pair_beside
from portal.home.shapes import BeforeMeeting
from portal.meetings.service import meetings_for
from portal.meetings.shapes import MeetingPage
from portal.vault.models import Part
from portal.vault.viewer import Viewer

OPENING = (Part.GOALS, Part.LIFE_DOMAINS, Part.WHAT_MATTERS)


def before_meeting(viewer: Viewer, dyad_id: UUID) -> BeforeMeeting:
    """What a worker sees before they meet the owner: the list first, then the shared goals."""
    dyad = dyad_for(viewer, dyad_id, opening=OPENING)
    meeting = meetings_for(viewer, dyad_id, dyad=dyad)
    found = pair_beside(viewer, meeting)
    return BeforeMeeting(
        pair=found.pair,
        meeting=meeting,
        shows_what_matters=_is_shared(viewer, dyad.owner_id, Part.WHAT_MATTERS),
        goals=_goals(viewer, meeting),
        essentials=found.essentials(viewer),
    )


def _goals(viewer: Viewer, page: MeetingPage) -> GoalsReview | None:
    """The shared goals since the two last met; None when the owner shares none."""
    try:
        return goals_review(viewer, page.dyad.owner_id, page.last_met_at, dyad=page.dyad)
    except NotVisible:
        return None


def _is_shared(viewer: Viewer, owner_id: UUID, part: Part) -> bool:
    """Whether the owner shares a part with the viewer now; asks nothing, the keys lie open."""
    try:
        viewer.box.shared_key(owner_id, part)
    except NotVisible:
        return False
    return True

"""How a goal was worded before: kept when its owner says it anew, and read a page at a time.

Always the owner's alone, whoever sees the goal, so that no sharing shows words taken back.
"""

from uuid import UUID

from portal.access.service import visible
from portal.core.db import db
from portal.core.row_ids import new_id
from portal.core.web import Page, read_place
from portal.goals.models import GoalFormer
from portal.goals.shapes.bodies import GoalBody, WordingBody
from portal.goals.shapes.pages import FormerWording
from portal.toolbox.service import FORMERS, keep_row, older_than, page_of
from portal.vault.models import Audience
from portal.vault.viewer import Viewer


def keep_former(viewer: Viewer, goal_id: UUID, before: GoalBody, now: GoalBody) -> bool:
    """Keep how a goal of the viewer's own was worded; False when its words are the same."""
    former = _wording(before)
    if former == _wording(now):
        return False
    row = GoalFormer(id=new_id(), owner_id=viewer.person_id, goal_id=goal_id)
    keep_row(viewer, row, former, Audience.ONLY_ME)
    return True


def former_wordings(
    viewer: Viewer, goal_id: UUID, before: str | None = None
) -> Page[FormerWording]:
    """A page of how one of the viewer's own goals was worded, newest first. One query."""
    found = db.session.scalars(
        visible(GoalFormer, viewer, viewer.person_id)
        .where(GoalFormer.goal_id == goal_id, *older_than(GoalFormer, read_place(before)))
        .order_by(GoalFormer.made_at.desc(), GoalFormer.id.desc())
        .limit(FORMERS + 1)
    )
    page = page_of(found.all())
    shown = viewer.box.each(page.items, lambda row: _shown(viewer, row))
    return Page(list(shown), older=page.older)


def _wording(body: GoalBody) -> WordingBody:
    return WordingBody(body.title, body.why)


def _shown(viewer: Viewer, row: GoalFormer) -> FormerWording:
    return FormerWording(viewer.box.open(row, WordingBody), row.made_at)

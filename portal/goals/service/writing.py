"""Writing goals: finding the owner's own row, and sealing it again under the key it belongs to.

A row that two pages change at one time is refused to the later one, so nothing is lost unseen.
"""

from uuid import UUID

from sqlalchemy import select, update

from portal.access.service import visible
from portal.core.db import db
from portal.core.errors import NotVisible
from portal.goals.models import Activity, Goal, Offer
from portal.goals.shapes.bodies import ActivityBody, GoalBody
from portal.toolbox.service import flush, own_row
from portal.vault.keyring import KeyHandle
from portal.vault.models import Audience, Part
from portal.vault.viewer import Viewer


def own_goal(viewer: Viewer, goal_id: UUID) -> tuple[Goal, GoalBody, Audience]:
    """One of the viewer's own goals, opened, and who it is sealed for; or NotVisible."""
    return own_row(viewer, Goal, goal_id, GoalBody)


def own_piece(viewer: Viewer, goal_id: UUID, piece_id: UUID) -> tuple[Activity, ActivityBody]:
    """One piece of one of the viewer's own goals, opened; or NotVisible."""
    row = db.session.scalar(
        visible(Activity, viewer, viewer.person_id).where(
            Activity.id == piece_id, Activity.goal_id == goal_id
        )
    )
    if row is None:
        raise NotVisible
    return row, viewer.box.open(row, ActivityBody)


def pieces_in(goal: Goal) -> list[Activity]:
    """The rows of a goal's pieces. The goal has been found visible before."""
    rows = (
        select(Activity).where(Activity.goal_id == goal.id).order_by(Activity.made_at, Activity.id)
    )
    return list(db.session.scalars(rows))


def offers_in(goal: Goal) -> list[Offer]:
    """The rows of the ideas offered for a goal. The goal has been found visible before."""
    return list(db.session.scalars(select(Offer).where(Offer.goal_id == goal.id)))


def own_key(viewer: Viewer, audience: Audience) -> KeyHandle:
    """The viewer's own key for goals: only theirs, or the part's shared one."""
    return viewer.box.own_key(Part.GOALS, audience, now=viewer.now)


def keep_goal(viewer: Viewer, row: Goal, body: GoalBody, audience: Audience) -> None:
    """Seal a changed goal. Raises Conflict when another page changed it a moment ago."""
    viewer.box.seal(row, body, own_key(viewer, audience), now=viewer.now)
    flush()


def keep_piece(viewer: Viewer, row: Activity, body: ActivityBody, audience: Audience) -> None:
    """Seal a changed piece, and let its goal count as changed now."""
    viewer.box.seal(row, body, own_key(viewer, audience), now=viewer.now)
    flush()
    touch(viewer, row.goal_id)


def touch(viewer: Viewer, goal_id: UUID) -> None:
    """Let a goal count as changed now, without sealing it again."""
    db.session.execute(update(Goal).where(Goal.id == goal_id).values(changed_at=viewer.now))

"""Reminders of pieces: a due time and an opaque key, nothing that says what it is about."""

from uuid import UUID

from portal.core.clock import local_day
from portal.goals.models import Activity, Goal
from portal.goals.rules.pieces import reminder_due, rhythm
from portal.goals.service import writing
from portal.goals.shapes.bodies import ActivityBody, GoalBody, GoalState
from portal.notifications.shapes import NoticeKind
from portal.reminders.service import answered, forget, remind
from portal.vault.viewer import Viewer


def nudge_piece(viewer: Viewer, row: Activity, body: ActivityBody, state: GoalState) -> None:
    """Set, move or take away the reminder of a piece, as the piece and its goal now stand.

    The owner has just done something with it, so the last reminder was not ignored.
    """
    answered(reminder_key(row.id), person_id=viewer.person_id)
    due = reminder_due(body, state, viewer.zone, viewer.now)
    if due is None:
        forget(reminder_key(row.id), person_id=viewer.person_id)
        return
    remind(
        viewer.person_id,
        NoticeKind.ACTIVITY_REMINDER,
        at=due,
        key=reminder_key(row.id),
        now=viewer.now,
        repeat=rhythm(body, local_day(due, viewer.zone)),
    )


def nudge_goal(viewer: Viewer, goal: Goal, body: GoalBody) -> None:
    """The same for all pieces of a goal, after the goal rests, goes on or ends."""
    for row in writing.pieces_in(goal):
        nudge_piece(viewer, row, viewer.box.open(row, ActivityBody), body.state)


def reminder_key(piece_id: UUID) -> str:
    """What the reminder of a piece is called; it says nothing to anybody else."""
    return f"activity:{piece_id.hex}"

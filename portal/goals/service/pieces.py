"""What an owner does with the smaller pieces of a goal. Each says who does it (Friction 30)."""

from collections.abc import Callable
from datetime import date
from uuid import UUID

from msgspec.structs import replace

from portal.core.clock import local_day
from portal.goals.models import Activity
from portal.goals.rules import pieces as rules
from portal.goals.service import reading, writing
from portal.goals.service.nudges import nudge_piece
from portal.goals.shapes.bodies import ActivityBody, HowItWent, PieceState, Size
from portal.goals.shapes.pages import GoalCard, Piece
from portal.toolbox.service import id_of_press, write_once
from portal.vault.models import Part
from portal.vault.viewer import Viewer


def piece_page(viewer: Viewer, goal_id: UUID, piece_id: UUID) -> tuple[GoalCard, Piece]:
    """One piece of one of the viewer's own goals, and the goal; or NotVisible."""
    viewer.box.prefetch((viewer.person_id, Part.GOALS), (viewer.person_id, Part.DRAFTS))
    reading.open_keys(viewer, viewer.person_id)
    whole = reading.one_with_all(viewer, viewer.person_id, goal_id, lambda _: "")
    return whole.goal, reading.the_one(whole.pieces, piece_id)


def add_piece(viewer: Viewer, goal_id: UUID, body: ActivityBody, *, once: str | None) -> UUID:
    """A new piece of a goal, seen by those who see the goal. The same press makes one piece."""
    goal, goal_body, audience = writing.own_goal(viewer, goal_id)
    row = Activity(id=id_of_press(viewer, once), owner_id=viewer.person_id, goal_id=goal.id)
    planned = rules.on_day(body, body.day)
    viewer.box.seal(row, planned, writing.own_key(viewer, audience), now=viewer.now)
    if write_once(row):
        writing.touch(viewer, goal.id)
        nudge_piece(viewer, row, planned, goal_body.state)
    return row.id


def change_piece(viewer: Viewer, goal_id: UUID, piece_id: UUID, words: ActivityBody) -> None:
    """Other words, another size, day or rhythm for a piece; what was done of it stays."""
    _change(viewer, goal_id, piece_id, lambda body: rules.edited_piece(body, words))


def make_piece_smaller(
    viewer: Viewer, goal_id: UUID, piece_id: UUID, words: tuple[str, Size]
) -> None:
    """A smaller version of a piece, in other words; its day and rhythm stay."""
    text, size = words
    _change(viewer, goal_id, piece_id, lambda body: replace(body, text=text, size=size))


def move_piece(viewer: Viewer, goal_id: UUID, piece_id: UUID, day: date | None) -> None:
    """Put a piece on another day, or on any."""
    _change(viewer, goal_id, piece_id, lambda body: rules.on_day(body, day))


def mark_done(
    viewer: Viewer, goal_id: UUID, piece_id: UUID, *, times_done: int, is_plan_b: bool = False
) -> None:
    """A piece was done, or its plan B was. `times_done` is what the page showed: the same press
    twice counts once, and a page from the day before still counts."""
    today = local_day(viewer.now, viewer.zone)

    def done(body: ActivityBody) -> ActivityBody:
        is_old_page = len(body.dones) != times_done
        is_noted = bool(body.dones) and local_day(body.dones[-1].at, viewer.zone) == today
        if body.state is PieceState.DONE or (is_old_page and is_noted):
            return body
        return rules.done(body, now=viewer.now, today=today, is_plan_b=is_plan_b)

    _change(viewer, goal_id, piece_id, done)


def take_back_done(viewer: Viewer, goal_id: UUID, piece_id: UUID, *, times_done: int) -> None:
    """The last "done" of a piece was not so; it has its day again."""

    def not_done(body: ActivityBody) -> ActivityBody:
        return rules.not_done(body) if len(body.dones) == times_done else body

    _change(viewer, goal_id, piece_id, not_done)


def say_how_it_went(viewer: Viewer, goal_id: UUID, piece_id: UUID, how: HowItWent) -> None:
    """Whether the last time was easier or harder than the owner had thought."""
    _change(viewer, goal_id, piece_id, lambda body: rules.with_how(body, how))


def put_piece_in_state(viewer: Viewer, goal_id: UUID, piece_id: UUID, state: PieceState) -> None:
    """Let a piece rest or go, or bring it back. Nothing of it is lost."""
    _change(viewer, goal_id, piece_id, lambda body: replace(body, state=state))


def _change(
    viewer: Viewer,
    goal_id: UUID,
    piece_id: UUID,
    change: Callable[[ActivityBody], ActivityBody],
) -> None:
    _, goal_body, audience = writing.own_goal(viewer, goal_id)
    row, body = writing.own_piece(viewer, goal_id, piece_id)
    changed = change(body)
    if changed == body:
        return
    writing.keep_piece(viewer, row, changed, audience)
    nudge_piece(viewer, row, changed, goal_body.state)

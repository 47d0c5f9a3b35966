"""What happened with a goal since somebody last looked, for a review before a meeting.

Source: Strand 2017, "Goals and Direction": the owner's own words first, then what moved.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from portal.goals.rules import goals as rules
from portal.goals.shapes.bodies import DoneOnce, Encouragement, GoalState, PieceState
from portal.goals.shapes.pages import GoalCard, OfferCard, Piece, ReviewedGoal, ReviewedPiece

_SHOWN = frozenset({PieceState.OPEN, PieceState.RESTING})


def may_go_along(goal: GoalCard) -> bool:
    """Whether a goal can be shared: one that was let go only if it is shared already."""
    return goal.is_shared or goal.body.state is not GoalState.LET_GO


def reviewed(
    goal: GoalCard,
    pieces: Sequence[Piece],
    offers: Sequence[OfferCard],
    since: datetime | None,
    for_all: Encouragement | None,
) -> ReviewedGoal:
    """One goal with what is new, moved, done and resting since an instant, or from the start."""
    lines = [ReviewedPiece(piece, _done_since(piece, since)) for piece in pieces]
    return ReviewedGoal(
        goal=goal,
        is_new=rules.is_new_since(goal.body, goal.made_at, since),
        is_older=since is not None and goal.made_at < since,
        changes=rules.changes_since(goal.body, since),
        state_since=rules.in_state_since(goal.body),
        pieces=tuple(sorted(filter(_is_shown, lines), key=lambda line: not line.times)),
        offers=tuple(offers),
        may_offer=rules.may_be_offered_ideas(goal.body, for_all),
    )


def is_to_show(piece: Piece) -> bool:
    """Whether a piece stands or rests, rather than being done or let go."""
    return piece.body.state in _SHOWN


def _is_shown(line: ReviewedPiece) -> bool:
    return bool(line.times) or is_to_show(line.piece)


def _done_since(piece: Piece, since: datetime | None) -> tuple[DoneOnce, ...]:
    return tuple(once for once in piece.body.dones if since is None or once.at >= since)


def is_worth_showing(goal: GoalCard, since: datetime | None) -> bool:
    """Whether a goal belongs in a review: open ones always, others when they changed since."""
    if goal.body.state in rules.OPEN_STATES or since is None:
        return True
    return bool(rules.changes_since(goal.body, since))


def in_review_order(goals: Sequence[ReviewedGoal]) -> tuple[ReviewedGoal, ...]:
    """Those with news first, then by where they stand; otherwise as they came."""
    return tuple(
        sorted(goals, key=lambda g: (not g.has_news, rules.IN_ORDER.index(g.goal.body.state)))
    )

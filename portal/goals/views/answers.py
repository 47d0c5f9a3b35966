"""Small answers that the pages of goals share: what a press picked, and where it leads."""

from enum import Enum
from typing import TypeVar
from uuid import UUID

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from portal.core.errors import BadRequest

Picked = TypeVar("Picked", bound=Enum)


def picked(kind: type[Picked], name: str) -> Picked:
    """Which of some states a press picked; anything else is a bad request."""
    try:
        return kind(request.form.get(name, ""))
    except ValueError as problem:
        raise BadRequest from problem


def picked_number(name: str) -> int:
    """A small number that the page sent along with a press."""
    text = request.form.get(name, "")
    if not text.isdecimal() or len(text) > 9:
        raise BadRequest
    return int(text)


def to_goal(goal_id: UUID, piece_id: UUID | None = None) -> ResponseReturnValue:
    """On to a goal's page, at one of its pieces."""
    anchor = f"piece-{piece_id}" if piece_id else None
    return redirect(url_for("goals.goal", goal_id=goal_id, _anchor=anchor), 303)

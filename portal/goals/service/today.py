"""Pieces for the owner's first page: of today or of any day, a few at most."""

from datetime import date, datetime

from portal.core.clock import local_day
from portal.goals.rules.pieces import ACTIVE_STATES, is_for_today
from portal.goals.service import reading
from portal.goals.shapes.pages import TodayPiece
from portal.vault.viewer import Viewer

AT_MOST = 3
LOOKS_AT = 60


def for_today(viewer: Viewer) -> list[TodayPiece]:
    """Up to three pieces for today: those with a day first, then those of any day, oldest first.

    Two queries: keys, and the 60 goals last changed with their pieces.
    """
    today = local_day(viewer.now, viewer.zone)
    reading.open_keys(viewer, viewer.person_id)
    wholes, _older = reading.page_with_all(
        viewer,
        viewer.person_id,
        wanted=lambda card: card.body.state in ACTIVE_STATES,
        size=LOOKS_AT,
        names=lambda _: "",
    )
    pieces = [
        TodayPiece(piece, whole.goal.body.title)
        for whole in wholes
        for piece in whole.pieces
        if is_for_today(piece.body, whole.goal.body.state, today)
    ]
    return sorted(pieces, key=_days_first)[:AT_MOST]


def _days_first(each: TodayPiece) -> tuple[bool, date, datetime]:
    piece = each.piece
    return piece.day is None, piece.day or date.max, piece.made_at

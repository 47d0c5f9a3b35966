"""Who waits for whom: read off plain columns, with nothing private in it."""

from datetime import datetime

from portal.agreements.models import Agreement, Round
from portal.agreements.shapes import RoundState, Side, Turn


def turn_of(mine: Side, agreement: Agreement | None, now_open: Round | None) -> Turn:
    """Whose turn it is in a dyad's agreement, seen from one side."""
    if now_open is not None:
        return _turn_in(mine, now_open)
    if agreement is None:
        return Turn.START
    asked = agreement.review_why is not None
    reply = agreement.owner_reply if mine is Side.OWNER else agreement.worker_reply
    return Turn.REVIEW if asked and reply is None else Turn.NOTHING


def waits_since(agreement: Agreement | None, now_open: Round | None) -> datetime | None:
    """Since when; None when nobody has begun or nothing waits."""
    if now_open is not None:
        return now_open.moved_at
    return agreement.review_asked_at if agreement else None


def has_said(side: Side, now_open: Round) -> bool:
    """Whether a side has handed answers in or said yes in a round."""
    return any(_marks(side, now_open))


def _turn_in(mine: Side, now_open: Round) -> Turn:
    done, accepted = _marks(mine, now_open)
    if now_open.state is RoundState.ANSWERING:
        return Turn.THEIR_ANSWERS if done else Turn.MY_ANSWERS
    if accepted:
        return Turn.THEIR_ACCEPTANCE
    _their_done, they_accepted = _marks(mine.other, now_open)
    return Turn.MY_ACCEPTANCE if they_accepted else Turn.SETTLE


def _marks(side: Side, now_open: Round) -> tuple[bool, bool]:
    """Whether a side has handed in its answers, and whether it has accepted."""
    if side is Side.OWNER:
        return now_open.owner_done_at is not None, now_open.owner_accepted_at is not None
    return now_open.worker_done_at is not None, now_open.worker_accepted_at is not None

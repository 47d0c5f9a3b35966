"""A yes lapses when something changes after it, or the round is set aside; who said it reads so.

A round that is open has in ``lapsed_at`` when a side's yes lapsed; one that was set aside, that
the other one did it.
"""

from datetime import datetime, timedelta
from typing import Any, cast

from sqlalchemy import case

from portal.agreements.models import Round
from portal.agreements.service.standing import Standing
from portal.agreements.service.telling import tell_changed
from portal.agreements.shapes import RoundState, Side

_SAID_FOR = timedelta(weeks=4)


def taken_back(standing: Standing) -> dict[str, Any]:
    """What a round's row says once the viewer changed something: nobody has said yes to that.

    The other one's yes lapses; the viewer knows that they changed what they had said yes to.
    """
    said, lapsed = _columns(standing.mine.other)
    since = case(
        (getattr(Round, said).is_not(None), standing.viewer.now), else_=getattr(Round, lapsed)
    )
    return {"owner_accepted_at": None, "worker_accepted_at": None, lapsed: since}


def tell_if_lapsed(standing: Standing, now_open: Round) -> None:
    """Tell the other one that something waits for them again, if they had said yes."""
    said, _lapsed = _columns(standing.mine.other)
    if getattr(now_open, said) is not None:
        tell_changed(standing, now_open.id, standing.mine.other)


def set_aside_by(standing: Standing) -> dict[str, Any]:
    """What a round's row says once the viewer set it aside: the other one reads so."""
    mine, theirs = (_columns(side)[1] for side in (standing.mine, standing.mine.other))
    return {mine: None, theirs: standing.viewer.now}


def set_aside_at(mine: Side, last: Any, now: datetime) -> datetime | None:
    """When the other one set a pair's last round aside, told for four weeks; else None.

    Not where a pair has ended: that set the round aside, and nobody's ``lapsed_at`` is set.
    """
    if last is None or last.state is not RoundState.SET_ASIDE or last.closed_at is None:
        return None
    is_told = last.closed_at > now - _SAID_FOR and has_lapsed(mine, last)
    return cast(datetime, last.closed_at) if is_told else None


def counts_again(side: Side) -> dict[str, Any]:
    """What the row says once this side said yes, or handed answers in, after a yes that lapsed."""
    return {_columns(side)[1]: None}


def has_lapsed(mine: Side, now_open: Any) -> bool:
    """Whether a side's yes lapsed and nothing else was said since."""
    return getattr(now_open, _columns(mine)[1]) is not None


def _columns(side: Side) -> tuple[str, str]:
    return f"{side.value}_accepted_at", f"{side.value}_lapsed_at"

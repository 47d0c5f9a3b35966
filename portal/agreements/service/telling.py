"""Who is told that something of an agreement waits for them, without any content."""

from datetime import datetime
from uuid import UUID

from portal.agreements.service.standing import Standing
from portal.agreements.shapes import RoundState, Side
from portal.notifications.service import tell, withdraw
from portal.notifications.shapes import NoticeKind

_CHANGED = "changed"
_STEPS = (
    *(s.value for s in (RoundState.ANSWERING, RoundState.LOOKING, RoundState.ACCEPTED)),
    _CHANGED,
)


def tell_waiting(
    standing: Standing, round_id: UUID, side: Side, step: RoundState = RoundState.ANSWERING
) -> None:
    """Tell one side that a round waits for them; once a step."""
    _tell(standing, side, _key(round_id, side, step.value))


def tell_changed(standing: Standing, round_id: UUID, side: Side) -> None:
    """Tell one side that what they said yes to was changed; once a round."""
    _tell(standing, side, _key(round_id, side, _CHANGED))


def stop_waiting(round_id: UUID, side: Side | None = None) -> None:
    """A round waits no longer for one side, or for both: what was not told yet is not told."""
    for each in (side,) if side else Side:
        for step in _STEPS:
            withdraw(_key(round_id, each, step))


def tell_review(agreement_id: UUID, people: tuple[UUID, UUID], now: datetime) -> None:
    """Tell both that their review card is there."""
    for person_id in people:
        key = _review_key(agreement_id, person_id, now)
        tell(person_id, NoticeKind.REVIEW_DUE, at=now, key=key, now=now)


def _tell(standing: Standing, side: Side, key: str) -> None:
    now = standing.viewer.now
    tell(standing.person_id(side), NoticeKind.AGREEMENT_WAITING, at=now, key=key, now=now)


def _key(round_id: UUID, side: Side, step: str) -> str:
    return f"agreement:{round_id}:{side.value}:{step}"


def _review_key(agreement_id: UUID, person_id: UUID, now: datetime) -> str:
    return f"review:{agreement_id}:{person_id}:{now:%Y-%m-%d}"

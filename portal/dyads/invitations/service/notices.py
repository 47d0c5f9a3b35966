"""What the inviter is told about an invitation; notices carry no words."""

from datetime import datetime
from uuid import UUID

from portal.dyads.invitations import rules
from portal.dyads.invitations.models import Invitation
from portal.notifications.service import tell, withdraw
from portal.notifications.shapes import NoticeKind


def tell_when_quiet(row: Invitation) -> None:
    """After three weeks without an answer the inviter is told so, plainly (Friction 8)."""
    tell(
        row.owner_id,
        NoticeKind.INVITATION_UNANSWERED,
        at=row.made_at + rules.QUIET_AFTER,
        key=_quiet(row.id),
        now=row.made_at,
    )


def tell_answered(row: Invitation, now: datetime) -> None:
    """The invited person has answered; the inviter's page says what."""
    key = f"invitation-answered:{row.id.hex}:{int(now.timestamp())}"
    tell(row.owner_id, NoticeKind.INVITATION_UNANSWERED, at=now, key=key, now=now)


def forget(invitation_id: UUID) -> None:
    """Nothing is unanswered any more."""
    withdraw(_quiet(invitation_id))


def _quiet(invitation_id: UUID) -> str:
    return f"invitation-quiet:{invitation_id.hex}"

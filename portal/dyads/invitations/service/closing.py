"""Settling an invitation: the letter, a reminder still to come and the link's secret go."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, select, update

from portal.core.db import db
from portal.dyads.invitations.models import Invitation, KeptLetter, Reminder
from portal.dyads.invitations.service import notices
from portal.dyads.invitations.shapes import OPEN, InvitationState
from portal.dyads.models import Pin

_BATCH = 200


def settle(row: Invitation, state: InvitationState, now: datetime) -> bool:
    """Settle an open invitation; False when somebody was a moment earlier or it has run out."""
    changed = db.session.execute(
        update(Invitation)
        .where(Invitation.id == row.id, Invitation.state.in_(OPEN), Invitation.ends_at > now)
        .values(state=state, answered_at=now, letter=None)
        .returning(Invitation.id)
    )
    if changed.first() is None:
        return False
    _tidy([row.id])
    notices.forget(row.id)
    if state is not InvitationState.ACCEPTED:
        _drop_links([row.dyad_id])
    return True


def expire_old(now: datetime, *, owner_id: UUID | None = None) -> None:
    """Close invitations whose time has run out (all, or one inviter's), up to 200 at a time."""
    due = select(Invitation.id).where(Invitation.state.in_(OPEN), Invitation.ends_at <= now)
    if owner_id is not None:
        due = due.where(Invitation.owner_id == owner_id)
    closed = db.session.execute(
        update(Invitation)
        .where(Invitation.id.in_(due.limit(_BATCH)), Invitation.state.in_(OPEN))
        .values(state=InvitationState.EXPIRED, letter=None)
        .returning(Invitation.id, Invitation.dyad_id)
    ).all()
    if closed:
        _tidy([row.id for row in closed])
        _drop_links([row.dyad_id for row in closed])
        for row in closed:
            notices.forget(row.id)


def forget_reminder(invitation_id: UUID) -> None:
    """No reminder goes out any more."""
    db.session.execute(delete(Reminder).where(Reminder.invitation_id == invitation_id))


def _tidy(invitation_ids: list[UUID]) -> None:
    for table in (Reminder, KeptLetter):
        db.session.execute(delete(table).where(table.invitation_id.in_(invitation_ids)))


def _drop_links(dyad_ids: list[UUID]) -> None:
    """The secrets of links that nobody said yes to."""
    db.session.execute(delete(Pin).where(Pin.dyad_id.in_(dyad_ids)))

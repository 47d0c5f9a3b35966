"""Telling the owner that something came: one notice until they open it, without any content."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from portal.core.db import db
from portal.dyads.shapes import DyadCard
from portal.messaging.models import Thread
from portal.notifications.service import tell, withdraw
from portal.notifications.shapes import NoticeKind


def owner_news(dyad_id: UUID) -> datetime | None:
    """Since when something is new for the owner; may lie minutes ahead; None when nothing is."""
    row = db.session.execute(
        select(Thread.reply_news_at, Thread.outcome_news_at).where(Thread.dyad_id == dyad_id)
    ).first()
    return min((at for at in row or () if at is not None), default=None)


def tell_owner_anew(dyad: DyadCard, before: datetime | None, *, now: datetime) -> None:
    """Bring the owner's notice in line with what is new by now; ``before`` is what was."""
    after = owner_news(dyad.id)
    if before == after:
        return
    if before is not None:
        withdraw(_key(dyad.id, before))
    if after is not None:
        tell(
            dyad.owner_id, NoticeKind.MESSAGE_ANSWERED, at=after, key=_key(dyad.id, after), now=now
        )


def _key(dyad_id: UUID, at: datetime) -> str:
    return f"news:{dyad_id}:{at:%Y%m%dT%H%M%S%f}"

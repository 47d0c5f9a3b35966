"""Tidying: what was told long ago is forgotten, so that old times say nothing about anybody."""

from datetime import datetime, timedelta

from sqlalchemy import delete

from portal.core.db import db
from portal.notifications.models import Letter, Notice
from portal.notifications.shapes import LetterState, NoticeState

KEPT = timedelta(days=60)


def tidy(now: datetime) -> None:
    """Delete notices and letters that are settled and older than 60 days."""
    db.session.execute(
        delete(Notice).where(Notice.state != NoticeState.WAITING, Notice.look_at < now - KEPT)
    )
    db.session.execute(
        delete(Letter).where(Letter.state != LetterState.WAITING, Letter.made_at < now - KEPT)
    )

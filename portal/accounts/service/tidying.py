"""What is over is deleted: sessions, tickets, wrong tries. A job calls this now and then."""

from datetime import datetime

from sqlalchemy import delete

from portal.accounts.service.last_presses import forget_old_presses
from portal.accounts.service.pauses import forget_old_tries
from portal.accounts.service.tickets import forget_old_tickets
from portal.core.db import db
from portal.vault.models import Session


def tidy(now: datetime) -> None:
    """Delete ended sessions, tickets past their time, tries and presses that no longer count."""
    db.session.execute(delete(Session).where(Session.ends_at <= now))
    forget_old_tickets(now)
    forget_old_tries(now)
    forget_old_presses(now)

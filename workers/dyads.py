"""Jobs of invitations: one reminder each, and an end for those whose time has run out."""

from datetime import UTC, datetime

from portal.dyads.invitations.service import closing, postings
from workers import job


@job("invitations.remind")
def remind() -> None:
    """Send the reminders that are due."""
    postings.remind_due(datetime.now(UTC))


@job("invitations.expire")
def expire() -> None:
    """Close what has run out."""
    closing.expire_old(datetime.now(UTC))

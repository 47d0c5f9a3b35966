"""Accounts: what is over is deleted."""

from datetime import UTC, datetime

from portal.accounts.service import tidy
from workers import job


@job("accounts.tidy")
def tidy_accounts() -> None:
    """Delete ended sessions, tickets past their time and tries that no longer count."""
    tidy(datetime.now(UTC))

"""Reminders: what is due becomes notices."""

from portal.core.clock import utc_now
from portal.reminders import service
from workers import job
from workers.pieces import piece


@job("reminders.sweep")
def sweep() -> None:
    """Tell of every reminder that is due."""
    while piece(service.sweep_due, utc_now()):
        pass

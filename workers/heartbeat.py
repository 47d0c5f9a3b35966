"""Beat looked, and a job worker carried it out: note when, so that readiness can tell."""

from datetime import UTC, datetime

from portal.core.health import note_look
from workers import job


@job("heartbeat.look")
def look() -> None:
    """Note that beat and a job worker are both alive at this moment."""
    note_look(datetime.now(UTC))

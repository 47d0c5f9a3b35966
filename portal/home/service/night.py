"""Taking a line of the night list into the box of a message."""

from uuid import UUID

from portal.messaging.service import bring_words
from portal.night import service as night
from portal.night.shapes import Standing
from portal.vault.viewer import Viewer


def write_night_line(viewer: Viewer, night_id: UUID, dyad_id: UUID) -> None:
    """Put a line into the box of a pair's messages as a draft; nothing is sent.

    The same press twice puts it there once.
    """
    line = night.line_for(viewer, night_id)
    if line.standing is not Standing.TAKEN_UP:
        bring_words(viewer, dyad_id, line.text)
        night.take_up(viewer, night_id)

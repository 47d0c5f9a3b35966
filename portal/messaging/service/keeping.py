"""A message on the meeting's list (Frictions 15, 36)."""

from uuid import UUID

from portal.meetings.service import keep, take_off
from portal.meetings.service.coming import kept_rows
from portal.meetings.shapes import KeptFrom
from portal.messaging.models import Message
from portal.messaging.rules.words import first_line
from portal.messaging.service.pair import Pair
from portal.messaging.shapes import MessageBody, Outgoing
from portal.vault.viewer import Viewer


def keep_message(viewer: Viewer, pair: Pair, message: Message) -> None:
    """Keep a message for the next meeting under its main point, else its first words."""
    body = viewer.box.open(message, MessageBody)
    _keep(viewer, pair, message.id, body.main_point or first_line(body.text))


def keep_line(viewer: Viewer, pair: Pair, message_id: UUID, outgoing: Outgoing) -> None:
    """The same for a message that is just being sent "for our meeting"."""
    _keep(viewer, pair, message_id, outgoing.main_point or first_line(outgoing.text))


def drop_line(viewer: Viewer, pair: Pair, message_id: UUID) -> None:
    """A message was taken back: what stands of it on the list goes too."""
    for row in kept_rows(pair.dyad.id, None):
        if row.source_id == message_id:
            take_off(viewer, row.id)


def _keep(viewer: Viewer, pair: Pair, message_id: UUID, line: str) -> None:
    if line:
        keep(viewer, pair.dyad.id, line=line, source=KeptFrom.MESSAGE, source_id=message_id)

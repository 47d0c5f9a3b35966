"""Where words lie in messages, for somebody who looks for them.

Only what the viewer wrote, or has opened: looking for a word must not open a message.
"""

from uuid import UUID

from sqlalchemy import and_, or_, select

from portal.access.finding import ME, Findable
from portal.core.languages import _
from portal.dyads.models import Dyad
from portal.dyads.service import is_member
from portal.messaging.models import Message, Thread
from portal.messaging.shapes import MessageBody


def _path(pair_id: UUID, _dyad_id: UUID | None) -> str:
    return f"/messages/{pair_id}"


_READ_TO = select(Thread.owner_read_to).where(Thread.dyad_id == Message.dyad_id).scalar_subquery()
_IS_READ = or_(
    Message.author_id == ME,
    and_(Message.owner_id == ME, Message.number <= _READ_TO),
    and_(Message.owner_id != ME, Message.opened_at.is_not(None)),
)
FINDABLE = (
    Findable(
        _("A message"),
        Message,
        MessageBody,
        Message.dyad_id,
        _path,
        where=and_(
            Message.dyad_id.in_(select(Dyad.id).where(is_member(ME))),
            Message.taken_back_at.is_(None),
            _IS_READ,
        ),
    ),
)

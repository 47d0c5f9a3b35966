"""Where words lie in meetings, for somebody who looks for them."""

from uuid import UUID

from sqlalchemy import select

from portal.access.finding import ME, Findable
from portal.core.languages import _
from portal.dyads.models import Dyad
from portal.dyads.service import is_member
from portal.meetings.models import Kept, Meeting
from portal.meetings.shapes import KeptBody, MeetingBody


def _path(pair_id: UUID, _dyad_id: UUID | None) -> str:
    return f"/meetings/{pair_id}"


FINDABLE = (
    Findable(
        _("Kept for a meeting"),
        Kept,
        KeptBody,
        Kept.dyad_id,
        _path,
        where=Kept.dyad_id.in_(select(Dyad.id).where(is_member(ME))),
    ),
    Findable(
        _("A meeting"),
        Meeting,
        MeetingBody,
        Meeting.dyad_id,
        _path,
        where=Meeting.dyad_id.in_(select(Dyad.id).where(is_member(ME))),
    ),
)

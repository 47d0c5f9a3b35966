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


def _copy_path(kept_id: UUID, _dyad_id: UUID | None) -> str:
    return f"/meetings/kept/{kept_id}/copy"


_OURS = Kept.dyad_id.in_(select(Dyad.id).where(is_member(ME)))
FINDABLE = (
    Findable(
        _("Kept for a meeting"),
        Kept,
        KeptBody,
        Kept.dyad_id,
        _path,
        where=_OURS,
        silent=frozenset({"sheet"}),
    ),
    # What a drawing says stands in words beside it.
    Findable(
        _("A copy for a meeting"),
        Kept,
        KeptBody,
        Kept.id,
        _copy_path,
        where=_OURS,
        silent=frozenset({"line", "drawing"}),
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

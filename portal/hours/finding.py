"""Where a worker's own phrases and lines about days away lie, for whoever looks for them."""

from uuid import UUID

from portal.access.finding import ME, TODAY, Findable
from portal.core.languages import _
from portal.hours.models import AwayTime, PhraseRow
from portal.hours.shapes import NoteBody, PhraseBody


def _path(_phrase_id: UUID, _dyad_id: UUID | None) -> str:
    return "/phrases"


def _hours_path(_absence_id: UUID, _dyad_id: UUID | None) -> str:
    return "/hours"


_IS_MINE = (AwayTime.owner_id == ME) & (AwayTime.until_on >= TODAY)
FINDABLE = (
    Findable(_("A phrase of yours"), PhraseRow, PhraseBody, PhraseRow.id, _path),
    Findable(_("Your days away"), AwayTime, NoteBody, AwayTime.id, _hours_path, where=_IS_MINE),
)

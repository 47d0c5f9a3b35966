"""Where a worker's own phrases lie, for whoever looks for them."""

from uuid import UUID

from portal.access.finding import Findable
from portal.core.languages import _
from portal.hours.models import PhraseRow
from portal.hours.shapes import PhraseBody


def _path(_phrase_id: UUID, _dyad_id: UUID | None) -> str:
    return "/phrases"


FINDABLE = (Findable(_("A phrase of yours"), PhraseRow, PhraseBody, PhraseRow.id, _path),)

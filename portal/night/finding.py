"""Where words lie in the night list, for its owner, who looks for them."""

from uuid import UUID

from portal.access.finding import Findable
from portal.core.languages import _
from portal.night.models import NightRow
from portal.night.shapes import NightBody


def _path(_night_id: UUID, _dyad_id: UUID | None) -> str:
    return "/night"


FINDABLE = (Findable(_("Night list"), NightRow, NightBody, NightRow.id, _path),)

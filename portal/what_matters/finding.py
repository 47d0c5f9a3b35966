"""Where words lie in what matters, for somebody who looks for them."""

from uuid import UUID

from portal.access.finding import Findable
from portal.core.languages import _
from portal.what_matters.models import MatterRow
from portal.what_matters.shapes import MatterBody


def _path(_matter_id: UUID, dyad_id: UUID | None) -> str:
    return f"/people/{dyad_id}/parts/what-matters" if dyad_id else "/what-matters"


FINDABLE = (Findable(_("What matters"), MatterRow, MatterBody, MatterRow.id, _path),)

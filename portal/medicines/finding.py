"""Where words lie in the list of medicines, for somebody who looks for them."""

from operator import attrgetter
from uuid import UUID

from portal.access.finding import Findable
from portal.core.languages import _
from portal.medicines.models import MedicineRow
from portal.medicines.shapes import MedicineBody


def _path(medicine_id: UUID, dyad_id: UUID | None) -> str:
    return f"/people/{dyad_id}/parts/medicines" if dyad_id else f"/medicines/{medicine_id}"


FINDABLE = (
    Findable(
        _("In the medicines"), MedicineRow, MedicineBody, MedicineRow.id, _path, of=attrgetter("of")
    ),
)

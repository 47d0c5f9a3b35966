"""Where words lie in pages for the record, for somebody who looks for them."""

from uuid import UUID

from sqlalchemy import select

from portal.access.finding import ME, Findable
from portal.core.languages import _
from portal.dyads.models import Dyad
from portal.dyads.service import is_member
from portal.record.models import RecordPage
from portal.record.shapes import PageBody


def _path(page_id: UUID, _dyad_id: UUID | None) -> str:
    return f"/record/{page_id}"


FINDABLE = (
    Findable(
        _("A page for the record"),
        RecordPage,
        PageBody,
        RecordPage.id,
        _path,
        where=RecordPage.dyad_id.in_(select(Dyad.id).where(is_member(ME))),
    ),
)

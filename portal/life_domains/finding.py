"""Where words lie in life domains, for somebody who looks for them."""

from uuid import UUID

from portal.access.finding import Findable
from portal.core.languages import _
from portal.life_domains.models import DomainRow, EntryRow
from portal.life_domains.shapes import DomainBody, EntryBody


def _path(domain_id: UUID, dyad_id: UUID | None) -> str:
    return f"/people/{dyad_id}/parts/life-domains" if dyad_id else f"/life-domains/{domain_id}"


FINDABLE = (
    Findable(
        _("A life domain"), DomainRow, DomainBody, DomainRow.id, _path, silent=frozenset({"key"})
    ),
    Findable(_("How it was"), EntryRow, EntryBody, EntryRow.domain_id, _path),
)

"""Where words lie in reflections, for somebody who looks for them."""

from operator import attrgetter
from uuid import UUID

from portal.access.finding import Findable
from portal.core.languages import _
from portal.library.models import ReflectionRow
from portal.library.shapes import ReflectionBody


def _path(reflection_id: UUID, dyad_id: UUID | None) -> str:
    return f"/people/{dyad_id}/parts/reflections" if dyad_id else f"/reflections/{reflection_id}"


FINDABLE = (
    Findable(
        _("A reflection"),
        ReflectionRow,
        ReflectionBody,
        ReflectionRow.id,
        _path,
        silent=frozenset({"slug", "question"}),
        of=attrgetter("of"),
    ),
)

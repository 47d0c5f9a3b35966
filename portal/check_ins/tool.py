"""Check-ins, as the common pages of the toolbox need to know them: for paper only.

There is nothing to share here: a worker sees a copy that the owner brings, and nothing else.
"""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from portal.check_ins import service
from portal.check_ins.service.copying import TITLE
from portal.check_ins.shapes.pages import CopyWish
from portal.core.errors import NotVisible
from portal.core.sheet import Sheet
from portal.dyads.shapes import DyadCard
from portal.meetings.shapes import KeptFrom
from portal.toolbox.charts import Scale
from portal.toolbox.shapes import ItemCard
from portal.toolbox.tool import Tool
from portal.vault.models import Audience, Part
from portal.vault.viewer import Viewer


def _none(_viewer: Viewer) -> list[ItemCard]:
    return []


def _never_shown(_viewer: Viewer, _dyad: DyadCard, _only: Collection[UUID] | None) -> Any:
    raise NotVisible


def _never_moved(_viewer: Viewer, _item_id: UUID, _audience: Audience) -> None:
    raise NotVisible


def _no_line(_viewer: Viewer, _item_id: UUID) -> str:
    raise NotVisible


def _sheet(viewer: Viewer, item_id: UUID | None) -> Sheet:
    if item_id is None:
        return service.sheet_for(viewer)
    sheet = service.sheet_for(viewer, CopyWish(frozenset((item_id.hex,)), Scale.WEEKS))
    if not sheet.sections:
        raise NotVisible  # each thing that is there has a section
    return sheet


TOOL = Tool(
    part=Part.CHECK_INS,
    name=TITLE,
    path="/check-ins",
    template="",
    source=KeptFrom.CHECK_INS,
    items=_none,
    shown=_never_shown,
    move=_never_moved,
    sheet=_sheet,
    line=_no_line,
    is_shareable=False,
)

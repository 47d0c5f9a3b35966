"""Reflections, as the common pages of the toolbox need to know them."""

from uuid import UUID

from portal.core.clock import local_day
from portal.core.dates import Local
from portal.core.errors import NotVisible
from portal.core.languages import _
from portal.core.sheet import Facts, Section, Sheet
from portal.library import service
from portal.library.shapes import Reflection
from portal.meetings.shapes import KeptFrom
from portal.toolbox.shapes import ItemCard
from portal.toolbox.tool import Tool
from portal.vault.models import Part
from portal.vault.viewer import Viewer


def _items(viewer: Viewer) -> list[ItemCard]:
    here = Local(viewer.zone, viewer.language, viewer.now)
    return [
        ItemCard(
            each.id, each.body.title, each.is_shared, each.changed_at, here.plain_day(each.made_at)
        )
        for each in service.reflections_of(viewer)
    ]


def _the_one(viewer: Viewer, reflection_id: UUID) -> Reflection:
    for each in service.reflections_of(viewer):
        if each.id == reflection_id:
            return each
    raise NotVisible


def _line(viewer: Viewer, reflection_id: UUID) -> str:
    return _the_one(viewer, reflection_id).body.title


def _sheet(viewer: Viewer, reflection_id: UUID | None) -> Sheet:
    here = Local(viewer.zone, viewer.language, viewer.now)
    found = service.reflections_of(viewer)
    if reflection_id is not None:
        found = [_the_one(viewer, reflection_id)]
    return Sheet(
        title=str(_("What I wrote in exercises")),
        name=viewer.name,
        on=local_day(viewer.now, viewer.zone),
        sections=tuple(
            Section(
                each.body.title,
                (Facts(tuple((answer.question, answer.text) for answer in each.body.answers)),),
                here.whole_day(each.made_at),
            )
            for each in found
        ),
    )


TOOL = Tool(
    part=Part.REFLECTIONS,
    name=_("Exercises and reflections"),
    path="/reflections",
    template="library/_shown.html",
    source=KeptFrom.REFLECTION,
    items=_items,
    shown=service.reflections_shown,
    move=service.move_reflection,
    sheet=_sheet,
    line=_line,
)

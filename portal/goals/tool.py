"""Goals, as the common pages of the toolbox need to know them."""

from portal.core.languages import _
from portal.goals import service
from portal.meetings.shapes import KeptFrom
from portal.toolbox.shapes import ItemCard
from portal.toolbox.tool import Tool
from portal.vault.models import Part
from portal.vault.viewer import Viewer


def _items(viewer: Viewer) -> list[ItemCard]:
    return [
        ItemCard(goal.id, goal.body.title, goal.is_shared, goal.changed_at)
        for goal in service.goals_to_share(viewer)
    ]


TOOL = Tool(
    part=Part.GOALS,
    name=_("Goals"),
    path="/goals",
    template="goals/_shown.html",
    source=KeptFrom.GOAL,
    items=_items,
    shown=service.goals_shown,
    move=service.move_goal_to,
    sheet=service.goals_sheet,
    line=service.goal_line,
)

"""The crisis plan, as the common pages of the toolbox need to know it."""

from portal.core.languages import _
from portal.crisis_plan import service
from portal.meetings.shapes import KeptFrom
from portal.toolbox.tool import Tool
from portal.vault.models import Part

TOOL = Tool(
    part=Part.CRISIS_PLAN,
    name=_("Crisis plan"),
    path="/crisis-plan",
    template="crisis_plan/_shown.html",
    source=KeptFrom.CRISIS_PLAN,
    items=service.items_of,
    shown=service.shown_to,
    move=service.move_piece,
    sheet=service.plan_sheet,
    line=service.line_of,
    has_numbers=True,
)

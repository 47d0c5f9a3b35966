"""Life domains, as the common pages of the toolbox need to know them."""

from portal.core.languages import _
from portal.life_domains import service
from portal.meetings.shapes import KeptFrom
from portal.toolbox.tool import Tool
from portal.vault.models import Part

TOOL = Tool(
    part=Part.LIFE_DOMAINS,
    name=_("Life domains"),
    path="/life-domains",
    template="life_domains/_shown.html",
    source=KeptFrom.LIFE_DOMAIN,
    items=service.entries_to_share,
    shown=service.domains_shown,
    move=service.move_entry,
    sheet=service.domains_sheet,
    line=service.line_of,
)

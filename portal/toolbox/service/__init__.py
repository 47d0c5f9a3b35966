"""Verbs that every part of the toolbox shares."""

from portal.toolbox.service.keeping import keep_for_meeting as keep_for_meeting
from portal.toolbox.service.keeping import keep_item as keep_item
from portal.toolbox.service.paper import openers as openers
from portal.toolbox.service.paper import sheet_of as sheet_of
from portal.toolbox.service.people import people_around as people_around
from portal.toolbox.service.rows import LOOK_AGAIN as LOOK_AGAIN
from portal.toolbox.service.rows import add_once as add_once
from portal.toolbox.service.rows import flush as flush
from portal.toolbox.service.rows import id_of_press as id_of_press
from portal.toolbox.service.rows import is_shared as is_shared
from portal.toolbox.service.rows import keep_row as keep_row
from portal.toolbox.service.rows import move_rows as move_rows
from portal.toolbox.service.rows import own_row as own_row
from portal.toolbox.service.rows import rows_of as rows_of
from portal.toolbox.service.rows import write_once as write_once
from portal.toolbox.service.sharing import audience_of as audience_of
from portal.toolbox.service.sharing import choice_for as choice_for
from portal.toolbox.service.sharing import keep_back as keep_back
from portal.toolbox.service.sharing import let_go_along as let_go_along
from portal.toolbox.service.sharing import preview_for as preview_for
from portal.toolbox.service.sharing import share as share
from portal.toolbox.service.sharing import shared_tool as shared_tool
from portal.toolbox.service.tools import TOOLS as TOOLS
from portal.toolbox.service.tools import tool_named as tool_named

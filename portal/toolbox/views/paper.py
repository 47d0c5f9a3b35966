"""A part, or one item of it, on paper: a page made for printing, and a PDF."""

from uuid import UUID

from flask import Response, current_app, url_for
from flask.typing import ResponseReturnValue
from msgspec.structs import replace

from config import HelpNumber
from portal.accounts.gates import owner, viewer
from portal.core.languages import _
from portal.core.pages import render
from portal.core.papers import pdf_answer
from portal.core.sheet import Points, Section, Sheet
from portal.toolbox import service
from portal.toolbox.service import tool_named
from portal.toolbox.tool import Tool
from portal.toolbox.views.blueprint import tools

NAME = "sheet"
"""What every PDF is called: the name of a file lies about for others to see."""


@tools.get("/print", allow=owner)
def on_paper(tool: str) -> ResponseReturnValue:
    """The whole part, for printing."""
    return _paper(tool, None)


@tools.get("/pdf", allow=owner)
def as_pdf(tool: str) -> Response:
    """The whole part as PDF."""
    return pdf_answer(_sheet(tool_named(tool), None), name=NAME)


@tools.get("/<uuid:item_id>/print", allow=owner)
def item_on_paper(tool: str, item_id: UUID) -> ResponseReturnValue:
    """One item, for printing."""
    return _paper(tool, item_id)


@tools.get("/<uuid:item_id>/pdf", allow=owner)
def item_as_pdf(tool: str, item_id: UUID) -> Response:
    """One item as PDF."""
    return pdf_answer(_sheet(tool_named(tool), item_id), name=NAME)


def _paper(slug: str, item_id: UUID | None) -> ResponseReturnValue:
    tool = tool_named(slug)
    sheet = _sheet(tool, item_id)
    pdf = url_for("tools.as_pdf", tool=slug)
    if item_id is not None:
        pdf = url_for("tools.item_as_pdf", tool=slug, item_id=item_id)
    return render("toolbox/print.html", sheet=sheet, tool=tool, pdf=pdf)


def _sheet(tool: Tool, item_id: UUID | None) -> Sheet:
    sheet = service.sheet_of(viewer(), tool, item_id)
    if not tool.has_numbers or item_id is not None:
        return sheet
    numbers: tuple[HelpNumber, ...] = current_app.config["SETTINGS"].service_numbers
    lines = tuple(" · ".join(filter(None, (each.name, each.number, each.when))) for each in numbers)
    answering = Section(str(_("Others who answer")), (Points(lines),))
    return replace(sheet, sections=(*sheet.sections, answering))

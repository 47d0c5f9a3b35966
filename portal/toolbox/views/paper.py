"""A part, or one item of it, on paper: a page made for printing, and a PDF."""

from uuid import UUID

from flask import Response, url_for
from flask.typing import ResponseReturnValue

from portal.accounts.gates import owner, viewer
from portal.core.pages import render
from portal.core.papers import pdf_answer
from portal.toolbox import service
from portal.toolbox.service import tool_named
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
    return pdf_answer(service.sheet_of(viewer(), tool_named(tool), None), name=NAME)


@tools.get("/<uuid:item_id>/print", allow=owner)
def item_on_paper(tool: str, item_id: UUID) -> ResponseReturnValue:
    """One item, for printing."""
    return _paper(tool, item_id)


@tools.get("/<uuid:item_id>/pdf", allow=owner)
def item_as_pdf(tool: str, item_id: UUID) -> Response:
    """One item as PDF."""
    return pdf_answer(service.sheet_of(viewer(), tool_named(tool), item_id), name=NAME)


def _paper(slug: str, item_id: UUID | None) -> ResponseReturnValue:
    tool = tool_named(slug)
    sheet = service.sheet_of(viewer(), tool, item_id)
    pdf = url_for("tools.as_pdf", tool=slug)
    if item_id is not None:
        pdf = url_for("tools.item_as_pdf", tool=slug, item_id=item_id)
    return render("toolbox/print.html", sheet=sheet, tool=tool, pdf=pdf)

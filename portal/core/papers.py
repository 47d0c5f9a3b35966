"""Answers that are paper: a sheet as a PDF in the reader's language."""

from flask import Response, make_response

from portal.core.drawing import PAPER
from portal.core.languages import _
from portal.core.pages import here, render
from portal.core.sheet import Picture, Sheet
from portal.core.typesetting import pdf_of


def pdf_answer(sheet: Sheet, *, name: str) -> Response:
    """A sheet as a PDF that the browser shows; ``name`` is a neutral name for the file."""
    local = here()
    day = local.whole_day(sheet.on)
    of = str(_("%(name)s · %(day)s")) % {"name": sheet.name, "day": day}
    blocks = (block for section in sheet.sections for block in section.blocks)
    pictures = [
        render("print/picture.svg", drawing=block.drawing, inks=PAPER)
        for block in blocks
        if isinstance(block, Picture)
    ]
    page = pdf_of(sheet, language=local.language, day=day, of=of, pictures=pictures)
    answer = make_response(page)
    answer.content_type = "application/pdf"
    answer.headers["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    return answer

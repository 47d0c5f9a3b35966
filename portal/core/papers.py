"""Answers that are paper: a sheet as a PDF in the reader's language."""

from flask import Response, make_response

from portal.core.drawing import PAPER, Drawing, Label, labels_of
from portal.core.languages import _
from portal.core.pages import here, render
from portal.core.sheet import Picture, Sheet
from portal.core.typesetting import InkedDrawing, InkedLabel, pdf_of


def pdf_answer(sheet: Sheet, *, name: str) -> Response:
    """A sheet as a PDF that the browser shows; ``name`` is a neutral name for the file."""
    local = here()
    day = local.whole_day(sheet.on)
    of = str(_("%(name)s · %(day)s")) % {"name": sheet.name, "day": day}
    blocks = (block for section in sheet.sections for block in section.blocks)
    pictures = [_inked(block.drawing) for block in blocks if isinstance(block, Picture)]
    boxed = str(_("□ stands for a sign that this page cannot show."))
    page = pdf_of(sheet, language=local.language, of=of, boxed=boxed, pictures=pictures)
    answer = make_response(page)
    answer.content_type = "application/pdf"
    answer.headers["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    return answer


def _inked(drawing: Drawing) -> InkedDrawing:
    """A drawing in the colours of paper; its words stay apart, so that they are set like others."""
    shapes = render("print/picture.svg", drawing=drawing, inks=PAPER)
    labels = [_inked_label(label) for label in labels_of(drawing.parts)]
    return InkedDrawing(shapes, drawing.width, drawing.height, drawing.desc, labels)


def _inked_label(label: Label) -> InkedLabel:
    return InkedLabel(
        label.x,
        label.y,
        label.text,
        label.size,
        label.anchor,
        label.is_strong,
        ink=PAPER[label.ink],
        halo=PAPER["paper"] if label.has_halo else "",
        room=label.room,
    )

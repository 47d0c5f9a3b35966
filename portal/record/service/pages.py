"""Reading approved pages: a pair's list, and one of them, for both of the two."""

from uuid import UUID

from sqlalchemy import bindparam, select, tuple_

from portal.access.openings import note_opened
from portal.core.db import Instant, RowId, db
from portal.core.errors import NotVisible
from portal.core.web import place_token, read_place
from portal.dyads.service import dyad_for, in_dyad
from portal.dyads.shapes import DyadCard
from portal.record import rules
from portal.record.models import RecordAsk, RecordPage
from portal.record.service.asking import ask_in, may_ask_now
from portal.record.service.sheets import line_under
from portal.record.shapes import ApprovedPage, PageBody, PageLine, RecordIndex
from portal.vault.models import Part
from portal.vault.viewer import Viewer

PAGE = 30


def pages_of(viewer: Viewer, dyad_id: UUID, before: str | None = None) -> RecordIndex:
    """A pair's pages, newest first, 30 at a time; those that were taken back among them."""
    dyad = dyad_for(viewer, dyad_id)
    rows = select(RecordPage.id, RecordPage.made_at, RecordPage.taken_back_at).where(
        RecordPage.dyad_id == dyad_id
    )
    if (place := read_place(before)) is not None:
        at, row_id = place
        there = (bindparam(None, at, type_=Instant()), bindparam(None, row_id, type_=RowId()))
        rows = rows.where(tuple_(RecordPage.made_at, RecordPage.id) < tuple_(*there))
    rows = rows.order_by(RecordPage.made_at.desc(), RecordPage.id.desc()).limit(PAGE + 1)
    found = [PageLine(*row) for row in db.session.execute(rows)]
    shown, now_stands = found[:PAGE], ask_in(db.session.get(RecordAsk, dyad_id))
    last = shown[-1] if len(found) > PAGE else None
    return RecordIndex(
        dyad=dyad,
        pages=tuple(shown),
        ask=now_stands,
        may_ask=may_ask_now(viewer, dyad, now_stands),
        older=place_token((last.approved_at, last.id)) if last else None,
    )


def page_for(viewer: Viewer, page_id: UUID) -> ApprovedPage:
    """One page of the viewer's pairs; or NotVisible. A worker's opening is noted for the owner.

    By that their list of turns knows that it need not name the page any more.
    """
    row, dyad = page_row(viewer, page_id)
    sheet = viewer.box.open(row, PageBody).sheet
    if not dyad.is_owner and sheet is not None:
        note_opened(viewer, dyad.owner_id, Part.DYAD)
    return ApprovedPage(row.id, dyad, row.made_at, row.taken_back_at, sheet)


def text_of(viewer: Viewer, page: ApprovedPage) -> str:
    """An approved page as plain text, to copy; empty once it was taken back."""
    return rules.as_text(page.sheet, line_under(viewer, page.sheet)) if page.sheet else ""


def page_row(viewer: Viewer, page_id: UUID) -> tuple[RecordPage, DyadCard]:
    """The row of one page of the viewer's pairs, with its pair; or NotVisible."""
    row = db.session.scalar(in_dyad(RecordPage, viewer).where(RecordPage.id == page_id))
    if row is None:
        raise NotVisible
    return row, dyad_for(viewer, row.dyad_id)

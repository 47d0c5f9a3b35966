"""Approving a page: look at exactly what it says, approve that and nothing else; take it back."""

from uuid import UUID

from portal.core.db import db
from portal.core.errors import FieldError, NotAllowed
from portal.core.languages import _
from portal.drafts.service import keep_draft
from portal.drafts.shapes import Fields
from portal.dyads.service import dyad_key, hold
from portal.record import rules
from portal.record.models import RecordAsk, RecordPage
from portal.record.service.offering import offered_for
from portal.record.service.pages import page_row
from portal.record.service.sheets import fits_one_page, sheet_for
from portal.record.shapes import Offered, PageBody, RecordPreview, RecordWish, Reply
from portal.toolbox.service import LOOK_AGAIN
from portal.vault.presses import id_of_press, write_once
from portal.vault.viewer import Viewer

EMPTY = _("Tick something, or write a few words. Then you can look at the page.")
TOO_LONG = _("This is more than one page. Please take something off, or write a little less.")


def preview_for(viewer: Viewer, dyad_id: UUID, wish: RecordWish) -> RecordPreview:
    """Exactly the page that would be approved. Nobody else has it yet.

    Raises FieldError when nothing would stand on it.
    """
    offered = offered_for(viewer, dyad_id)
    if wish.is_empty:
        raise FieldError("", str(EMPTY))
    sheet = sheet_for(viewer, offered, wish)
    if not sheet.sections:
        raise FieldError("", str(LOOK_AGAIN))
    return RecordPreview(
        dyad=offered.dyad,
        sheet=sheet,
        seen=rules.mark_of(sheet),
        fits=fits_one_page(viewer, sheet),
        tells_matters=bool(wish.with_matters and offered.matters and offered.is_matters_alone),
        lacks=_lacks(offered, wish),
    )


def keep_for_later(viewer: Viewer, place: str, fields: Fields) -> None:
    """Keep what was ticked and written for a page that is not approved yet."""
    keep_draft(viewer, place, fields)


def approve(
    viewer: Viewer, dyad_id: UUID, wish: RecordWish, *, seen: str, once: str | None
) -> UUID:
    """Approve the page that was seen: from now on the worker of the pair can open it. Gives its id.

    The same press of the same page twice approves one. Raises FieldError when the page would be
    another one now, or longer than one, or when this very press was taken back since. A worker's
    asking has its answer with it.
    """
    found = preview_for(viewer, dyad_id, wish)
    if found.seen != seen:
        raise FieldError("", str(LOOK_AGAIN))
    if not found.fits:
        raise FieldError("", str(TOO_LONG))
    press = f"{once}:{seen}" if once else None
    row = RecordPage(id=id_of_press(viewer, press), owner_id=viewer.person_id, dyad_id=dyad_id)
    key = dyad_key(viewer, found.dyad)
    hold(dyad_id)
    viewer.box.seal(row, PageBody(found.sheet), key, now=viewer.now)
    if write_once(row):
        _answer_ask(viewer, dyad_id)
    elif db.session.get_one(RecordPage, row.id).taken_back_at is not None:
        raise FieldError("", str(LOOK_AGAIN))
    return row.id


def take_back(viewer: Viewer, page_id: UUID) -> UUID:
    """Take an approved page back: its words leave the portal at once. Gives the pair's id.

    The owner may at any time, after the pair's end too. That there was a page, and when, stays.
    """
    row, dyad = page_row(viewer, page_id)
    if not dyad.is_owner:
        raise NotAllowed
    if row.taken_back_at is None:
        row.taken_back_at = viewer.now
        both = frozenset((dyad.owner_id, dyad.worker_id))
        key = viewer.box.dyad_key(dyad.id, between=both)
        viewer.box.seal(row, PageBody(), key, now=viewer.now)
    return dyad.id


def _lacks(offered: Offered, wish: RecordWish) -> bool:
    """Whether something that was picked is not offered any more."""
    goals = {str(each.id) for each in offered.goals}
    life = {str(each.id) for each in offered.life}
    kept = {str(each.id) for each in offered.kept}
    gone = (wish.goals - goals) | (wish.life - life) | (wish.kept - kept)
    no_matters = wish.with_matters and not offered.matters
    return bool(gone or no_matters or (wish.with_agreement and not offered.agreement))


def _answer_ask(viewer: Viewer, dyad_id: UUID) -> None:
    row = db.session.get(RecordAsk, dyad_id)
    if row is not None and row.reply is not Reply.MADE:
        row.reply, row.replied_at = Reply.MADE, viewer.now

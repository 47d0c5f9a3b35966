"""Taking a dated copy of the list to a meeting: choose, see exactly the copy, take it along."""

from uuid import UUID

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from portal.accounts.gates import owner, viewer
from portal.core.guard import GuardedBlueprint
from portal.core.languages import _
from portal.core.pages import render
from portal.core.web import picked_ids
from portal.medicines import service
from portal.medicines.shapes import CopyWish

medicine_copies = GuardedBlueprint(
    "medicine_copies", __name__, url_prefix="/medicines/copy/<uuid:dyad_id>"
)


@medicine_copies.get("", allow=owner)
def choose(dyad_id: UUID) -> ResponseReturnValue:
    """Step one: what goes into the copy."""
    return render("medicines/copy_choose.html", choice=service.choice_for(viewer(), dyad_id))


@medicine_copies.post("/preview", allow=owner)
def preview(dyad_id: UUID) -> ResponseReturnValue:
    """Step two: exactly the copy. Nobody has it yet."""
    wish = _wish()
    copy = service.preview_for(viewer(), dyad_id, wish)
    return render("medicines/copy_preview.html", copy=copy, wish=wish)


@medicine_copies.post("", allow=owner)
def take(dyad_id: UUID) -> ResponseReturnValue:
    """Step three: take along what was seen."""
    service.take_copy(viewer(), dyad_id, _wish(), seen=request.form.get("seen", ""))
    flash(_("The copy is on the list for the meeting."))
    return redirect(url_for("meetings.pair", dyad_id=dyad_id), 303)


def _wish() -> CopyWish:
    said, ids = request.form.getlist("more"), frozenset(picked_ids("item"))
    return CopyWish(ids, with_notices="notices" in said, with_questions="questions" in said)

"""Taking a dated copy to a meeting: choose, see exactly the copy, take it along."""

from uuid import UUID

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from portal.accounts.gates import owner, viewer
from portal.check_ins import service
from portal.check_ins.shapes.pages import CopyWish
from portal.core.errors import BadRequest
from portal.core.guard import GuardedBlueprint
from portal.core.languages import _
from portal.core.pages import render
from portal.toolbox.charts import Scale

check_in_copies = GuardedBlueprint(
    "check_in_copies", __name__, url_prefix="/check-ins/copy/<uuid:dyad_id>"
)


@check_in_copies.get("", allow=owner)
def choose(dyad_id: UUID) -> ResponseReturnValue:
    """Step one: what goes into the copy, and how far back."""
    return render("check_ins/copy_choose.html", choice=service.choice_for(viewer(), dyad_id))


@check_in_copies.post("/preview", allow=owner)
def preview(dyad_id: UUID) -> ResponseReturnValue:
    """Step two: exactly the copy. Nobody has it yet."""
    wish = _wish()
    copy = service.preview_for(viewer(), dyad_id, wish)
    return render("check_ins/copy_preview.html", copy=copy, wish=wish)


@check_in_copies.post("", allow=owner)
def take(dyad_id: UUID) -> ResponseReturnValue:
    """Step three: take along what was seen."""
    service.take_copy(viewer(), dyad_id, _wish(), seen=request.form.get("seen", ""))
    flash(_("The copy is on the list for the meeting."))
    return redirect(url_for("meetings.pair", dyad_id=dyad_id), 303)


def _wish() -> CopyWish:
    try:
        scale = Scale(request.form.get("scale", Scale.DAYS.value))
    except ValueError as problem:
        raise BadRequest from problem
    return CopyWish(frozenset(request.form.getlist("thing")), scale)

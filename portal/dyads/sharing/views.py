"""Pages of sharing: who sees what, and who opened what."""

from uuid import UUID

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from portal.accounts.gates import owner, viewer
from portal.core.errors import NotVisible
from portal.core.guard import GuardedBlueprint
from portal.core.languages import _
from portal.core.pages import render
from portal.core.web import read_token
from portal.dyads import service
from portal.dyads.sharing.parts import SHAREABLE, part_named

NOT_OPEN = _(
    "Something of yours does not open any more. Please tell the people who run this portal."
)

sharing = GuardedBlueprint("sharing", __name__, url_prefix="/sharing")


@sharing.get("", allow=owner)
def index() -> ResponseReturnValue:
    """Everybody the owner is a pair with, and what each can see."""
    return render("sharing/index.html", rows=service.who_sees_what(viewer(), SHAREABLE))


@sharing.post("/<uuid:dyad_id>/<part>/end", allow=owner)
def end(dyad_id: UUID, part: str) -> ResponseReturnValue:
    """End one worker's sight of one part, in one press."""
    found = part_named(part)
    if found is None:
        raise NotVisible
    left = service.unshare_part(viewer(), dyad_id, found)
    flash(_("Ended. They see nothing of it any more."))
    if left:
        flash(NOT_OPEN)
    return redirect(url_for("sharing.index"), 303)


@sharing.get("/openings", allow=owner)
def openings() -> ResponseReturnValue:
    """Who opened what, by the day and the hour."""
    before = read_token(request.args.get("before"))
    return render("sharing/openings.html", page=service.openings_page(viewer(), before=before))

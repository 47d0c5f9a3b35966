"""Pages of the pairs: all of a person's, one pair, its short code, and its end."""

from uuid import UUID

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from portal.accounts.gates import owner, owner_or_worker, viewer
from portal.core.guard import GuardedBlueprint
from portal.core.languages import _
from portal.core.pages import render
from portal.dyads import service
from portal.dyads.invitations.service import invitations_of, letters_now
from portal.dyads.sharing.views import NOT_OPEN

dyads = GuardedBlueprint("dyads", __name__, url_prefix="/dyads")


@dyads.get("", allow=owner_or_worker)
def index() -> ResponseReturnValue:
    """Everybody one uses the portal with, and the invitations that are open."""
    me = viewer()
    return render(
        "dyads/index.html",
        pairs=service.dyads_of(me),
        sent=[each for each in invitations_of(me) if each.is_open],
        letters=letters_now(me),
        goodbyes=service.goodbyes_of(me) if me.is_worker else [],
    )


@dyads.get("/<uuid:dyad_id>", allow=owner_or_worker)
def pair(dyad_id: UUID) -> ResponseReturnValue:
    """One pair: the other person, and the ways on from here."""
    return render("dyads/pair.html", pair=service.dyad_for(viewer(), dyad_id))


@dyads.get("/<uuid:dyad_id>/code", allow=owner_or_worker)
def code(dyad_id: UUID) -> ResponseReturnValue:
    """The short code that the two compare face to face."""
    return render("dyads/code.html", found=service.code_for(viewer(), dyad_id))


@dyads.post("/<uuid:dyad_id>/code", allow=owner_or_worker)
def confirm_code(dyad_id: UUID) -> ResponseReturnValue:
    """Say that both codes were the same."""
    service.confirm_code(viewer(), dyad_id)
    flash(_("Thank you. You need not do this again."))
    return redirect(url_for("dyads.pair", dyad_id=dyad_id), 303)


@dyads.get("/<uuid:dyad_id>/end", allow=owner_or_worker)
def ending(dyad_id: UUID) -> ResponseReturnValue:
    """What it means to end this, before it happens."""
    return render("dyads/end.html", pair=service.dyad_for(viewer(), dyad_id))


@dyads.post("/<uuid:dyad_id>/end", allow=owner_or_worker)
def end(dyad_id: UUID) -> ResponseReturnValue:
    """End it."""
    left = service.end_dyad(viewer(), dyad_id)
    flash(_("It has ended. You two do not write here any more."))
    if left:
        flash(NOT_OPEN)
    return redirect(url_for("dyads.index"), 303)


@dyads.post("/<uuid:dyad_id>/goodbye", allow=owner)
def goodbye(dyad_id: UUID) -> ResponseReturnValue:
    """Say that one has seen that the worker ended it."""
    service.see_end(viewer(), dyad_id)
    return redirect("/", 303)

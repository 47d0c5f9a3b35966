"""Sharing: choose, see exactly what the worker would see, confirm; and for one item alone."""

from uuid import UUID

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from portal.accounts.gates import owner, viewer
from portal.core.errors import BadRequest
from portal.core.languages import _
from portal.core.pages import render
from portal.core.web import picked_ids
from portal.toolbox import service
from portal.toolbox.service import shareable_tool
from portal.toolbox.views.blueprint import part_sharing, tools


@part_sharing.get("", allow=owner)
def choose(tool: str, dyad_id: UUID) -> ResponseReturnValue:
    """Step one: which items go along."""
    choice = service.choice_for(viewer(), shareable_tool(tool), dyad_id)
    return render("toolbox/sharing_choose.html", choice=choice)


@part_sharing.post("/preview", allow=owner)
def preview(tool: str, dyad_id: UUID) -> ResponseReturnValue:
    """Step two: exactly what the worker would see. Nothing is shared yet."""
    me, found, picked = viewer(), shareable_tool(tool), picked_ids("item")
    if not picked and not service.choice_for(me, found, dyad_id).is_on:
        return _pick_first(tool, dyad_id)
    page = service.preview_for(me, found, dyad_id, picked)
    return render("toolbox/sharing_preview.html", preview=page)


@part_sharing.post("", allow=owner)
def share(tool: str, dyad_id: UUID) -> ResponseReturnValue:
    """Step three: share what was seen."""
    me, found, picked = viewer(), shareable_tool(tool), picked_ids("item")
    if not picked and not service.choice_for(me, found, dyad_id).is_on:
        return _pick_first(tool, dyad_id)
    service.share(me, found, dyad_id, picked, seen=request.form.get("seen", ""))
    flash(
        _("Shared. You can end this at any time, without a reason.")
        if picked
        else _("Kept. Nothing goes along now.")
    )
    return redirect(url_for("part_sharing.choose", tool=tool, dyad_id=dyad_id), 303)


def _pick_first(tool: str, dyad_id: UUID) -> ResponseReturnValue:
    flash(_("Nothing was picked, so nothing is shared. Pick what may go along."), "sand")
    return redirect(url_for("part_sharing.choose", tool=tool, dyad_id=dyad_id), 303)


@tools.get("/<uuid:item_id>/audience", allow=owner)
def audience(tool: str, item_id: UUID) -> ResponseReturnValue:
    """Who sees one item, and how it looks to them."""
    found = service.audience_of(viewer(), shareable_tool(tool), item_id)
    return render("toolbox/audience.html", found=found)


@tools.post("/<uuid:item_id>/audience", allow=owner)
def change_audience(tool: str, item_id: UUID) -> ResponseReturnValue:
    """Let one item go along with the shared ones, or keep it back."""
    wish, found = request.form.get("audience"), shareable_tool(tool)
    if wish == "shared":
        service.let_go_along(viewer(), found, item_id, seen=request.form.get("seen", ""))
        flash(_("It is shared now."))
    elif wish == "only_me":
        service.keep_back(viewer(), found, item_id)
        flash(_("Only you can see it now."))
    else:
        raise BadRequest
    return redirect(url_for("tools.audience", tool=tool, item_id=item_id), 303)

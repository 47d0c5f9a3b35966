"""Sharing goals: choose, see exactly what the worker would see, confirm; and for one goal alone."""

from uuid import UUID

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from portal.accounts.gates import owner, viewer
from portal.core.errors import BadRequest
from portal.core.guard import GuardedBlueprint
from portal.core.languages import _
from portal.core.pages import render
from portal.goals import service
from portal.goals.views.answers import to_goal

goals_sharing = GuardedBlueprint("goals_sharing", __name__, url_prefix="/goals")


@goals_sharing.get("/sharing/<uuid:dyad_id>", allow=owner)
def choose(dyad_id: UUID) -> ResponseReturnValue:
    """Step one: which goals go along."""
    choice = service.sharing_choice(viewer(), dyad_id)
    return render("goals/sharing_choose.html", choice=choice)


@goals_sharing.post("/sharing/<uuid:dyad_id>/preview", allow=owner)
def preview(dyad_id: UUID) -> ResponseReturnValue:
    """Step two: exactly what the worker would see. Nothing is shared yet."""
    shown = service.sharing_preview(viewer(), dyad_id, _chosen())
    return render("goals/sharing_preview.html", preview=shown)


@goals_sharing.post("/sharing/<uuid:dyad_id>", allow=owner)
def share(dyad_id: UUID) -> ResponseReturnValue:
    """Step three: share what was seen."""
    service.share_goals(viewer(), dyad_id, _chosen(), seen=request.form.get("seen", ""))
    flash(_("Shared. You can end this at any time, without a reason."))
    return redirect(url_for("goals_sharing.choose", dyad_id=dyad_id), 303)


@goals_sharing.post("/sharing/<uuid:dyad_id>/end", allow=owner)
def end(dyad_id: UUID) -> ResponseReturnValue:
    """End the sharing of goals, at once."""
    service.stop_sharing(viewer(), dyad_id)
    flash(_("Ended. Your goals cannot be seen there any more."))
    return redirect(url_for("goals_sharing.choose", dyad_id=dyad_id), 303)


@goals_sharing.get("/<uuid:goal_id>/audience", allow=owner)
def audience(goal_id: UUID) -> ResponseReturnValue:
    """Who sees one goal, and how it looks to them."""
    return render("goals/audience.html", found=service.goal_audience(viewer(), goal_id))


@goals_sharing.post("/<uuid:goal_id>/audience", allow=owner)
def change_audience(goal_id: UUID) -> ResponseReturnValue:
    """Let one goal go along with the shared ones, or keep it back."""
    wish = request.form.get("audience")
    if wish == "shared":
        service.let_goal_go_along(viewer(), goal_id, seen=request.form.get("seen", ""))
        flash(_("This goal is shared now, with its pieces and its history."))
    elif wish == "only_me":
        service.keep_goal_back(viewer(), goal_id)
        flash(_("Only you can see this goal now, with its pieces and its history."))
    else:
        raise BadRequest
    return to_goal(goal_id)


def _chosen() -> list[UUID]:
    try:
        return [UUID(each) for each in request.form.getlist("goal")]
    except ValueError as problem:
        raise BadRequest from problem

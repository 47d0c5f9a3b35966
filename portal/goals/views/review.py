"""The worker's side: the review before a meeting, on the screen and on paper; offering ideas."""

from functools import partial
from uuid import UUID

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from portal.accounts.gates import viewer, worker
from portal.core.guard import GuardedBlueprint
from portal.core.languages import _
from portal.core.pages import form_page, render
from portal.goals import service
from portal.goals.forms import OfferForm

goals_review = GuardedBlueprint("goals_review", __name__, url_prefix="/people/<uuid:dyad_id>/goals")


@goals_review.get("", allow=worker)
def review(dyad_id: UUID) -> ResponseReturnValue:
    """What is new, moved, done and resting, since they last met or since one last looked."""
    page = service.review_page(viewer(), dyad_id, _since(), request.args.get("before"))
    return render("goals/review.html", page=page)


@goals_review.get("/print", allow=worker)
def on_paper(dyad_id: UUID) -> ResponseReturnValue:
    """The same, for one sheet of paper."""
    page = service.review_page(viewer(), dyad_id, _since(), request.args.get("before"))
    return render("goals/review_print.html", page=page)


@goals_review.route("/<uuid:goal_id>/offers/new", allow=worker, methods=["GET", "POST"])
def offer(dyad_id: UUID, goal_id: UUID) -> ResponseReturnValue:
    """Offer an idea for a goal."""
    me = viewer()
    page, form = service.offer_page(me, dyad_id, goal_id), OfferForm()
    if form.saves(partial(service.offer_idea, me, dyad_id, goal_id, once=form.once.data)):
        flash(_("Your idea is there for %(name)s to see.", name=page.owner_name))
        return _to_review(dyad_id)
    return form_page(render("goals/offer.html", form=form, page=page))


@goals_review.post("/<uuid:goal_id>/offers/<uuid:offer_id>/withdrawal", allow=worker)
def withdraw(dyad_id: UUID, goal_id: UUID, offer_id: UUID) -> ResponseReturnValue:
    """Take an idea back that has not been answered."""
    service.withdraw_offer(viewer(), dyad_id, goal_id, offer_id)
    return _to_review(dyad_id)


def _since() -> service.Since:
    try:
        return service.Since(request.args.get("since", ""))
    except ValueError:
        return service.Since.MET


def _to_review(dyad_id: UUID) -> ResponseReturnValue:
    return redirect(url_for("goals_review.review", dyad_id=dyad_id), 303)

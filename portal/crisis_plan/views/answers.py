"""A worker's word on a plan that is shared with them."""

from uuid import UUID

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from portal.accounts.gates import viewer, worker
from portal.core.languages import _
from portal.core.pages import form_page, render
from portal.crisis_plan import service
from portal.crisis_plan.forms import AnswerForm
from portal.crisis_plan.views.blueprint import plan_answers


@plan_answers.route("/crisis-plan-answer", allow=worker, methods=["GET", "POST"])
def answer(dyad_id: UUID) -> ResponseReturnValue:
    """Say that one has read and agrees, or what one sees otherwise."""
    me = viewer()
    shown = service.plan_to_answer(me, dyad_id)
    form = AnswerForm([(each.id.hex, each.heading) for each in shown.sections])

    def keep(said: dict[str, str]) -> None:
        about = UUID(said["about"]) if said["about"] else None
        agrees, once = said["stance"] == "agrees", form.once.data
        service.answer_plan(me, dyad_id, said["text"], agrees=agrees, about=about, once=once)

    if form.saves(keep):
        flash(_("Kept with today’s date. %(name)s sees it.", name=shown.owner_name))
        return redirect(url_for("seen_parts.part", dyad_id=dyad_id, tool="crisis-plan"), 303)
    return form_page(render("crisis_plan/answer.html", form=form, shown=shown))

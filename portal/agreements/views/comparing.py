"""Where the two stand, side by side, and settling what is worth a talk."""

from typing import Any
from uuid import UUID

from flask import flash, request
from flask.typing import ResponseReturnValue

from portal.accounts.gates import owner_or_worker, viewer
from portal.agreements import service
from portal.agreements.forms import settle_form
from portal.agreements.shapes import DraftPage, How, PointPage, Side
from portal.agreements.views.blueprint import agreements, show, to
from portal.core.errors import NotVisible
from portal.core.languages import _


@agreements.get("/comparison", allow=owner_or_worker)
def comparison(dyad_id: UUID) -> ResponseReturnValue:
    """All eight questions with both answers."""
    return show("comparison", page=service.draft_for(viewer(), dyad_id))


@agreements.route(
    "/comparison/<question>", allow=owner_or_worker, endpoint="point", methods=["GET", "POST"]
)
def point(dyad_id: UUID, question: str) -> ResponseReturnValue:
    """Settle one question: one side's answer, a third, or keep it for the meeting."""
    page = service.draft_for(viewer(), dyad_id)
    here = _point(page, question)
    place = f"agreement:{dyad_id}:{page.round.number}:{question}"
    form = settle_form(here.question, answers=here.value, names=page.names, place=place)
    if request.method == "GET":
        form.look_at(here.number)
    elif _settles(form, dyad_id, here):
        return _next(dyad_id, page, here)
    shown: dict[str, Any] = {"page": page, "point": here, "form": form}
    return show("point", **shown), 422 if form.errors else 200


@agreements.post("/trial", allow=owner_or_worker)
def trial(dyad_id: UUID) -> ResponseReturnValue:
    """Try one side's answers to the open points for four weeks."""
    side = Side.OWNER if request.form.get("side") == Side.OWNER.value else Side.WORKER
    service.try_side(viewer(), dyad_id, side)
    return to("draft", dyad_id)


@agreements.post("/kept", allow=owner_or_worker)
def kept(dyad_id: UUID) -> ResponseReturnValue:
    """Keep the open points for the meeting."""
    service.keep_for_meeting(viewer(), dyad_id)
    flash(_("Kept for the meeting. Until then the usual stands for these."))
    return to("draft", dyad_id)


def _settles(form: Any, dyad_id: UUID, here: PointPage) -> bool:
    """Whether the press went well. Picking a side or keeping asks nothing of the words."""
    how, number = form.chosen, form.number.data or 0
    me, question = viewer(), here.question
    if how is not How.THIRD:
        service.settle(me, dyad_id, question, how, number=number)
        return True
    settled: bool = form.saves(
        lambda values: service.settle(me, dyad_id, question, how, number=number, third=values)
    )
    return settled


def _next(dyad_id: UUID, page: DraftPage, here: PointPage) -> ResponseReturnValue:
    """On to the next open point, or to where the two stand."""
    following = [each for each in page.open_points if each.question is not here.question]
    if here.is_open and following:
        return to("point", dyad_id, question=following[0].question.value)
    return to("comparison", dyad_id)


def _point(page: DraftPage, question: str) -> PointPage:
    found = next((each for each in page.points if each.question.value == question), None)
    if found is None:
        raise NotVisible
    return found

"""What is asked, a reminder, and resting from it all."""

from uuid import UUID

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from portal.accounts.gates import owner, viewer
from portal.check_ins import service
from portal.check_ins.forms import ItemForm, ReminderForm
from portal.check_ins.shapes.bodies import Kind
from portal.check_ins.words import EXAMPLES, KINDS
from portal.core.errors import BadRequest, FieldError, NotVisible
from portal.core.guard import GuardedBlueprint
from portal.core.languages import _
from portal.core.pages import form_page, render
from portal.core.web import safe_next
from portal.notifications.service import has_turned_off
from portal.notifications.shapes import NoticeKind

check_in_ways = GuardedBlueprint("check_in_ways", __name__, url_prefix="/check-ins")


@check_in_ways.get("/questions", allow=owner)
def questions() -> ResponseReturnValue:
    """What is asked, what is asked no more, and when."""
    return _page(ReminderForm(data={"at": service.setup_of(viewer()).remind_at}))


@check_in_ways.post("/reminder", allow=owner)
def reminder() -> ResponseReturnValue:
    """Set the time of a reminder, or take it away."""
    me, form = viewer(), ReminderForm()
    if form.saves(lambda at: service.remind_at(me, at)):
        flash(_("Kept. The e-mail will not say what it is about."))
        return _to_questions()
    return _page(form)


@check_in_ways.post("/rest", allow=owner)
def rest() -> ResponseReturnValue:
    """Rest from check-ins, or take them up again."""
    is_resting = request.form.get("to") == "rest"
    service.rest(viewer(), is_resting=is_resting)
    flash(_("Rest well. Nothing waits here.") if is_resting else _("Good to have you here again."))
    return redirect(url_for("check_ins.index"), 303)


@check_in_ways.route("/questions/new/<question_kind>", allow=owner, methods=["GET", "POST"])
def new(question_kind: str) -> ResponseReturnValue:
    """Follow one thing more."""
    me, form = viewer(), ItemForm(_kind(question_kind))
    if form.saves(lambda form: service.follow(me, form.to_item, once=form.once.data)):
        return _to_questions()
    return _form_page(form, KINDS[form.kind])


@check_in_ways.route("/questions/<uuid:question_id>", allow=owner, methods=["GET", "POST"])
def question(question_id: UUID) -> ResponseReturnValue:
    """Call one thing otherwise, or its words."""
    me = viewer()
    item = service.item_for(me, question_id)
    form = ItemForm(item.kind, item)
    if form.saves(lambda form: service.change_item(me, form.to_item(item.id, item.since))):
        return _to_questions()
    return _form_page(form, item.name)


@check_in_ways.post("/questions/<uuid:question_id>/asking", allow=owner)
def asking(question_id: UUID) -> ResponseReturnValue:
    """Ask on for one thing, ask again, or ask no more."""
    verbs = {"ask": service.keep_asking, "stop": service.stop_asking}
    verb = verbs.get(request.form.get("to", ""))
    if verb is None:
        raise BadRequest
    try:
        verb(viewer(), question_id)
    except FieldError as problem:
        flash(problem.message, "sand")
    else:
        flash(_("It is asked again.") if verb is service.keep_asking else _("It is asked no more."))
    return redirect(safe_next(request.form.get("next"), url_for("check_in_ways.questions")), 303)


@check_in_ways.post(
    "/questions/<uuid:question_id>/removal", allow=owner, ends="check_in_ways.questions"
)
def delete(question_id: UUID) -> ResponseReturnValue:
    """Delete a thing that is asked no more, with its answers, for good."""
    service.delete_item(viewer(), question_id)
    flash(_("Deleted for good, with every answer to it."))
    return _to_questions()


def _page(form: ReminderForm) -> ResponseReturnValue:
    me = viewer()
    page = render(
        "check_ins/questions.html",
        setup=service.setup_of(me),
        form=form,
        kinds=KINDS,
        examples=EXAMPLES,
        is_off=has_turned_off(me, NoticeKind.CHECK_IN_REMINDER),
    )
    return page, 422 if form.errors else 200


def _form_page(form: ItemForm, title: str) -> ResponseReturnValue:
    page = render("check_ins/question.html", form=form, title=title)
    return form_page(page)


def _kind(name: str) -> Kind:
    try:
        return Kind(name)
    except ValueError as problem:
        raise NotVisible from problem


def _to_questions() -> ResponseReturnValue:
    return redirect(url_for("check_in_ways.questions"), 303)

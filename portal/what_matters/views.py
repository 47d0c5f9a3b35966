"""The pages of what matters: the sentence, and the list of what keeps one well."""

from functools import partial
from uuid import UUID

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from portal.accounts.gates import owner, viewer
from portal.core.guard import GuardedBlueprint
from portal.core.languages import _
from portal.core.pages import form_page, render
from portal.what_matters import service
from portal.what_matters.forms import SentenceForm, WellForm

what_matters = GuardedBlueprint("what_matters", __name__, url_prefix="/what-matters")


@what_matters.get("", allow=owner)
def index() -> ResponseReturnValue:
    """The sentence and the list."""
    page = service.matters_page(viewer())
    return render("what_matters/index.html", page=page, form=WellForm())


@what_matters.route("/sentence", allow=owner, methods=["GET", "POST"])
def sentence() -> ResponseReturnValue:
    """Write the sentence, or say it anew; what it said before stands below."""
    me, before = viewer(), request.args.get("before")
    page = service.sentence_page(me, before)
    form = SentenceForm(data={"text": page.text})
    if form.saves(partial(service.say_what_matters, me, once=form.once.data)):
        flash(
            _("Kept. Your former words stay with you, with their date.")
            if page.text
            else _("Kept. Only you can see it.")
        )
        return _to_index()
    return form_page(render("what_matters/sentence.html", form=form, page=page, before=before))


@what_matters.post("/list", allow=owner)
def add() -> ResponseReturnValue:
    """Add a line to what keeps one well."""
    me, form = viewer(), WellForm()
    if form.saves(partial(service.add_to_well, me, once=form.once.data)):
        return _to_index()
    return render("what_matters/index.html", page=service.matters_page(me), form=form), 422


@what_matters.route("/<uuid:matter_id>", allow=owner, methods=["GET", "POST"])
def line(matter_id: UUID) -> ResponseReturnValue:
    """One line of the list: now, and then."""
    me, before = viewer(), request.args.get("before")
    page = service.line_page(me, matter_id, before)
    form = WellForm(data={"text": page.line.body.text})
    if form.saves(partial(service.change_line, me, matter_id)):
        flash(_("Kept. Your former words stay with you, with their date."))
        return _to_index()
    return form_page(render("what_matters/line.html", form=form, page=page, before=before))


@what_matters.post("/<uuid:matter_id>/place", allow=owner)
def put_away(matter_id: UUID) -> ResponseReturnValue:
    """Put a line away, or bring it back."""
    is_away = request.form.get("to") == "away"
    service.put_away(viewer(), matter_id, is_away=is_away)
    flash(
        _("Put away. You can bring it back below.")
        if is_away
        else _("It is back. Only you can see it.")
    )
    return _to_index()


@what_matters.post("/<uuid:matter_id>/removal", allow=owner, ends="what_matters.index")
def delete(matter_id: UUID) -> ResponseReturnValue:
    """Delete a line that was put away, for good."""
    service.delete_line(viewer(), matter_id)
    flash(_("Deleted for good."))
    return _to_index()


def _to_index() -> ResponseReturnValue:
    return redirect(url_for("what_matters.index"), 303)

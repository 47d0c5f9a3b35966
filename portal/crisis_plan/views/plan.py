"""The owner's plan: all of it, now and then, one section, its words, how it was made."""

from functools import partial

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from portal.accounts.gates import owner, viewer
from portal.core.days import day_named
from portal.core.languages import _
from portal.core.pages import form_page, render
from portal.crisis_plan import service
from portal.crisis_plan.forms import MadeForm, section_form
from portal.crisis_plan.shapes import Written
from portal.crisis_plan.views.blueprint import crisis_plan, kind_named
from portal.crisis_plan.words import SECTIONS

_SAID = {
    Written.NEW: _("Kept. Only you can see it."),
    Written.CHANGED: _("Kept. Your former words stay with you, with their date."),
    Written.BACK: _("It is back. Only you can see it."),
    Written.SAME: _("It stands as it was."),
}


@crisis_plan.get("", allow=owner)
def index() -> ResponseReturnValue:
    """The whole plan."""
    return render("crisis_plan/index.html", page=service.plan_page(viewer()))


@crisis_plan.get("/then-and-now", allow=owner)
def then() -> ResponseReturnValue:
    """The whole plan on an earlier day beside now."""
    on = day_named(request.args.get("on"))
    return render("crisis_plan/then.html", page=service.then_page(viewer(), on))


@crisis_plan.get("/<section_kind>", allow=owner)
def section(section_kind: str) -> ResponseReturnValue:
    """One section: now, and then."""
    before = request.args.get("before")
    page = service.section_page(viewer(), kind_named(section_kind), before=before)
    return render("crisis_plan/section.html", page=page)


@crisis_plan.route("/<section_kind>/words", allow=owner, methods=["GET", "POST"])
def words(section_kind: str) -> ResponseReturnValue:
    """Write a section, or say it anew."""
    me, kind = viewer(), kind_named(section_kind)
    body, names = service.words_of(me, kind)
    form = section_form(body, service.contacts_for(me, body))
    if form.saves(partial(service.write_section, me, once=form.once.data)):
        flash(_SAID[form.outcome])
        return _to_index()
    said = SECTIONS[kind]
    page = render("crisis_plan/words.html", form=form, body=body, names=names, said=said)
    return form_page(page)


@crisis_plan.post("/<section_kind>/place", allow=owner)
def place(section_kind: str) -> ResponseReturnValue:
    """Put a section away, or bring it back."""
    is_away = request.form.get("to") == "away"
    service.put_away(viewer(), kind_named(section_kind), is_away=is_away)
    flash(
        _("Put away. You can bring it back below.")
        if is_away
        else _("It is back. Only you can see it.")
    )
    return _to_index()


@crisis_plan.post("/<section_kind>/removal", allow=owner, ends="crisis_plan.index")
def delete(section_kind: str) -> ResponseReturnValue:
    """Delete a section that was put away, for good."""
    service.delete_section(viewer(), kind_named(section_kind))
    flash(_("Deleted for good."))
    return _to_index()


@crisis_plan.route("/made", allow=owner, methods=["GET", "POST"])
def made() -> ResponseReturnValue:
    """How the plan was made, and when to look at it again."""
    me = viewer()
    known = service.made_of(me)
    how = "alone" if known.is_alone else "together"
    data = {"how": how, "with_whom": known.with_whom, "review_on": known.review_on}
    form = MadeForm(data=data)
    if form.saves(partial(service.say_how_made, me)):
        flash(_("Kept."))
        return _to_index()
    return form_page(render("crisis_plan/made.html", form=form))


@crisis_plan.post("/look", allow=owner)
def look() -> ResponseReturnValue:
    """The plan still fits; look again in six months."""
    service.looked_again(viewer())
    flash(_("Good. You are reminded again in six months."))
    return _to_index()


def _to_index() -> ResponseReturnValue:
    return redirect(url_for("crisis_plan.index"), 303)

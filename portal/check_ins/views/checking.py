"""Checking in, the charts, and the days that were written."""

from uuid import UUID

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from portal.accounts.gates import owner, viewer
from portal.check_ins import service
from portal.check_ins.forms import CheckInForm
from portal.core.days import day_named
from portal.core.errors import BadRequest
from portal.core.guard import GuardedBlueprint
from portal.core.languages import _
from portal.core.pages import form_page, render
from portal.toolbox.charts import Scale

check_ins = GuardedBlueprint("check_ins", __name__, url_prefix="/check-ins")


@check_ins.get("", allow=owner)
def index() -> ResponseReturnValue:
    """The charts, by day, week or month, up to today or a day before."""
    only = request.args.get("only")
    try:
        scale = Scale(request.args.get("scale", Scale.DAYS.value))
        only_id = UUID(only) if only else None
    except ValueError as problem:
        raise BadRequest from problem
    page = service.check_ins_page(viewer(), scale, day_named(request.args.get("until")), only_id)
    return render("check_ins/index.html", page=page, Scale=Scale)


@check_ins.route("/new", allow=owner, methods=["GET", "POST"])
def new() -> ResponseReturnValue:
    """Check in; for today, or for a day before."""
    me = viewer()
    page = service.ask_page(me)
    form = CheckInForm(page.setup.asked, day_named(request.args.get("on")) or page.today)
    if form.saves(lambda said: service.check_in(me, *said, once=form.once.data)):
        flash(_("Kept. Only you can see it.") if form.outcome else _("All skipped. That is fine."))
        return redirect(url_for("check_ins.index"), 303)
    return form_page(render("check_ins/new.html", page=page, form=form))


@check_ins.get("/days", allow=owner)
def days() -> ResponseReturnValue:
    """What was written, day by day."""
    page = service.days_page(viewer(), request.args.get("before"))
    return render("check_ins/days.html", page=page)


@check_ins.route("/<uuid:check_in_id>", allow=owner, methods=["GET", "POST"])
def entry(check_in_id: UUID) -> ResponseReturnValue:
    """One check-in: say it otherwise."""
    me = viewer()
    found, items = service.entry_with_items(me, check_in_id)
    form = CheckInForm(items, found.on, found.body)
    if form.saves(lambda said: service.change(me, check_in_id, *said, asked=form.asks)):
        flash(_("Changed."))
        return redirect(url_for("check_ins.days"), 303)
    return form_page(render("check_ins/entry.html", entry=found, form=form))


@check_ins.post("/<uuid:check_in_id>/place", allow=owner)
def put_away(check_in_id: UUID) -> ResponseReturnValue:
    """Put a check-in away, or bring it back."""
    is_away = request.form.get("to") == "away"
    service.put_away(viewer(), check_in_id, is_away=is_away)
    flash(_("Put away. You can bring it back below.") if is_away else _("It is back."))
    return redirect(url_for("check_ins.days"), 303)


@check_ins.post("/<uuid:check_in_id>/removal", allow=owner, ends="check_ins.days")
def delete(check_in_id: UUID) -> ResponseReturnValue:
    """Delete a check-in that was put away, for good."""
    service.delete(viewer(), check_in_id)
    flash(_("Deleted for good."))
    return redirect(url_for("check_ins.days"), 303)

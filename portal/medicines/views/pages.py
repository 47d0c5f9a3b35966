"""The list of medicines, and one of them: its words, its times, its end."""

from functools import partial
from uuid import UUID

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from portal.accounts.gates import owner, viewer
from portal.core.forms import PortalForm
from portal.core.guard import GuardedBlueprint
from portal.core.languages import _
from portal.core.pages import form_page, render
from portal.medicines import service
from portal.medicines.forms import MedicineForm, StopForm, TimesForm
from portal.notifications.service import has_turned_off
from portal.notifications.shapes import NoticeKind

medicines = GuardedBlueprint("medicines", __name__, url_prefix="/medicines")


@medicines.get("", allow=owner)
def index() -> ResponseReturnValue:
    """The list."""
    before = request.args.get("before")
    page = service.medicines_page(viewer(), before)
    return render("medicines/index.html", page=page, before=before)


@medicines.route("/new", allow=owner, methods=["GET", "POST"])
def new() -> ResponseReturnValue:
    """Add a medicine."""
    me, form = viewer(), MedicineForm()
    if form.saves(partial(service.add, me, once=form.once.data)):
        flash(_("Kept. Only you can see it."))
        return _to(form.outcome)
    return _page("words", form)


@medicines.post("/reminders/seen", allow=owner)
def seen() -> ResponseReturnValue:
    """The reminder was seen; nothing else is written down."""
    service.reminders_seen(viewer())
    flash(_("Good. The reminder goes on as it is."))
    return redirect(url_for("medicines.index"), 303)


@medicines.get("/<uuid:medicine_id>", allow=owner)
def medicine(medicine_id: UUID) -> ResponseReturnValue:
    """One medicine."""
    before = request.args.get("before")
    page = service.medicine_page(viewer(), medicine_id, before)
    is_off = has_turned_off(viewer(), NoticeKind.ACTIVITY_REMINDER)
    return render("medicines/medicine.html", page=page, before=before, is_off=is_off)


@medicines.route("/<uuid:medicine_id>/words", allow=owner, methods=["GET", "POST"])
def words(medicine_id: UUID) -> ResponseReturnValue:
    """Say it otherwise."""
    me = viewer()
    body = service.body_for(me, medicine_id)
    form = MedicineForm(obj=body.words)
    if form.saves(partial(service.change, me, medicine_id)):
        flash(_("Kept. Your former words stay with you, with their date."))
        return _to(medicine_id)
    return _page("words", form, medicine_id)


@medicines.route("/<uuid:medicine_id>/end", allow=owner, methods=["GET", "POST"])
def end(medicine_id: UUID) -> ResponseReturnValue:
    """It is not taken any more."""
    me = viewer()
    body = service.body_for(me, medicine_id)
    form = StopForm(data={"until": body.until})
    if form.saves(partial(service.stop, me, medicine_id)):
        flash(_("It stands under before now."))
        return _to(medicine_id)
    return _page("end", form, medicine_id)


@medicines.post("/<uuid:medicine_id>/again", allow=owner)
def again(medicine_id: UUID) -> ResponseReturnValue:
    """It is taken again."""
    service.take_again(viewer(), medicine_id)
    return _to(medicine_id)


@medicines.route("/<uuid:medicine_id>/reminders", allow=owner, methods=["GET", "POST"])
def reminders(medicine_id: UUID) -> ResponseReturnValue:
    """At which times to be reminded."""
    me = viewer()
    body = service.body_for(me, medicine_id)
    form = TimesForm(body.clocks)
    if form.saves(partial(service.set_times, me, medicine_id)):
        flash(_("Kept. The e-mail will not say what it is about."))
        return _to(medicine_id)
    is_off = has_turned_off(me, NoticeKind.ACTIVITY_REMINDER)
    return _page("reminders", form, medicine_id, is_off=is_off)


@medicines.post("/<uuid:medicine_id>/place", allow=owner)
def put_away(medicine_id: UUID) -> ResponseReturnValue:
    """Put a medicine away, or bring it back."""
    is_away = request.form.get("to") == "away"
    service.put_away(viewer(), medicine_id, is_away=is_away)
    flash(
        _("Put away. You can bring it back below.")
        if is_away
        else _("It is back. Only you can see it.")
    )
    return redirect(url_for("medicines.index"), 303)


@medicines.post("/<uuid:medicine_id>/removal", allow=owner, ends="medicines.index")
def delete(medicine_id: UUID) -> ResponseReturnValue:
    """Delete a medicine that was put away, for good."""
    service.delete(viewer(), medicine_id)
    flash(_("Deleted for good."))
    return redirect(url_for("medicines.index"), 303)


def _to(medicine_id: UUID) -> ResponseReturnValue:
    return redirect(url_for("medicines.medicine", medicine_id=medicine_id), 303)


def _page(
    name: str, form: PortalForm, medicine_id: UUID | None = None, **more: bool
) -> ResponseReturnValue:
    page = render(f"medicines/{name}.html", form=form, medicine_id=medicine_id, **more)
    return form_page(page)

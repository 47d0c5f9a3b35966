"""The pages of the night list: one box, and what lies there."""

from functools import partial
from uuid import UUID

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from portal.accounts.gates import owner, viewer
from portal.core.guard import GuardedBlueprint
from portal.core.languages import _
from portal.core.pages import render
from portal.core.web import safe_next
from portal.night import service
from portal.night.forms import NightForm

night = GuardedBlueprint("night", __name__, url_prefix="/night")


@night.route("", allow=owner, methods=["GET", "POST"])
def index() -> ResponseReturnValue:
    """The box, and what was put down."""
    me, form = viewer(), NightForm()
    if form.saves(partial(service.put_down, me, once=form.once.data)):
        flash(_("It is here. It keeps until the morning."))
        return redirect(url_for("night.index"), 303)
    page = service.night_page(me, request.args.get("before"))
    shown = render("night/index.html", page=page, form=form)
    return shown, 422 if form.is_submitted() else 200


@night.post("/leaving", allow=owner)
def leave() -> ResponseReturnValue:
    """Leave on the list what the first page shows."""
    service.leave_for_now(viewer())
    flash(_("They stay on your night list."))
    return _back()


@night.post("/<uuid:night_id>/keeping/<uuid:dyad_id>", allow=owner)
def keep(night_id: UUID, dyad_id: UUID) -> ResponseReturnValue:
    """Put a line on the list for the meeting."""
    service.keep_for_meeting(viewer(), night_id, dyad_id)
    flash(_("It is on the list for the meeting."))
    return _back()


@night.post("/<uuid:night_id>/letting-go", allow=owner)
def let_go(night_id: UUID) -> ResponseReturnValue:
    """Let a line go."""
    service.let_go(viewer(), night_id)
    flash(_("Let go. You can still bring it back."))
    return _back()


@night.post("/<uuid:night_id>/return", allow=owner)
def bring_back(night_id: UUID) -> ResponseReturnValue:
    """Bring a line back."""
    is_off = service.bring_back(viewer(), night_id)
    flash(_("It is back, and off the list for the meeting.") if is_off else _("It is back."))
    return _back()


@night.post("/<uuid:night_id>/removal", allow=owner, ends="night.index")
def delete(night_id: UUID) -> ResponseReturnValue:
    """Delete a line for good."""
    service.delete_line(viewer(), night_id)
    flash(_("Deleted for good."))
    return _back()


def _back() -> ResponseReturnValue:
    return redirect(safe_next(request.form.get("next"), "/night"), 303)

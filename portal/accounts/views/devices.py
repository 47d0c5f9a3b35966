"""Where the person is signed in, and ending it."""

from uuid import UUID

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from portal.accounts import service
from portal.accounts.gates import signed_in, viewer
from portal.accounts.views.blueprint import accounts
from portal.core.languages import _
from portal.core.pages import render


@accounts.get("/settings/devices", allow=signed_in)
def devices() -> ResponseReturnValue:
    """Every device on which the person is signed in."""
    return render("accounts/devices.html", devices=service.devices_of(viewer()))


@accounts.post("/settings/devices/<uuid:session_id>/end", allow=signed_in)
def end_device(session_id: UUID) -> ResponseReturnValue:
    """Sign one device out."""
    service.end_device(viewer(), session_id)
    flash(_("That device is signed out."))
    return redirect(url_for("accounts.devices"), 303)


@accounts.post("/settings/devices/end", allow=signed_in)
def end_devices() -> ResponseReturnValue:
    """Sign every other device out."""
    service.end_other_devices(viewer())
    flash(_("You are signed in here only."))
    return redirect(url_for("accounts.devices"), 303)

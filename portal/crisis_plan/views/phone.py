"""The plan on the owner's own phone: putting it there, keeping it fresh, taking it off.

The script ``phone.js`` seals it on the device; without scripts these pages only explain.
"""

from dataclasses import asdict
from uuid import UUID

from flask import Response, flash, jsonify, make_response, redirect, request, url_for
from flask.typing import ResponseReturnValue

from portal.accounts.gates import owner, viewer
from portal.core.assets import STATIC
from portal.core.guard import anyone
from portal.core.languages import _
from portal.core.pages import here, render, render_alone
from portal.crisis_plan import service
from portal.crisis_plan.views.blueprint import plan_here, plan_phones

WORKER = (STATIC / "worker.js").read_text("utf-8")


@plan_phones.get("", allow=owner)
def index() -> ResponseReturnValue:
    """What it means to keep the plan on a phone, and where it is kept now."""
    return render("crisis_plan/phone.html", phones=service.phones_of(viewer()))


@plan_phones.post("", allow=owner)
def add() -> ResponseReturnValue:
    """Keep the plan on this device; only a script can go on from here."""
    if request.headers.get("X-Kept-By") != "script":
        flash(_("Your browser needs scripts for this. Nothing was put on this device."), "sand")
        return _to_index()
    return jsonify(id=str(service.add_phone(viewer())))


@plan_phones.get("/<uuid:phone_id>/plan", allow=owner)
def plan(phone_id: UUID) -> ResponseReturnValue:
    """The plan, for a device that is about to seal it."""
    found = service.offline_plan(viewer(), phone_id)
    return jsonify(asdict(found) | {"at": here().day(found.at.astimezone(viewer().zone).date())})


@plan_phones.post("/<uuid:phone_id>/end", allow=owner)
def end(phone_id: UUID) -> ResponseReturnValue:
    """Take the plan off a device at its next visit."""
    service.end_phone(viewer(), phone_id)
    flash(_("It goes off that device the next time it is online here."))
    return _to_index()


@plan_here.get("", allow=anyone)
def shell() -> ResponseReturnValue:
    """The page that opens the plan on a device. It holds no words of anybody's."""
    return render_alone("crisis_plan/plan_here.html")


@plan_here.get("/no-network", allow=anyone)
def no_network() -> ResponseReturnValue:
    """What a device with the plan shows where another page cannot be fetched."""
    return render_alone("crisis_plan/no_network.html")


@plan_here.get("/worker.js", allow=anyone)
def worker() -> Response:
    """The service worker, which shows the pages above where there is no network."""
    answer = make_response(WORKER)
    answer.headers["Content-Type"] = "text/javascript; charset=utf-8"
    answer.headers["Service-Worker-Allowed"] = "/"
    return answer


@plan_here.get("/<uuid:phone_id>", allow=anyone)
def kept(phone_id: UUID) -> ResponseReturnValue:
    """Whether a device should still have the plan; it erases it when not."""
    return jsonify(kept=service.is_kept(phone_id))


def _to_index() -> ResponseReturnValue:
    return redirect(url_for("plan_phones.index"), 303)

"""Taking a dated copy of the map to a meeting: choose, see exactly what both would see, keep."""

from functools import partial
from uuid import UUID

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from portal.accounts.gates import owner, viewer
from portal.core.languages import _
from portal.core.pages import render
from portal.core.web import picked_ids
from portal.network_map import service
from portal.network_map.forms import CopyForm
from portal.network_map.shapes import MeetingCopy
from portal.network_map.views.blueprint import network_map


@network_map.get("/meeting/<uuid:dyad_id>", allow=owner)
def choose_copy(dyad_id: UUID) -> ResponseReturnValue:
    """Step one: who and what goes along."""
    found = service.meeting_copy(viewer(), dyad_id, None)
    return render("network_map/copy_choose.html", dyad=found.copy.dyad, nodes=found.nodes)


@network_map.post("/meeting/<uuid:dyad_id>/preview", allow=owner)
def preview_copy(dyad_id: UUID) -> ResponseReturnValue:
    """Step two: exactly what both would see. Nothing is kept yet."""
    found = service.meeting_copy(viewer(), dyad_id, picked_ids("item"))
    form = CopyForm(formdata=None, data={"line": str(_("My network"))}, place=_place_of(dyad_id))
    return _preview(found, form)


@network_map.post("/meeting/<uuid:dyad_id>", allow=owner)
def keep_copy(dyad_id: UUID) -> ResponseReturnValue:
    """Step three: the copy goes to the meeting's list."""
    me, chosen, seen = viewer(), picked_ids("item"), request.form.get("seen", "")
    form = CopyForm(place=_place_of(dyad_id))
    verb = partial(service.take_to_meeting, me, dyad_id, chosen=chosen, seen=seen)
    if form.saves(verb):
        flash(_("The copy is on the list for the meeting."))
        return redirect(url_for("network_map.index"), 303)
    return _preview(service.meeting_copy(me, dyad_id, chosen), form), 422


def _preview(found: MeetingCopy, form: CopyForm) -> str:
    page = "network_map/copy_preview.html"
    return render(page, copy=found.copy, chosen=found.chosen, form=form)


def _place_of(dyad_id: UUID) -> str:
    return f"network-copy:{dyad_id}"

"""Dated snapshots of the map: keeping one, the list, one beside today."""

from functools import partial
from uuid import UUID

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from portal.accounts.gates import owner, viewer
from portal.core.languages import _
from portal.core.pages import form_page, render
from portal.network_map import service
from portal.network_map.forms import SnapshotForm
from portal.network_map.views.blueprint import network_map


@network_map.route("/snapshots", allow=owner, methods=["GET", "POST"])
def snapshots() -> ResponseReturnValue:
    """The snapshots, and keeping the map as it is today."""
    me, form = viewer(), SnapshotForm()
    if form.saves(partial(service.keep_snapshot, me, once=form.once.data)):
        flash(_("Kept as it is today."))
        return _to_snapshots()
    page = render("network_map/snapshots.html", page=service.snapshots_of(me), form=form)
    return form_page(page)


@network_map.get("/snapshots/<uuid:snapshot_id>", allow=owner)
def snapshot(snapshot_id: UUID) -> ResponseReturnValue:
    """One snapshot beside the map of today."""
    page = service.snapshot_page(viewer(), snapshot_id)
    return render("network_map/snapshot.html", page=page)


@network_map.post("/snapshots/<uuid:snapshot_id>/away", allow=owner)
def put_snapshot_away(snapshot_id: UUID) -> ResponseReturnValue:
    """Put a snapshot away, or bring it back."""
    is_away = request.form.get("to") == "away"
    service.put_snapshot_away(viewer(), snapshot_id, is_away=is_away)
    flash(_("Put away. You can bring it back below.") if is_away else _("It is back."))
    return _to_snapshots()


@network_map.post(
    "/snapshots/<uuid:snapshot_id>/removal", allow=owner, ends="network_map.snapshots"
)
def delete_snapshot(snapshot_id: UUID) -> ResponseReturnValue:
    """Delete a snapshot that was put away, for good."""
    service.delete_snapshot(viewer(), snapshot_id)
    flash(_("Deleted for good."))
    return _to_snapshots()


def _to_snapshots() -> ResponseReturnValue:
    return redirect(url_for("network_map.snapshots"), 303)

"""The map, its list, and the pages of one node."""

from functools import partial
from uuid import UUID

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from portal.accounts.gates import owner, viewer
from portal.core.languages import _
from portal.core.pages import form_page, render
from portal.core.web import page_token, read_token
from portal.network_map import service
from portal.network_map.forms import NodeForm, PlaceForm, node_data, place_data
from portal.network_map.shapes import Circle, Sector
from portal.network_map.views.blueprint import network_map, to_node


@network_map.get("", allow=owner)
def index() -> ResponseReturnValue:
    """The map, or one sector of it, drawn and in words."""
    wish = request.args.get("part")
    sector = next((each for each in Sector if each.value == wish), None)
    page = service.map_page(viewer(), sector)
    return render("network_map/index.html", page=page, sectors=tuple(Sector), circles=tuple(Circle))


@network_map.get("/list", allow=owner)
def in_words() -> ResponseReturnValue:
    """The whole map in words, a page at a time."""
    after = read_token(request.args.get("after"))
    page = service.list_page(viewer(), after)
    return render("network_map/list.html", page=page, token=page.after and page_token(page.after))


@network_map.route("/new", allow=owner, methods=["GET", "POST"])
def new() -> ResponseReturnValue:
    """Add somebody or something."""
    form = NodeForm()
    if form.saves(partial(service.add_node, viewer(), once=form.once.data)):
        flash(_("It is on your map. Only you can see it."))
        return redirect(url_for("network_map.index"), 303)
    return form_page(render("network_map/new.html", form=form))


@network_map.get("/<uuid:node_id>", allow=owner)
def node(node_id: UUID) -> ResponseReturnValue:
    """One node, with where it stands and how it was before."""
    before = request.args.get("before")
    page = service.node_page(viewer(), node_id, before)
    form = PlaceForm(data=place_data(page.node.body), place=_place_of(node_id))
    return render("network_map/node.html", page=page, form=form, before=before)


@network_map.post("/<uuid:node_id>/place", allow=owner)
def place(node_id: UUID) -> ResponseReturnValue:
    """Move a node to another sector and circle; dragging it posts here too."""
    me = viewer()
    form = PlaceForm(place=_place_of(node_id))
    if form.saves(lambda to: service.move_node(me, node_id, *to)):
        flash(_("It stands there now."))
        on_map = request.form.get("from") == "map"
        return redirect(url_for("network_map.index"), 303) if on_map else to_node(node_id)
    page = service.node_page(me, node_id)
    return render("network_map/node.html", page=page, form=form, before=None), 422


@network_map.route("/<uuid:node_id>/words", allow=owner, methods=["GET", "POST"])
def change(node_id: UUID) -> ResponseReturnValue:
    """Say a node anew."""
    me = viewer()
    form = NodeForm(data=node_data(service.node_words(me, node_id)))
    if form.saves(partial(service.change_node, me, node_id)):
        flash(_("Kept. How it was before stays with you."))
        return to_node(node_id)
    return form_page(render("network_map/change.html", form=form, node_id=node_id))


@network_map.post("/<uuid:node_id>/away", allow=owner)
def put_away(node_id: UUID) -> ResponseReturnValue:
    """Put a node away, or bring it back."""
    is_away = request.form.get("to") == "away"
    service.put_away(viewer(), node_id, is_away=is_away)
    flash(
        _("Put away. You can bring it back below.")
        if is_away
        else _("It is back. Only you can see it.")
    )
    return redirect(url_for("network_map.index"), 303)


@network_map.post("/<uuid:node_id>/removal", allow=owner, ends="network_map.index")
def delete(node_id: UUID) -> ResponseReturnValue:
    """Delete a node that was put away, for good."""
    service.delete_node(viewer(), node_id)
    flash(_("Deleted for good."))
    return redirect(url_for("network_map.index"), 303)


def _place_of(node_id: UUID) -> str:
    return f"network-node-place:{node_id}"

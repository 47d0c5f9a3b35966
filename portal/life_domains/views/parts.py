"""Arranging the domains: names, order, which are shown, and one's own."""

from functools import partial
from uuid import UUID

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from portal.accounts.gates import owner, viewer
from portal.core.guard import GuardedBlueprint
from portal.core.languages import _
from portal.core.pages import form_page, render
from portal.life_domains import service
from portal.life_domains.forms import AddForm, NameForm

life_parts = GuardedBlueprint("life_parts", __name__, url_prefix="/life-domains")


@life_parts.route("/parts", allow=owner, methods=["GET", "POST"])
def parts() -> ResponseReturnValue:
    """All domains to arrange; and a form for one's own."""
    me, form = viewer(), AddForm()
    if form.saves(partial(service.add_domain, me, once=form.once.data)):
        flash(_("Added at the end of your list."))
        return _to_parts()
    page = render("life_domains/parts.html", page=service.parts_page(me), form=form)
    return form_page(page)


@life_parts.route("/<uuid:domain_id>/name", allow=owner, methods=["GET", "POST"])
def name(domain_id: UUID) -> ResponseReturnValue:
    """Call a domain something else."""
    me = viewer()
    domain = service.domain_for(me, domain_id)
    form = NameForm(data={"name": str(domain.name)})
    if form.saves(partial(service.rename_domain, me, domain_id)):
        return _to_parts()
    page = render("life_domains/name.html", form=form, domain=domain)
    return form_page(page)


@life_parts.post("/<uuid:domain_id>/place", allow=owner)
def move(domain_id: UUID) -> ResponseReturnValue:
    """One place up or down."""
    service.move_domain(viewer(), domain_id, up=request.form.get("to") == "up")
    return _to_parts()


@life_parts.post("/<uuid:domain_id>/showing", allow=owner)
def turn(domain_id: UUID) -> ResponseReturnValue:
    """Hide a domain with all it holds, or show it again."""
    off = request.form.get("to") == "off"
    service.turn_domain(viewer(), domain_id, off=off)
    said = _("Hidden. Nothing in it is lost, and nobody else sees it.")
    flash(said if off else _("It is shown again."))
    return _to_parts()


@life_parts.post("/<uuid:domain_id>/removal", allow=owner, ends="life_parts.parts")
def delete(domain_id: UUID) -> ResponseReturnValue:
    """Delete a domain of one's own that is hidden, for good."""
    service.delete_domain(viewer(), domain_id)
    flash(_("Deleted for good."))
    return _to_parts()


def _to_parts() -> ResponseReturnValue:
    return redirect(url_for("life_parts.parts"), 303)

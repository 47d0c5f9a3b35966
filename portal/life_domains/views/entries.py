"""Writing in a domain: a new entry, other words, putting away and bringing back."""

from functools import partial
from uuid import UUID

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from portal.accounts.gates import owner, viewer
from portal.core.guard import GuardedBlueprint
from portal.core.languages import _
from portal.core.pages import form_page, render
from portal.life_domains import service
from portal.life_domains.forms import EntryForm, entry_words

life_entries = GuardedBlueprint("life_entries", __name__, url_prefix="/life-domains")


@life_entries.route("/<uuid:domain_id>/entries/new", allow=owner, methods=["GET", "POST"])
def new(domain_id: UUID) -> ResponseReturnValue:
    """Write how it is in a domain now."""
    me, form = viewer(), EntryForm()
    domain = service.domain_for(me, domain_id)
    if form.saves(partial(service.add_entry, me, domain_id, once=form.once.data)):
        flash(_("Kept, with today’s date. Only you can see it."))
        return _to_domain(domain_id)
    return form_page(render("life_domains/entry.html", form=form, domain=domain, entry_id=None))


@life_entries.route("/entries/<uuid:entry_id>", allow=owner, methods=["GET", "POST"])
def entry(entry_id: UUID) -> ResponseReturnValue:
    """Other words for an entry."""
    me = viewer()
    body, domain = service.entry_for(me, entry_id)
    form = EntryForm(data=entry_words(body))
    if form.saves(partial(service.change_entry, me, entry_id)):
        return _to_domain(domain.id)
    return form_page(render("life_domains/entry.html", form=form, domain=domain, entry_id=entry_id))


@life_entries.post("/entries/<uuid:entry_id>/place", allow=owner)
def put_away(entry_id: UUID) -> ResponseReturnValue:
    """Put an entry away, or bring it back."""
    is_away = request.form.get("to") == "away"
    domain_id = service.put_away(viewer(), entry_id, is_away=is_away)
    said = _("Put away. Only you can bring it back, below.")
    flash(said if is_away else _("It is back. Only you can see it."))
    return _to_domain(domain_id)


@life_entries.post("/entries/<uuid:entry_id>/removal", allow=owner, ends="life_domains.index")
def delete(entry_id: UUID) -> ResponseReturnValue:
    """Delete an entry that was put away, for good."""
    domain_id = service.delete_entry(viewer(), entry_id)
    flash(_("Deleted for good."))
    return _to_domain(domain_id)


def _to_domain(domain_id: UUID) -> ResponseReturnValue:
    return redirect(url_for("life_domains.domain", domain_id=domain_id), 303)

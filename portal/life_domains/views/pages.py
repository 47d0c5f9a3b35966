"""The owner's life domains: all of them, one over time, then and now, and the marked ones."""

from uuid import UUID

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from portal.accounts.gates import owner, viewer
from portal.core.days import day_named
from portal.core.guard import GuardedBlueprint
from portal.core.languages import _
from portal.core.pages import render
from portal.core.web import page_token, read_token
from portal.life_domains import service

life_domains = GuardedBlueprint("life_domains", __name__, url_prefix="/life-domains")


@life_domains.get("", allow=owner)
def index() -> ResponseReturnValue:
    """All domains, each with what was written last."""
    return render("life_domains/index.html", page=service.index_page(viewer()))


@life_domains.get("/<uuid:domain_id>", allow=owner)
def domain(domain_id: UUID) -> ResponseReturnValue:
    """One domain: now, over time, and what was written before."""
    before = read_token(request.args.get("before"))
    page = service.domain_page(viewer(), domain_id, before)
    older = page_token(page.older) if page.older else None
    return render("life_domains/domain.html", page=page, older=older, is_first=before is None)


@life_domains.get("/then-and-now", allow=owner)
def then() -> ResponseReturnValue:
    """An earlier day beside now, domain by domain."""
    on = day_named(request.args.get("on"))
    return render("life_domains/then.html", page=service.then_page(viewer(), on))


@life_domains.post("/<uuid:domain_id>/mark", allow=owner)
def mark(domain_id: UUID) -> ResponseReturnValue:
    """Mark a domain to talk about, or take the mark off."""
    on = request.form.get("to") == "on"
    if not service.mark_domain(viewer(), domain_id, on=on):
        flash(_("Three are marked. Take one off, and there is room for this one."), "sand")
    return redirect(url_for("life_domains.domain", domain_id=domain_id), 303)


@life_domains.get("/topics/<uuid:dyad_id>", allow=owner)
def topics(dyad_id: UUID) -> ResponseReturnValue:
    """Exactly what a worker would get of the marked domains. Nothing is sent yet."""
    return render("life_domains/topics.html", copy=service.topics_page(viewer(), dyad_id))


@life_domains.post("/topics/<uuid:dyad_id>", allow=owner)
def take_topics(dyad_id: UUID) -> ResponseReturnValue:
    """Put the marked domains on the list for a meeting, with the copy that was seen."""
    service.take_topics(viewer(), dyad_id, seen=request.form.get("seen", ""))
    flash(_("They are on the list for the meeting, with the copy."))
    return redirect(url_for("life_domains.index"), 303)

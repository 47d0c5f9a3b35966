"""Reading what was agreed: the agreement, its versions, the page for paper, the review card."""

from uuid import UUID

from flask import flash, request
from flask.typing import ResponseReturnValue

from portal.accounts.gates import owner_or_worker, viewer
from portal.agreements import service
from portal.agreements.views.blueprint import agreements, show, to
from portal.core.languages import _


@agreements.get("", allow=owner_or_worker)
def agreement(dyad_id: UUID) -> ResponseReturnValue:
    """What stands, what is on the way, and the next press."""
    page = service.agreement_for(viewer(), dyad_id)
    return show("agreement", page=page)


@agreements.get("/print", allow=owner_or_worker)
def paper(dyad_id: UUID) -> ResponseReturnValue:
    """The agreement that stands, on one page for paper."""
    return show("print", page=service.version_for(viewer(), dyad_id))


@agreements.get("/versions", allow=owner_or_worker)
def versions(dyad_id: UUID) -> ResponseReturnValue:
    """Every version that both accepted, newest first."""
    lines = service.versions_of(viewer(), dyad_id)
    return show("versions", versions=lines, dyad_id=dyad_id)


@agreements.get("/versions/<int(max=2147483647):version>", allow=owner_or_worker)
def one_version(dyad_id: UUID, version: int) -> ResponseReturnValue:
    """One version, and what it changed."""
    page = service.version_for(viewer(), dyad_id, version)
    return show("version", page=page)


@agreements.post("/review", allow=owner_or_worker)
def review(dyad_id: UUID) -> ResponseReturnValue:
    """Keep the agreement, or say that one would like to talk about it."""
    if request.form.get("reply") == "talk":
        service.talk_about_agreement(viewer(), dyad_id)
        flash(_("The other one sees that you would like to talk about it."))
    elif service.keep_agreement(viewer(), dyad_id):
        flash(_("You both keep it. Nothing changes."))
    else:
        flash(_("You keep it. Now the other one says what they think."))
    return to("agreement", dyad_id)

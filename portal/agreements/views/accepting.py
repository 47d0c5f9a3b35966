"""The draft in full, and both saying yes to it."""

from uuid import UUID

from flask import flash, request
from flask.typing import ResponseReturnValue

from portal.accounts.gates import owner_or_worker, viewer
from portal.agreements import service
from portal.agreements.views.blueprint import agreements, show, to
from portal.core.languages import _


@agreements.get("/draft", allow=owner_or_worker)
def draft(dyad_id: UUID) -> ResponseReturnValue:
    """What the agreement would say, with what would change."""
    return show("draft", page=service.draft_for(viewer(), dyad_id))


@agreements.post("/acceptance", allow=owner_or_worker)
def acceptance(dyad_id: UUID) -> ResponseReturnValue:
    """Accept the draft as it was read."""
    revision = request.form.get("revision", type=int, default=-1)
    round_id = request.form.get("round", type=UUID)
    both = service.accept(viewer(), dyad_id, revision=revision, round_id=round_id)
    return _said_yes(dyad_id, both=both)


@agreements.post("/defaults", allow=owner_or_worker)
def defaults(dyad_id: UUID) -> ResponseReturnValue:
    """Accept the ready-made agreement as it is."""
    return _said_yes(dyad_id, both=service.accept_defaults(viewer(), dyad_id))


def _said_yes(dyad_id: UUID, *, both: bool) -> ResponseReturnValue:
    if both:
        flash(_("You two agree. It stands from now, and messages are open."))
    else:
        flash(_("Your yes is there. It stands once the other one says yes too."))
    return to("agreement", dyad_id)

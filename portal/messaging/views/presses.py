"""The presses in a thread: each changes one thing and leads back to the thread."""

from uuid import UUID

from flask import request
from flask.typing import ResponseReturnValue

from portal.accounts.gates import owner, owner_or_worker, viewer, worker
from portal.core.errors import BadRequest
from portal.drafts.keeping import typed_fields
from portal.messaging import service
from portal.messaging.forms import OnePressForm, PressForm
from portal.messaging.shapes import Outcome
from portal.messaging.views.blueprint import messaging
from portal.messaging.views.thread import form_for, show, to_thread


@messaging.post("/<uuid:dyad_id>/opening", allow=owner_or_worker)
def opening(dyad_id: UUID) -> ResponseReturnValue:
    """Open what came; the page begins at the first of it."""
    first = service.open_waiting(viewer(), dyad_id)
    return to_thread(dyad_id, f"m{first}" if first else "newest")


@messaging.post("/<uuid:dyad_id>/knock", allow=owner)
def knock(dyad_id: UUID) -> ResponseReturnValue:
    """Knock: one tap, no words."""
    service.knock(viewer(), dyad_id, once=PressForm().to_body())
    return to_thread(dyad_id, "newest")


@messaging.post("/<uuid:dyad_id>/beginning", allow=owner_or_worker)
def beginning(dyad_id: UUID) -> ResponseReturnValue:
    """Put first words into the text box, below what was typed; nothing is sent."""
    typed = typed_fields()
    typed.pop("begin", None)
    service.begin_with(viewer(), dyad_id, typed, request.form.get("begin", ""))
    return to_thread(dyad_id, "write")


@messaging.post("/<uuid:dyad_id>/answer", allow=worker)
def answer(dyad_id: UUID) -> ResponseReturnValue:
    """Answer everything that is open with one press."""
    me, form = viewer(), OnePressForm()
    outcome, by_on = pressed(form), form.by_on.data

    if form.saves(lambda _: service.answer_in_one_press(me, dyad_id, outcome, by_on=by_on)):
        return to_thread(dyad_id, "newest")
    page = service.thread_for(me, dyad_id)
    return show(page, form_for(page, is_beside=True), press=form), 422


@messaging.post("/<uuid:dyad_id>/<int(max=2147483647):number>/taking-back", allow=owner_or_worker)
def taking_back(dyad_id: UUID, number: int) -> ResponseReturnValue:
    """Take a message back within ten minutes; its words stand in the text box again."""
    service.take_back(viewer(), dyad_id, number)
    return to_thread(dyad_id, "write")


@messaging.post("/<uuid:dyad_id>/<int(max=2147483647):number>/release", allow=owner_or_worker)
def release(dyad_id: UUID, number: int) -> ResponseReturnValue:
    """Let a message go now, without waiting for the ten minutes."""
    service.let_go(viewer(), dyad_id, number)
    return to_thread(dyad_id, "newest")


@messaging.post("/<uuid:dyad_id>/<int(max=2147483647):number>/reaction", allow=owner)
def reaction(dyad_id: UUID, number: int) -> ResponseReturnValue:
    """The owner's one tap on what the worker wrote."""
    service.react(viewer(), dyad_id, number, pressed(OnePressForm()))
    return to_thread(dyad_id, f"m{number}")


@messaging.post("/<uuid:dyad_id>/<int(max=2147483647):number>/meaning", allow=owner)
def meaning(dyad_id: UUID, number: int) -> ResponseReturnValue:
    """Ask "How did you mean this?"."""
    service.ask_meaning(viewer(), dyad_id, number, once=PressForm().to_body())
    return to_thread(dyad_id, "newest")


@messaging.post("/<uuid:dyad_id>/<int(max=2147483647):number>/keeping", allow=owner)
def keeping(dyad_id: UUID, number: int) -> ResponseReturnValue:
    """Keep a message for the meeting."""
    service.keep_for_meeting(viewer(), dyad_id, number)
    return to_thread(dyad_id, f"m{number}")


def pressed(form: OnePressForm) -> Outcome:
    """What was pressed; a press that does not exist is a bad request."""
    outcome = form.to_body()
    if outcome is None:
        raise BadRequest
    return outcome

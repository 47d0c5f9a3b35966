"""The agreed hello: two taps, the worker's own words, never sent by itself."""

from uuid import UUID

from flask.typing import ResponseReturnValue

from portal.accounts.gates import viewer, worker
from portal.core.pages import render
from portal.messaging import service
from portal.messaging.forms import HelloForm
from portal.messaging.views.blueprint import messaging
from portal.messaging.views.thread import to_thread


@messaging.route("/<uuid:dyad_id>/hello", allow=worker, methods=["GET", "POST"])
def hello(dyad_id: UUID) -> ResponseReturnValue:
    """Choose one of one's own phrases, or write other words, and send."""
    me = viewer()
    page = service.hello_for(me, dyad_id)
    form = HelloForm(place=f"hello:{dyad_id}", phrases=page.phrases)
    once = form.once.data or ""
    if form.saves(lambda text: service.send_hello(me, dyad_id, text, once=once)):
        return to_thread(dyad_id, "newest")
    shown = render("messaging/hello.html", page=page, form=form)
    return shown, 422 if form.is_submitted() else 200

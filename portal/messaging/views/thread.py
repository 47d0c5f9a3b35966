"""The list of threads, and a thread with its text box."""

from typing import Any
from uuid import UUID

from flask import redirect, request
from flask.typing import ResponseReturnValue

from portal.accounts.gates import owner_or_worker, viewer
from portal.core.pages import render
from portal.dyads.invitations.service import has_invited
from portal.messaging import service
from portal.messaging.forms import AnswerForm, OnePressForm, WriteForm
from portal.messaging.shapes import ThreadPage
from portal.messaging.views.blueprint import messaging

FARTHEST = 2**31 - 1


@messaging.get("", allow=owner_or_worker)
def threads() -> ResponseReturnValue:
    """Everybody the viewer writes with; where something is new or waits comes first."""
    me = viewer()
    cards = service.threads_of(me)
    has_asked = not cards and has_invited(me)
    return render("messaging/threads.html", cards=cards, is_owner=me.is_owner, has_asked=has_asked)


@messaging.get("/<uuid:dyad_id>", allow=owner_or_worker)
def thread(dyad_id: UUID) -> ResponseReturnValue:
    """One thread: what was written, when the other one reads, and the text box."""
    before = request.args.get("before", 0, type=int)
    page = service.thread_for(viewer(), dyad_id, before=max(0, min(before, FARTHEST)))
    return show(page, form_for(page))


@messaging.post("/<uuid:dyad_id>", allow=owner_or_worker)
def send(dyad_id: UUID) -> ResponseReturnValue:
    """Send what is in the text box; a refusal brings the page back with every word."""
    me = viewer()
    place = service.draft_place(dyad_id)
    form = WriteForm(place=place) if me.is_owner else AnswerForm(place=place)
    once = form.once.data or ""
    if form.saves(lambda outgoing: service.send(me, dyad_id, outgoing, once=once)):
        return to_thread(dyad_id, "newest")
    return show(service.thread_for(me, dyad_id), form), 422


def form_for(page: ThreadPage, *, is_beside: bool = False) -> WriteForm | AnswerForm | None:
    """The text box for this viewer, with their draft in it; None where nobody writes.

    ``is_beside``: another form of the page was sent.
    """
    if not page.may_write:
        return None
    kept: dict[str, Any] = {"place": service.draft_place(page.dyad.id), "is_beside": is_beside}
    return WriteForm(**kept) if page.dyad.is_owner else AnswerForm(**kept, terms=page.terms)


def show(
    page: ThreadPage, form: WriteForm | AnswerForm | None, press: OnePressForm | None = None
) -> str:
    """The thread's page around its forms."""
    if press is None and page.bundle is not None:
        press = OnePressForm(formdata=None)
    return render("messaging/thread.html", page=page, form=form, press=press)


def to_thread(dyad_id: UUID, anchor: str) -> ResponseReturnValue:
    """Back to the thread, at the place where something changed."""
    return redirect(f"/messages/{dyad_id}#{anchor}", 303)

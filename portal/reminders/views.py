"""The notices page: what a person is told of and when, and reminders that ask whether to stop."""

from uuid import UUID

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from portal.accounts.gates import signed_in, viewer
from portal.core.guard import GuardedBlueprint
from portal.core.languages import _
from portal.core.pages import render
from portal.core.web import safe_next
from portal.notifications import service as notifications
from portal.notifications.words import KIND_WORDS
from portal.reminders import service
from portal.reminders.forms import NoticesForm

notices = GuardedBlueprint("notices", __name__, url_prefix="/settings/notices")


@notices.route("", allow=signed_in, methods=["GET", "POST"])
def settings() -> ResponseReturnValue:
    """Which kinds, at which hours, how many a day."""
    me = viewer()
    form = NoticesForm(notifications.kinds_for(me), notifications.choices_of(me))
    if form.saves(lambda choices: notifications.change_choices(me, choices)):
        flash(_("Your choices are kept."))
        return _back()
    questions = service.questions_for(me)
    page = render(
        "notifications/settings.html", form=form, questions=questions, kind_words=KIND_WORDS
    )
    return page, 422 if form.errors else 200


@notices.post("/<uuid:reminder_id>/going-on", allow=signed_in)
def keep(reminder_id: UUID) -> ResponseReturnValue:
    """A reminder that asked goes on."""
    service.keep(viewer(), reminder_id)
    flash(_("The reminder goes on."))
    return _back()


@notices.post("/<uuid:reminder_id>/end", allow=signed_in)
def stop(reminder_id: UUID) -> ResponseReturnValue:
    """A reminder that asked comes no more."""
    service.stop(viewer(), reminder_id)
    flash(_("The reminder has stopped. What it was about is still there."))
    return _back()


def _back() -> Response:
    """To the notices, or back to the first page where the press came from there."""
    if safe_next(request.form.get("next"), "") == "/":
        return redirect("/", 303)
    return redirect(url_for("notices.settings"), 303)

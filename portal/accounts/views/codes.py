"""The recovery code: seen when it is new, printed again, made anew, and used to come back in."""

from functools import partial

from flask import flash, make_response, redirect, url_for
from flask.typing import ResponseReturnValue

from portal.accounts import service
from portal.accounts.forms import CodeForm, PasswordForm, RecoveryForm
from portal.accounts.gates import signed_in, viewer
from portal.accounts.signed_in import keep_here
from portal.accounts.views.blueprint import (
    BOTH,
    accounts,
    caller,
    come_in,
    leave,
    onward,
    page,
    takes_app,
)
from portal.core.clock.zones import utc_now
from portal.core.errors import NotVisible
from portal.core.guard import after_answer, anyone
from portal.core.languages import _
from portal.core.pages import render
from portal.core.web import limiter


@accounts.route("/recovery-code", allow=signed_in, methods=BOTH)
def new_code() -> ResponseReturnValue:
    """A new code, shown until its person says that they keep it; who has none makes one first."""
    me, form = viewer(), CodeForm()
    try:
        card = service.new_code_card(me)
    except NotVisible:
        return _without_new_code(form)
    if form.saves(partial(service.confirm_code, me)):
        keep_here(me, lacks_code=False)
        flash(_("Good. Your recovery code works from now on."))
        return redirect(onward(), 303)
    with_app = takes_app(is_worker=me.is_worker)
    return page("accounts/new_code.html", form, card=card, onward=onward(), with_app=with_app)


def _without_new_code(form: CodeForm) -> ResponseReturnValue:
    """Who has no code makes one. Of a double press the second goes on, as the first one did."""
    if viewer().lacks_code:
        return redirect(url_for("accounts.recovery_code"), 303)
    if not form.is_submitted():
        raise NotVisible
    return redirect(onward(), 303)


@accounts.get("/recovery-code/file", allow=signed_in)
def code_file() -> ResponseReturnValue:
    """The new code as a small text file, for those who save rather than print."""
    card = service.new_code_card(viewer())
    answer = make_response("-".join(card.groups) + "\n")
    answer.headers["Content-Type"] = "text/plain; charset=utf-8"
    answer.headers["Content-Disposition"] = 'attachment; filename="code.txt"'
    return answer


@accounts.route("/settings/recovery-code", allow=signed_in, methods=BOTH)
@limiter.limit("20 per minute", methods=["POST"])
def recovery_code() -> ResponseReturnValue:
    """Show the code once more, after the password."""
    form = PasswordForm()
    if form.saves(partial(service.code_card, viewer())):
        return render("accounts/code.html", card=form.outcome)
    return page("accounts/recovery_code.html", form)


@accounts.post("/settings/recovery-code/new", allow=signed_in)
@limiter.limit("20 per minute")
def make_code() -> ResponseReturnValue:
    """Make a new code, after the password; the old one opens nothing any more."""
    form = PasswordForm()
    if form.saves(partial(service.make_new_code, viewer())):
        keep_here(viewer(), lacks_code=True)
        return redirect(url_for("accounts.new_code", next="/settings"), 303)
    return page("accounts/recovery_code.html", form)


@accounts.route("/recovery", allow=anyone, methods=BOTH)
@limiter.limit("20 per minute", methods=["POST"])
def recovery() -> ResponseReturnValue:
    """Back in with the code: a new password, and then a new code."""
    form, here, now = RecoveryForm(), caller(), utc_now()
    if form.saves(partial(service.recover, caller=here, now=now)):
        leave()
        return come_in(form.outcome, url_for("accounts.new_code"))
    if form.code.errors and form.code.data:
        address = form.address.data or ""
        after_answer(lambda: service.note_wrong_password(address, here.network, now))
    return page("accounts/recovery.html", form)

"""The second factor: asked for at sign-in, set up there where it is needed, and in the settings."""

from datetime import datetime
from functools import partial
from uuid import UUID

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from portal.accounts import service
from portal.accounts.forms import CodeForm, PasswordForm
from portal.accounts.gates import half_signed_in, half_viewer, signed_in, viewer
from portal.accounts.views.blueprint import BOTH, accounts, caller, come_in, onward, page
from portal.core.guard import after_answer
from portal.core.languages import _
from portal.core.pages import render
from portal.core.web import limiter

_SETTINGS = "accounts.factor_settings"


@accounts.route("/second-factor", allow=half_signed_in, methods=BOTH)
@limiter.limit("30 per minute", methods=["POST"])
def second_factor() -> ResponseReturnValue:
    """The code of the app, after the password."""
    me, form = half_viewer(), CodeForm()
    if form.saves(lambda code: service.pass_factor(me, code, caller())):
        return come_in(form.outcome, onward())
    _count_wrong(form, me.person_id, me.now)
    return page("accounts/second_factor.html", form, onward=onward())


@accounts.route("/second-factor/first", allow=half_signed_in, methods=BOTH)
@limiter.limit("30 per minute", methods=["POST"])
def second_factor_first() -> ResponseReturnValue:
    """Set the app up at the first sign-in, where it is needed."""
    me, form = half_viewer(), CodeForm()
    card = service.factor_card(me)
    if form.saves(lambda code: service.set_up_factor(me, code, caller())):
        flash(_("Your app is set up. Each sign-in asks for its code."))
        return come_in(form.outcome, onward())
    _count_wrong(form, me.person_id, me.now)
    return page("accounts/second_factor_first.html", form, card=card)


@accounts.get("/settings/second-factor", allow=signed_in)
def factor_settings() -> ResponseReturnValue:
    """Whether an app is set up, and what can be done about it."""
    state = service.factor_state(viewer())
    return render("accounts/factor_settings.html", state=state, form=PasswordForm())


@accounts.route("/settings/second-factor/new", allow=signed_in, methods=BOTH)
@limiter.limit("30 per minute", methods=["POST"])
def set_up_factor() -> ResponseReturnValue:
    """Set an app up by choice. Other devices are signed out."""
    me, form = viewer(), CodeForm()
    card = service.factor_card(me)
    if form.saves(lambda code: service.set_up_factor(me, code, caller())):
        flash(_("Your app is set up. Each sign-in asks for its code."))
        return come_in(form.outcome, url_for(_SETTINGS))
    _count_wrong(form, me.person_id, me.now)
    return page("accounts/set_up_factor.html", form, card=card)


@accounts.post("/settings/second-factor/end", allow=signed_in)
@limiter.limit("20 per minute")
def end_factor() -> ResponseReturnValue:
    """Take the app off, after the password."""
    form = PasswordForm()
    if form.saves(partial(service.end_factor, viewer())):
        flash(_("Your app is off. Sign-in asks for your password alone."))
        return redirect(url_for(_SETTINGS), 303)
    state = service.factor_state(viewer())
    return page("accounts/factor_settings.html", form, state=state)


def _count_wrong(form: CodeForm, person_id: UUID, now: datetime) -> None:
    """Count a wrong code once the answer stands."""
    if form.code.errors and form.code.data:
        after_answer(lambda: service.note_wrong_code(person_id, now))

"""Sign in and sign out."""

from functools import partial

from flask import make_response, redirect, request, url_for
from flask.typing import ResponseReturnValue

from portal.accounts import service
from portal.accounts.forms import SignInForm
from portal.accounts.signed_in import clear_session_cookie
from portal.accounts.views.blueprint import (
    BOTH,
    accounts,
    caller,
    come_in,
    is_demo,
    leave,
    onward,
    page,
)
from portal.core.clock.zones import utc_now
from portal.core.guard import after_answer, anyone, current_viewer
from portal.core.pages import render
from portal.core.web import limiter


@accounts.route("/sign-in", allow=anyone, methods=BOTH)
@limiter.limit("60 per minute", methods=["POST"])
def sign_in() -> ResponseReturnValue:
    """E-mail and password. Whoever is signed in already goes on."""
    if request.method == "GET" and current_viewer() is not None:
        return redirect(onward())
    form, here, now = SignInForm(), caller(), utc_now()
    if form.saves(partial(service.sign_in, caller=here, now=now)):
        leave()
        return come_in(form.outcome, onward())
    if form.password.data:
        address = form.address.data or ""
        after_answer(lambda: service.note_wrong_password(address, here.network, now))
    kept = "kept" in request.args
    return page("accounts/sign_in.html", form, onward=onward(), kept=kept, is_demo=is_demo())


@accounts.post("/sign-out", allow=anyone)
def sign_out() -> ResponseReturnValue:
    """End this device's session; the browser forgets what it stored."""
    leave()
    return clear_session_cookie(make_response(redirect(url_for("accounts.signed_out"), 303)))


@accounts.get("/signed-out", allow=anyone)
def signed_out() -> ResponseReturnValue:
    """A quiet page after signing out."""
    return render("accounts/signed_out.html")

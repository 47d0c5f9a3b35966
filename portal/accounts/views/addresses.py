"""Another e-mail address: asked for with the password, taken in with the link in the letter."""

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from portal.accounts import service
from portal.accounts.forms import NewAddressForm
from portal.accounts.gates import signed_in, viewer
from portal.accounts.views.blueprint import BOTH, accounts, is_demo, mail_lies_here, mailbox, page
from portal.core.languages import _
from portal.core.pages import render
from portal.core.web import limiter


@accounts.route("/settings/address", allow=signed_in, methods=BOTH)
@limiter.limit("10 per minute", methods=["POST"])
@limiter.limit("5 per hour", methods=["POST"], key_func=mailbox)
def address() -> ResponseReturnValue:
    """Ask for another address."""
    me, form = viewer(), NewAddressForm()
    if form.saves(lambda body: service.ask_for_address(me, body["address"], body["password"])):
        path = form.outcome.path if is_demo() else ""
        return render("accounts/letter_sent.html", path=path, mail_lies_here=mail_lies_here())
    return page("accounts/address.html", form)


@accounts.get("/settings/address/<token>", allow=signed_in)
def new_address(token: str) -> ResponseReturnValue:
    """The page behind the link in the letter."""
    found = service.new_address_of(viewer(), token)
    return render("accounts/new_address.html", found=found, token=token)


@accounts.post("/settings/address/<token>", allow=signed_in)
def take_address(token: str) -> ResponseReturnValue:
    """From now on the person signs in with the new address."""
    service.take_address(viewer(), token)
    flash(_("Your new e-mail address counts from now on."))
    return redirect(url_for("accounts.settings"), 303)

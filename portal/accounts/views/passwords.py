"""Changing one's password."""

from flask import flash, url_for
from flask.typing import ResponseReturnValue

from portal.accounts import service
from portal.accounts.forms import ChangePasswordForm
from portal.accounts.gates import signed_in, viewer
from portal.accounts.views.blueprint import BOTH, accounts, caller, come_in, page
from portal.core.languages import _
from portal.core.web import limiter


@accounts.route("/settings/password", allow=signed_in, methods=BOTH)
@limiter.limit("20 per minute", methods=["POST"])
def password() -> ResponseReturnValue:
    """A new password; every other device is signed out."""
    me, form = viewer(), ChangePasswordForm()
    if form.saves(
        lambda body: service.change_password(me, body["password"], body["new_password"], caller())
    ):
        flash(_("Your password is changed. Your other devices are signed out."))
        return come_in(form.outcome, url_for("accounts.settings"))
    address = service.profile_of(me).address
    return page("accounts/password.html", form, address=address)

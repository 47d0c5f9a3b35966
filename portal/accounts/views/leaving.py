"""Leaving quickly: a button on every page, for owners who want it."""

from urllib.parse import urlsplit

from flask import current_app, flash, make_response, redirect, url_for
from flask.typing import ResponseReturnValue

from portal.accounts import service
from portal.accounts.forms import WayOutForm
from portal.accounts.gates import owner, viewer
from portal.accounts.signed_in import clear_session_cookie, keep_here
from portal.accounts.views.blueprint import BOTH, accounts, leave, page
from portal.core.guard import anyone
from portal.core.languages import _
from portal.core.pages import render


@accounts.route("/settings/leaving", allow=owner, methods=BOTH)
def way_out() -> ResponseReturnValue:
    """Have the button on every page, or not."""
    me = viewer()
    form = WayOutForm(data={"is_wanted": me.has_way_out})
    if form.saves(lambda body: service.want_way_out(me, is_wanted=body["is_wanted"])):
        keep_here(me, has_way_out=form.is_wanted.data)
        flash(_("Your settings are kept."))
        return redirect(url_for("accounts.settings"), 303)
    return page("accounts/way_out.html", form, host=_host())


@accounts.post("/leave", allow=anyone)
def leave_now() -> ResponseReturnValue:
    """End this device's session, and show a bare page that goes on elsewhere by itself."""
    leave()
    return clear_session_cookie(make_response(render("accounts/leaving.html", host=_host())))


def _host() -> str:
    """What the page that one leaves to is called: the name of its site."""
    name = urlsplit(current_app.config["SETTINGS"].leave_to).hostname or ""
    return name.removeprefix("www.")

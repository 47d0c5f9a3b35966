"""Leaving quickly: a button on every page, for owners who want it."""

import logging
from urllib.parse import urlsplit

from flask import current_app, flash, make_response, redirect, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException

from portal.accounts import service
from portal.accounts.forms import WayOutForm
from portal.accounts.gates import owner, viewer
from portal.accounts.signed_in import clear_session_cookie, keep_here
from portal.accounts.views.blueprint import BOTH, accounts, leave, page
from portal.core.errors import PortalError
from portal.core.guard import GuardedBlueprint, anyone
from portal.core.languages import _
from portal.core.pages import render_alone

log = logging.getLogger(__name__)
leaving = GuardedBlueprint("leaving", __name__)


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


@leaving.post("/leave", allow=anyone)
def leave_now() -> ResponseReturnValue:
    """End this device's session, and show a bare page that goes on elsewhere by itself."""
    leave()
    return clear_session_cookie(make_response(_bare_page()))


@leaving.errorhandler(Exception)
def leave_all_the_same(problem: Exception) -> ResponseReturnValue:
    """What goes wrong here is no page of the portal: the bare page comes all the same.

    A form that is not ours ends nothing; whatever else went wrong, the cookie goes.
    """
    if isinstance(problem, HTTPException | PortalError):
        return _bare_page(), 400
    log.error("leaving", exc_info=problem)
    return clear_session_cookie(make_response(_bare_page(), 503))


def _bare_page() -> str:
    return render_alone("accounts/leaving.html", host=_host())


def _host() -> str:
    """What the page that one leaves to is called: the name of its site."""
    name = urlsplit(current_app.config["SETTINGS"].leave_to).hostname or ""
    return name.removeprefix("www.")

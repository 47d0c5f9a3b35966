"""The Help now page: the owner's own first steps and people first, then the service's numbers."""

import logging

from flask import Response, current_app, make_response, request

from portal.accounts.signed_in import cookie_name
from portal.core.guard import GuardedBlueprint, anyone, current_viewer
from portal.core.pages import render, render_alone
from portal.crisis_plan.service import first_help

log = logging.getLogger(__name__)
help_pages = GuardedBlueprint("help", __name__)

KEPT = "private, max-age=86400"
"""A browser shows the page it has for a day; a changed number is everywhere after that."""


@help_pages.get("/help-now", allow=anyone)
def help_now() -> Response:
    """Whom to call and what to do first, whatever else is broken.

    Signed in, an owner's own steps and people come first, and nobody keeps that page. Signed out it
    asks nobody who they are, so it needs no database and holds nothing private: browsers may keep
    it (``help.js`` has them fetch it early), so that it is there when the network is not.
    """
    is_signed_in = cookie_name() in request.cookies
    answer = make_response((_own_page() if is_signed_in else None) or _common_page())
    answer.headers["Vary"] = "Cookie"
    if not is_signed_in:
        answer.headers["Cache-Control"] = KEPT
    return answer


@help_pages.get("/help-now/common", allow=anyone)
def common() -> Response:
    """The page for everybody, for browsers to keep while somebody is signed in."""
    answer = make_response(_common_page())
    answer.headers["Cache-Control"] = KEPT
    return answer


def _own_page() -> str | None:
    """The page of the owner who is signed in; None when there is none, or it cannot be opened."""
    try:
        viewer = current_viewer()
        own = {"first": first} if viewer and (first := first_help(viewer)) else {}
        numbers = current_app.config["SETTINGS"].service_numbers
        has_own = bool(own) or (viewer is not None and viewer.has_way_out)
        return render("help/help_now.html", numbers=numbers, **own) if has_own else None
    except Exception:  # whatever is broken, help is there: the common page follows
        log.exception("one's own help could not be opened")
        return None


def _common_page() -> str:
    """The same for everybody."""
    return render_alone(
        "help/help_now.html", numbers=current_app.config["SETTINGS"].service_numbers
    )

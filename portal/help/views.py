"""The Help now page."""

from flask import Response, current_app, make_response

from portal.core.guard import GuardedBlueprint, anyone
from portal.core.pages import render

help_pages = GuardedBlueprint("help", __name__)


@help_pages.get("/help-now", allow=anyone)
def help_now() -> Response:
    """Whom to call and what to do first: the same for everybody, signed in or not."""
    settings = current_app.config["SETTINGS"]
    return make_response(render("help/help_now.html", numbers=settings.service_numbers))

"""The Help now page."""

from flask import Response, current_app, make_response

from portal.core.guard import GuardedBlueprint, anyone
from portal.core.pages import render_alone

help_pages = GuardedBlueprint("help", __name__)


@help_pages.get("/help-now", allow=anyone)
def help_now() -> Response:
    """Whom to call and what to do first: the same for everybody, whatever else is broken.

    It asks nobody who they are, so it needs no database and holds nothing private.
    """
    settings = current_app.config["SETTINGS"]
    return make_response(render_alone("help/help_now.html", numbers=settings.service_numbers))

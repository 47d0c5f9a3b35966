"""The Help now page."""

from flask import Response, current_app, make_response

from portal.core.guard import GuardedBlueprint, anyone
from portal.core.pages import render_alone

help_pages = GuardedBlueprint("help", __name__)

KEPT = "private, max-age=86400"
"""A browser shows the page it has for a day; a changed number is everywhere after that."""


@help_pages.get("/help-now", allow=anyone)
def help_now() -> Response:
    """Whom to call and what to do first: the same for everybody, whatever else is broken.

    It asks nobody who they are, so it needs no database and holds nothing private. Browsers may
    keep it (``help.js`` has them fetch it early), so that it is there when the network is not.
    """
    settings = current_app.config["SETTINGS"]
    answer = make_response(render_alone("help/help_now.html", numbers=settings.service_numbers))
    answer.headers["Cache-Control"] = KEPT
    return answer

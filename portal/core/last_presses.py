"""A second press of what took something away leads on kindly, not to "there is nothing here".

A route that takes something away names the page with the list where it was:
``@meetings.post("/kept/<uuid:kept_id>/removal", allow=owner, ends="meetings.index")``. Its press is
noted with the work itself. When the very same press comes again from the same person, and there
is nothing left to do, they are led on. To everybody else a thing that is gone and one that was
never theirs are the same (decision 112).
"""

from typing import Protocol

from flask import Flask, Response, current_app, flash, redirect, request, url_for

from portal.core.forms import NOT_KEPT
from portal.core.languages import _
from portal.core.web import safe_next
from portal.core.work import undo_work

Press = tuple[str, ...]


class LastPresses(Protocol):
    """Who remembers that a person made a press."""

    def note(self, press: Press) -> None:
        """Remember that the person signed in made it."""

    def knows(self, press: Press) -> bool:
        """Whether the person signed in made it a while ago."""


def init_last_presses(app: Flask) -> None:
    """Remember presses; called after the guard is set, whose commit then comes after it."""
    app.after_request(_note)


def _note(response: Response) -> Response:
    if response.status_code == 303 and _list_page() is not None:
        _presses().note(_press())
    return response


def lead_on() -> Response | None:
    """The way to the list, for a press that its person has made before; None for any other."""
    there = _list_page()
    if there is None:
        return None
    undo_work()
    if not _presses().knows(_press()):
        return None
    flash(_("That is done already. Here is how it stands now."))
    answer = redirect(safe_next(request.form.get("next"), there), 303)
    return current_app.make_response(answer)


def _list_page() -> str | None:
    """The page with the list, where this request takes something off it."""
    endpoint = current_app.extensions["ends"].get(request.endpoint)
    if endpoint is None:
        return None
    (rule,) = current_app.url_map.iter_rules(endpoint)
    args = request.view_args or {}
    return url_for(endpoint, **{name: args[name] for name in rule.arguments})


def _press() -> Press:
    fields = sorted(each for each in request.form.items(multi=True) if each[0] not in NOT_KEPT)
    return (request.path, *(part for each in fields for part in each))


def _presses() -> LastPresses:
    found: LastPresses = current_app.extensions["last_presses"]
    return found

"""The page of one's own calendar, and what the calendar is given when it asks."""

from flask import Response, current_app, flash, make_response, redirect, request, url_for
from flask.typing import ResponseReturnValue

from portal.accounts.gates import owner_or_worker, viewer
from portal.core.clock import utc_now
from portal.core.guard import GuardedBlueprint, anyone
from portal.core.languages import _, speaking
from portal.core.pages import render
from portal.core.web import limiter
from portal.meetings.calendar_file import calendar_file
from portal.own_calendar import service

own_calendar = GuardedBlueprint("own_calendar", __name__, url_prefix="/calendar")


@own_calendar.get("", allow=owner_or_worker)
def index() -> ResponseReturnValue:
    """What it means that a calendar asks by itself, and the present address."""
    feed = service.feed_of(viewer())
    address = _address(feed.token) if feed and feed.token else ""
    outside = "webcal://" + address.partition("://")[2]
    return render("own_calendar/index.html", feed=feed, address=address, outside=outside)


@own_calendar.post("", allow=owner_or_worker)
def make() -> ResponseReturnValue:
    """Make an address."""
    service.make_feed(viewer())
    flash(_("The address is made. Give it to your calendar."))
    return _to_index()


@own_calendar.post("/new-address", allow=owner_or_worker)
def renew() -> ResponseReturnValue:
    """Put a new address in the place of the one that was seen."""
    service.renew_feed(viewer(), request.form.get("seen", ""))
    flash(_("This is the new address. The old one has ended."))
    return _to_index()


@own_calendar.post("/end", allow=owner_or_worker)
def end() -> ResponseReturnValue:
    """End the address."""
    service.end_feed(viewer().person_id, viewer().now)
    flash(_("The address has ended. Your calendar is given nothing any more."))
    return _to_index()


def _this_feed() -> str:
    """What counts the askings of one calendar; the token itself is no name for it."""
    return service.feed_mark(str((request.view_args or {}).get("feed_token")))


@own_calendar.get("/<feed_token>.ics", allow=anyone)
@limiter.limit("120 per minute")
@limiter.limit("60 per hour", key_func=_this_feed)
def feed(feed_token: str) -> Response:
    """The times of somebody's meetings, for whoever has the address; it names nobody."""
    now = utc_now()
    found = service.feed_behind(feed_token, now)
    with speaking(found.language):
        word, name = str(_("Appointment")), str(_("Appointments"))
    answer = make_response(calendar_file(found.times, word=word, now=now, name=name))
    answer.content_type = "text/calendar; charset=utf-8"
    answer.headers["Content-Disposition"] = 'attachment; filename="appointments.ics"'
    return answer


def _address(token: str) -> str:
    public_url: str = current_app.config["SETTINGS"].public_url
    return f"{public_url}/calendar/{token}.ics"


def _to_index() -> ResponseReturnValue:
    return redirect(url_for("own_calendar.index"), 303)

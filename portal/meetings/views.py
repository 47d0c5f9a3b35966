"""Pages of meetings: all of a person's, one pair's, and the presses on them."""

from datetime import datetime
from functools import partial
from uuid import UUID

from flask import flash, make_response, redirect, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from portal.accounts.gates import owner, owner_or_worker, viewer
from portal.core.errors import BadRequest
from portal.core.guard import GuardedBlueprint
from portal.core.languages import _
from portal.core.pages import form_page, render
from portal.core.web import safe_next
from portal.dyads.invitations.service import has_invited
from portal.meetings import service
from portal.meetings.calendar_file import calendar_file
from portal.meetings.forms import LineForm, TimeForm

meetings = GuardedBlueprint("meetings", __name__, url_prefix="/meetings")


@meetings.get("", allow=owner_or_worker)
def index() -> ResponseReturnValue:
    """Every pair with its next meeting."""
    me, coming = viewer(), service.coming_meetings(viewer())
    return render("meetings/index.html", coming=coming, has_asked=not coming and has_invited(me))


@meetings.get("/<uuid:dyad_id>", allow=owner_or_worker)
def pair(dyad_id: UUID) -> ResponseReturnValue:
    """One pair's meetings and its list."""
    page = service.meetings_shown(viewer(), dyad_id)
    return render("meetings/pair.html", page=page, form=LineForm())


@meetings.post("/<uuid:dyad_id>/list", allow=owner_or_worker)
def keep(dyad_id: UUID) -> ResponseReturnValue:
    """Keep a line of one's own for the meeting."""
    form = LineForm()
    if form.saves(partial(service.keep_own_line, viewer(), dyad_id, once=form.once.data)):
        return _to_pair(dyad_id)
    page = service.meetings_shown(viewer(), dyad_id)
    return render("meetings/pair.html", page=page, form=form), 422


@meetings.route(
    "/<uuid:dyad_id>/offer", allow=owner_or_worker, endpoint="offer", methods=["GET", "POST"]
)
def offer(dyad_id: UUID) -> ResponseReturnValue:
    """Put a time forward."""
    me, form = viewer(), TimeForm(zone=viewer().zone)
    if form.saves(partial(service.offer_meeting, me, dyad_id, once=form.once.data)):
        flash(_("Your suggestion is there. The meeting stands when the other says yes."))
        return _to_pair(dyad_id)
    page = service.meetings_for(me, dyad_id)
    return form_page(render("meetings/time.html", page=page, form=form, meeting=None))


@meetings.route(
    "/<uuid:dyad_id>/<uuid:meeting_id>/time",
    allow=owner_or_worker,
    endpoint="move",
    methods=["GET", "POST"],
)
def move(dyad_id: UUID, meeting_id: UUID) -> ResponseReturnValue:
    """Put another time forward for a meeting."""
    me, form = viewer(), TimeForm(zone=viewer().zone)
    if form.saves(lambda body: service.move_meeting(me, meeting_id, body)):
        flash(_("Your suggestion is there. Until the other says yes, nothing changes."))
        return _to_pair(form.outcome)
    page = service.meetings_for(me, dyad_id)
    card = page.meeting(meeting_id)
    form.start_from(card.asked_at, card.asked_place)
    return form_page(render("meetings/time.html", page=page, form=form, meeting=card))


@meetings.get("/<uuid:dyad_id>/<uuid:meeting_id>/calendar", allow=owner_or_worker)
def calendar(dyad_id: UUID, meeting_id: UUID) -> ResponseReturnValue:
    """A meeting's time as a file for one's own calendar; it names nobody."""
    me = viewer()
    times = [service.time_of(me, dyad_id, meeting_id)]
    answer = make_response(calendar_file(times, word=str(_("Appointment")), now=me.now))
    answer.content_type = "text/calendar; charset=utf-8"
    answer.headers["Content-Disposition"] = 'attachment; filename="appointment.ics"'
    return answer


@meetings.post("/meeting/<uuid:meeting_id>/answer", allow=owner_or_worker)
def answer(meeting_id: UUID) -> ResponseReturnValue:
    """Say yes or no to a time."""
    yes = request.form.get("answer") == "yes"
    dyad_id = service.answer_offer(viewer(), meeting_id, yes=yes, seen=_instant("seen"))
    return _to_pair(dyad_id)


@meetings.post("/meeting/<uuid:meeting_id>/end", allow=owner_or_worker)
def call_off(meeting_id: UUID) -> ResponseReturnValue:
    """Call a meeting off."""
    dyad_id = service.call_off(viewer(), meeting_id)
    flash(_("The meeting is called off. What was kept stays for the next one."))
    return _to_pair(dyad_id)


@meetings.get("/kept/<uuid:copy_id>/copy", allow=owner_or_worker)
def copy(copy_id: UUID) -> ResponseReturnValue:
    """The dated copy behind a line of the list."""
    return render("meetings/copy.html", copy=service.copy_for(viewer(), copy_id))


@meetings.post("/kept/<uuid:kept_id>/place", allow=owner)
def reorder(kept_id: UUID) -> ResponseReturnValue:
    """Move a kept thing one step."""
    return _to_pair(service.move_kept(viewer(), kept_id, up=request.form.get("to") == "up"))


@meetings.post("/kept/<uuid:kept_id>/removal", allow=owner_or_worker, ends="meetings.index")
def take_off(kept_id: UUID) -> ResponseReturnValue:
    """Take a kept thing off the list, from there or from where it was kept."""
    dyad_id = service.take_off(viewer(), kept_id)
    flash(_("It is off the list for the meeting."))
    there = url_for("meetings.pair", dyad_id=dyad_id)
    return redirect(safe_next(request.form.get("next"), there), 303)


def _to_pair(dyad_id: UUID) -> Response:
    return redirect(url_for("meetings.pair", dyad_id=dyad_id), 303)


def _instant(name: str) -> datetime:
    try:
        return datetime.fromisoformat(request.form.get(name, ""))
    except ValueError as problem:
        raise BadRequest from problem

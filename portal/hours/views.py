"""Pages of a worker's time: their own, and how the owner of a pair sees it; and their phrases."""

from functools import partial
from uuid import UUID

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from portal.accounts.gates import owner_or_worker, viewer, worker
from portal.core.guard import GuardedBlueprint
from portal.core.languages import _
from portal.core.pages import form_page, render
from portal.dyads.service import room_of, set_cap
from portal.hours import service
from portal.hours.forms import AbsenceForm, PhraseForm, RoomForm, WeekForm, times_of

hours = GuardedBlueprint("hours", __name__)


@hours.get("/hours", allow=worker)
def index() -> ResponseReturnValue:
    """The worker's week, days away and room, on one page."""
    return render("hours/index.html", page=service.hours_page(viewer()))


@hours.route("/hours/week", allow=worker, endpoint="week", methods=["GET", "POST"])
def week() -> ResponseReturnValue:
    """Change the week."""
    me = viewer()
    form = WeekForm(data=times_of(service.week_of(me.person_id)))
    if form.saves(lambda body: service.change_week(me, body)):
        flash(_("Your week is kept. It counts from now on."))
        return _to_hours()
    return form_page(render("hours/week.html", form=form))


@hours.route("/hours/absence", allow=worker, endpoint="absence", methods=["GET", "POST"])
def absence() -> ResponseReturnValue:
    """Add days away."""
    me, form = viewer(), AbsenceForm()
    if form.saves(partial(service.add_absence, me, once=form.once.data)):
        flash(_("Your days away are kept. The people you work with see them before they write."))
        return _to_hours()
    waits = service.is_waited_for(me)
    return form_page(render("hours/absence.html", form=form, somebody_waits=waits))


@hours.post("/hours/absence/<uuid:absence_id>/removal", allow=worker, ends="hours.index")
def remove_absence(absence_id: UUID) -> ResponseReturnValue:
    """Take days away back."""
    service.remove_absence(viewer(), absence_id)
    flash(_("Taken back. These days count as usual."))
    return _to_hours()


@hours.route("/hours/room", allow=worker, endpoint="room", methods=["GET", "POST"])
def room() -> ResponseReturnValue:
    """Change how many people one takes on."""
    me = viewer()
    now = room_of(me.person_id)
    form = RoomForm(data={"cap": now.cap})
    if form.saves(lambda cap: set_cap(me, cap)):
        flash(_("Your number is kept."))
        return _to_hours()
    return form_page(render("hours/room.html", form=form, room=now))


@hours.get("/dyads/<uuid:dyad_id>/hours", allow=owner_or_worker)
def shown(dyad_id: UUID) -> ResponseReturnValue:
    """When the worker of a pair works, and when they are away."""
    return render("hours/shown.html", hours=service.hours_shown(viewer(), dyad_id))


@hours.route("/phrases", allow=worker, endpoint="phrases", methods=["GET", "POST"])
def phrases() -> ResponseReturnValue:
    """The worker's own phrases, and a new one."""
    me, form = viewer(), PhraseForm()
    if form.saves(lambda body: service.add_phrase(me, body)):
        flash(_("Your phrase is kept."))
        return _to_phrases()
    mine = service.phrases_of(me, with_away=True)
    return form_page(render("hours/phrases.html", form=form, phrases=mine))


@hours.post("/phrases/<uuid:phrase_id>/away", allow=worker)
def put_away(phrase_id: UUID) -> ResponseReturnValue:
    """Put a phrase away, or take it out again."""
    is_away = request.form.get("away") == "yes"
    service.put_phrase_away(viewer(), phrase_id, is_away=is_away)
    return _to_phrases()


@hours.post("/phrases/<uuid:phrase_id>/removal", allow=worker, ends="hours.phrases")
def delete_phrase(phrase_id: UUID) -> ResponseReturnValue:
    """Delete a phrase for good."""
    service.delete_phrase(viewer(), phrase_id)
    flash(_("The phrase is deleted."))
    return _to_phrases()


def _to_hours() -> Response:
    return redirect(url_for("hours.index"), 303)


def _to_phrases() -> Response:
    return redirect(url_for("hours.phrases"), 303)

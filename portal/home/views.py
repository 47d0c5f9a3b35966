"""The first pages: home, toolbox, your turn, people, before a meeting."""

from uuid import UUID

from flask import redirect, url_for
from flask.typing import ResponseReturnValue

from portal.accounts.gates import owner, viewer, worker
from portal.core.guard import GuardedBlueprint, anyone, current_viewer
from portal.core.pages import render
from portal.home import rules, service

home = GuardedBlueprint("home", __name__)


@home.get("/", allow=anyone, endpoint="home")
def front() -> ResponseReturnValue:
    """The first page: the owner's own, or the way to wherever the person belongs."""
    me = current_viewer()
    if me is None:
        return render("home/welcome.html")
    if me.is_worker:
        return redirect(url_for("home.your_turn"), 303)
    if not me.is_owner:
        return redirect(url_for("accounts.settings"), 303)
    greeting = rules.greeting(me.now.astimezone(me.zone))
    return render("home/home.html", page=service.owner_home(me), greeting=greeting.value)


@home.get("/toolbox", allow=owner)
def toolbox() -> ResponseReturnValue:
    """The parts that an owner works with."""
    return render("home/toolbox.html")


@home.get("/your-turn", allow=worker)
def your_turn() -> ResponseReturnValue:
    """What waits for the worker."""
    return render("home/your_turn.html", page=service.your_turn(viewer()))


@home.get("/people", allow=worker)
def people() -> ResponseReturnValue:
    """The people a worker uses the portal with."""
    return render("home/people.html", page=service.people_page(viewer()))


@home.get("/people/<uuid:dyad_id>", allow=worker)
def person(dyad_id: UUID) -> ResponseReturnValue:
    """One of them."""
    return render("home/person.html", page=service.person_page(viewer(), dyad_id))


@home.get("/people/<uuid:dyad_id>/before-meeting", allow=worker)
def before_meeting(dyad_id: UUID) -> ResponseReturnValue:
    """Before a meeting, on one page."""
    return render("home/before_meeting.html", page=service.before_meeting(viewer(), dyad_id))


@home.post("/night/<uuid:night_id>/writing/<uuid:dyad_id>", allow=owner)
def write_night_line(night_id: UUID, dyad_id: UUID) -> ResponseReturnValue:
    """Take a line put down at night into the box of a message; nothing is sent."""
    service.write_night_line(viewer(), night_id, dyad_id)
    return redirect(url_for("messaging.thread", dyad_id=dyad_id, _anchor="write"), 303)

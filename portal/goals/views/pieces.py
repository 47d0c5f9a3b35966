"""The smaller pieces of a goal: add, change, done, and what makes them lighter."""

from functools import partial
from uuid import UUID

from flask import flash, redirect, request
from flask.typing import ResponseReturnValue

from portal.accounts.gates import owner, viewer
from portal.core.errors import BadRequest
from portal.core.guard import GuardedBlueprint
from portal.core.languages import _
from portal.core.pages import form_page, render
from portal.core.web import safe_next
from portal.goals import service
from portal.goals.forms import PieceDayForm, PieceForm, SmallerForm, piece_words
from portal.goals.rules.pieces import smaller as smaller_size
from portal.goals.shapes.bodies import HowItWent, PieceState
from portal.goals.views.answers import picked, picked_number, to_goal
from portal.notifications.service import has_turned_off
from portal.notifications.shapes import NoticeKind

pieces = GuardedBlueprint("pieces", __name__, url_prefix="/goals/<uuid:goal_id>/pieces")

_SAID = {
    PieceState.OPEN: _("It is back among the pieces."),
    PieceState.RESTING: _("This piece rests. Nothing of it is lost."),
    PieceState.LET_GO: _("You let this piece go. You can bring it back below."),
}


@pieces.route("/new", allow=owner, methods=["GET", "POST"])
def new(goal_id: UUID) -> ResponseReturnValue:
    """Add a piece to a goal."""
    me = viewer()
    page, form = service.goal_page(me, goal_id), PieceForm()
    if form.saves(partial(service.add_piece, me, goal_id, once=form.once.data)):
        if form.wants_reminder and has_turned_off(me, NoticeKind.ACTIVITY_REMINDER):
            flash(_("You turned off e-mails of reminders, so none comes just now."), "sand")
        return to_goal(goal_id, form.outcome)
    return form_page(render("goals/piece_new.html", form=form, page=page, is_off=False))


@pieces.route("/<uuid:piece_id>", allow=owner, methods=["GET", "POST"])
def piece(goal_id: UUID, piece_id: UUID) -> ResponseReturnValue:
    """Change a piece, or make it lighter."""
    me = viewer()
    goal, found = service.piece_page(me, goal_id, piece_id)
    form = PieceForm(data=piece_words(found.body))
    if form.saves(partial(service.change_piece, me, goal_id, piece_id)):
        return to_goal(goal_id, piece_id)
    is_off = has_turned_off(me, NoticeKind.ACTIVITY_REMINDER)
    page = render("goals/piece.html", form=form, goal=goal, piece=found, is_off=is_off)
    return form_page(page)


@pieces.route("/<uuid:piece_id>/smaller", allow=owner, methods=["GET", "POST"])
def smaller(goal_id: UUID, piece_id: UUID) -> ResponseReturnValue:
    """Make a piece smaller."""
    goal, found = service.piece_page(viewer(), goal_id, piece_id)
    form = SmallerForm(data={"text": found.body.text, "size": smaller_size(found.body.size).value})
    if form.saves(partial(service.make_piece_smaller, viewer(), goal_id, piece_id)):
        return to_goal(goal_id, piece_id)
    return form_page(render("goals/piece_smaller.html", form=form, goal=goal, piece=found))


@pieces.route("/<uuid:piece_id>/day", allow=owner, methods=["GET", "POST"])
def day(goal_id: UUID, piece_id: UUID) -> ResponseReturnValue:
    """Move a piece to another day, or to any."""
    goal, found = service.piece_page(viewer(), goal_id, piece_id)
    form = PieceDayForm(data={"day": found.day})
    if form.saves(partial(service.move_piece, viewer(), goal_id, piece_id)):
        return to_goal(goal_id, piece_id)
    return form_page(render("goals/piece_day.html", form=form, goal=goal, piece=found))


@pieces.post("/<uuid:piece_id>/completion", allow=owner)
def complete(goal_id: UUID, piece_id: UUID) -> ResponseReturnValue:
    """Done, or its plan B was. From the first page one goes back there."""
    service.mark_done(
        viewer(),
        goal_id,
        piece_id,
        times_done=picked_number("times"),
        is_plan_b=request.form.get("plan") == "b",
    )
    flash(_("Done. It is noted."))
    return _back(goal_id, piece_id)


@pieces.post("/<uuid:piece_id>/reopening", allow=owner)
def reopen(goal_id: UUID, piece_id: UUID) -> ResponseReturnValue:
    """Not done after all."""
    service.take_back_done(viewer(), goal_id, piece_id, times_done=picked_number("times"))
    return _back(goal_id, piece_id)


@pieces.post("/<uuid:piece_id>/how", allow=owner)
def how(goal_id: UUID, piece_id: UUID) -> ResponseReturnValue:
    """Say how it went."""
    service.say_how_it_went(viewer(), goal_id, piece_id, picked(HowItWent, "how"))
    return _back(goal_id, piece_id)


@pieces.post("/<uuid:piece_id>/state", allow=owner)
def state(goal_id: UUID, piece_id: UUID) -> ResponseReturnValue:
    """Let a piece rest or go, or bring it back."""
    chosen = picked(PieceState, "state")
    if chosen not in _SAID:
        raise BadRequest
    service.put_piece_in_state(viewer(), goal_id, piece_id, chosen)
    flash(_SAID[chosen])
    return to_goal(goal_id)


def _back(goal_id: UUID, piece_id: UUID) -> ResponseReturnValue:
    """To the goal, or back to the first page where the press came from there."""
    if safe_next(request.form.get("next"), "") == "/":
        return redirect("/", 303)
    return to_goal(goal_id, piece_id)

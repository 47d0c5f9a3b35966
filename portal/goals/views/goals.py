"""The owner's own goals: the list, one goal, its words, and the presses on it."""

from functools import partial
from uuid import UUID

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from jinja2 import pass_environment

from portal.accounts.gates import owner, viewer
from portal.core.errors import BadRequest
from portal.core.guard import GuardedBlueprint
from portal.core.languages import _
from portal.core.pages import form_page, render
from portal.goals import service
from portal.goals.forms import GoalForm, HorizonForm, NewGoalForm, SmallerForm, goal_words
from portal.goals.lines import change_line, day_line, done_line, piece_line
from portal.goals.rules.goals import later
from portal.goals.shapes.bodies import ActivityBody, Encouragement, GoalState, Movement, Size
from portal.goals.views.answers import picked, to_goal
from portal.goals.words import said_in
from portal.life_domains.service import domains_of

goals = GuardedBlueprint("goals", __name__, url_prefix="/goals")
for name, line in (
    ("said", said_in),
    ("piece_line", piece_line),
    ("day_line", day_line),
    ("done_line", done_line),
    ("change_line", change_line),
):
    goals.add_app_template_filter(pass_environment(line), name)

_SAID = {
    GoalState.NOW: _("This goal is on now."),
    GoalState.IDEA: _("This goal is an idea again. It can wait."),
    GoalState.RESTING: _("This goal rests. Nothing of it is lost, and its reminders wait."),
    GoalState.REACHED: _("You have reached this goal."),
    GoalState.LET_GO: _("You let this goal go. You can bring it back whenever you like."),
}


@goals.get("", allow=owner)
def shelf() -> ResponseReturnValue:
    """The owner's goals: the open ones, those reached, or those let go."""
    try:
        which = service.Shelf(request.args.get("shelf", service.Shelf.OPEN.value))
    except ValueError as problem:
        raise BadRequest from problem
    before = request.args.get("before")
    page = service.goals_page(viewer(), which, before, request.args.get("domain"))
    return render("goals/index.html", page=page, shelf=which.value, is_first=not before)


@goals.route("/new", allow=owner, methods=["GET", "POST"])
def new() -> ResponseReturnValue:
    """Write a new goal."""
    form = NewGoalForm(domains_of(viewer()), data={"domain": request.args.get("domain", "")})
    if form.saves(partial(service.add_goal, viewer(), once=form.once.data)):
        flash(_("Your goal is kept. Only you can see it."))
        return to_goal(form.outcome)
    return form_page(render("goals/new.html", form=form))


@goals.post("/encouragement", allow=owner)
def encouragement() -> ResponseReturnValue:
    """Say how much others may push on all goals."""
    service.wish_for_all(viewer(), picked(Encouragement, "encouragement"))
    flash(_("Noted. A goal of yours may still say otherwise."))
    return redirect(url_for("goals.shelf", _anchor="pushing"), 303)


@goals.get("/<uuid:goal_id>", allow=owner)
def goal(goal_id: UUID) -> ResponseReturnValue:
    """One goal, with a page of how it was worded before."""
    me, before = viewer(), request.args.get("before")
    page = service.goal_page(me, goal_id)
    wordings = service.former_wordings(me, goal_id, before)
    return render("goals/goal.html", page=page, wordings=wordings, before=before)


@goals.route("/<uuid:goal_id>/words", allow=owner, methods=["GET", "POST"])
def words(goal_id: UUID) -> ResponseReturnValue:
    """Change the words of a goal."""
    me = viewer()
    page = service.goal_page(me, goal_id)
    form = GoalForm(page.domains, data=goal_words(page.goal.body))
    if form.saves(partial(service.change_words, me, goal_id)):
        if form.outcome:
            flash(_("Kept. Your former words stay with you, with their date."))
        return to_goal(goal_id)
    return form_page(render("goals/words.html", form=form, page=page))


@goals.post("/<uuid:goal_id>/state", allow=owner)
def state(goal_id: UUID) -> ResponseReturnValue:
    """Start a goal, let it rest, reach it or let it go."""
    chosen = picked(GoalState, "state")
    service.put_in_state(viewer(), goal_id, chosen)
    flash(_SAID[chosen])
    return to_goal(goal_id)


@goals.post("/<uuid:goal_id>/movement", allow=owner)
def movement(goal_id: UUID) -> ResponseReturnValue:
    """Say how a goal goes."""
    service.say_movement(viewer(), goal_id, picked(Movement, "movement"))
    flash(_("Noted, with the date."))
    return to_goal(goal_id)


@goals.post("/<uuid:goal_id>/restoration", allow=owner)
def bring_back(goal_id: UUID) -> ResponseReturnValue:
    """Bring a goal back as it was."""
    service.bring_back(viewer(), goal_id)
    flash(_("It is back, with all its pieces."))
    return to_goal(goal_id)


@goals.route("/<uuid:goal_id>/horizon", allow=owner, methods=["GET", "POST"])
def horizon(goal_id: UUID) -> ResponseReturnValue:
    """Move a goal to another time."""
    page = service.goal_page(viewer(), goal_id)
    form = HorizonForm(data={"horizon": later(page.goal.body.horizon).value})
    if form.saves(partial(service.move_goal, viewer(), goal_id)):
        flash(_("Moved. Nothing here is ever late."))
        return to_goal(goal_id)
    return form_page(render("goals/horizon.html", form=form, page=page))


@goals.route("/<uuid:goal_id>/smaller", allow=owner, methods=["GET", "POST"])
def smaller(goal_id: UUID) -> ResponseReturnValue:
    """Make a goal smaller by a first small piece of it."""
    me = viewer()
    page, form = service.goal_page(me, goal_id), SmallerForm()

    def add(found: tuple[str, Size]) -> UUID:
        body = ActivityBody(text=found[0], size=found[1])
        return service.add_piece(me, goal_id, body, once=form.once.data)

    if form.saves(add):
        return to_goal(goal_id, form.outcome)
    return form_page(render("goals/smaller.html", form=form, page=page))


@goals.post("/<uuid:goal_id>/offers/<uuid:offer_id>/answer", allow=owner)
def answer_offer(goal_id: UUID, offer_id: UUID) -> ResponseReturnValue:
    """Take an offered idea in, or leave it."""
    if request.form.get("answer") == "take_in":
        piece_id = service.take_in(viewer(), goal_id, offer_id)
        flash(_("It is one of your pieces now. You can change its words."))
        return to_goal(goal_id, piece_id)
    service.leave_out(viewer(), goal_id, offer_id)
    flash(_("Fine. You need not say why."))
    return to_goal(goal_id)

"""The pages of exercises and of what was written in them."""

from functools import partial
from pathlib import Path
from uuid import UUID

from flask import current_app, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from portal.accounts.gates import owner, viewer
from portal.core.errors import BadRequest
from portal.core.guard import GuardedBlueprint
from portal.core.languages import _
from portal.core.pages import form_page, render
from portal.library import service
from portal.library.forms import answers_form

exercises = GuardedBlueprint("exercises", __name__, url_prefix="/exercises")
reflections = GuardedBlueprint("reflections", __name__, url_prefix="/reflections")


@exercises.get("", allow=owner)
def index() -> ResponseReturnValue:
    """All exercises, by theme."""
    return render("library/index.html", page=service.exercises_page(viewer(), _home()))


@exercises.get("/calm", allow=owner)
def calm() -> ResponseReturnValue:
    """The way out: on to the owner's calming exercise."""
    slug = service.calming_for(viewer(), _home())
    return redirect(url_for("exercises.exercise", slug=slug), 303)


@exercises.route("/<slug>", allow=owner, methods=["GET", "POST"])
def exercise(slug: str) -> ResponseReturnValue:
    """One exercise; what is written in it is kept for its owner alone."""
    me = viewer()
    page = service.exercise_page(me, slug, _home())
    form = answers_form(page.exercise.head.questions)
    if form.saves(partial(service.keep_answers, me, page.exercise, once=form.once.data)):
        flash(_("Kept. Only you can see it."))
        return _to_reflection(form.outcome)
    return form_page(render("library/exercise.html", page=page, form=form))


@exercises.post("/<slug>/calming", allow=owner)
def choose_calming(slug: str) -> ResponseReturnValue:
    """Choose this one as the place to go when one stops."""
    service.choose_calming(viewer(), slug, _home())
    flash(_("When you stop an exercise, you are led here."))
    return redirect(url_for("exercises.exercise", slug=slug), 303)


@reflections.get("", allow=owner)
def shelf() -> ResponseReturnValue:
    """What the owner wrote in exercises, or of it what is tied to a goal or the plan."""
    goal_id, plan = _id_or_none(request.args.get("goal")), request.args.get("for") == "plan"
    before = request.args.get("before")
    page = service.reflections_page(viewer(), before, goal_id=goal_id, plan=plan)
    return render("library/reflections.html", page=page, goal_id=goal_id, plan=plan)


@reflections.get("/<uuid:reflection_id>", allow=owner)
def reflection(reflection_id: UUID) -> ResponseReturnValue:
    """One reflection."""
    before = request.args.get("before")
    page = service.reflection_page(viewer(), reflection_id, before)
    return render("library/reflection.html", page=page, before=before)


@reflections.route("/<uuid:reflection_id>/words", allow=owner, methods=["GET", "POST"])
def words(reflection_id: UUID) -> ResponseReturnValue:
    """Say a reflection in other words."""
    me = viewer()
    body = service.reflection_body(me, reflection_id)
    questions = [answer.question for answer in body.answers]
    form = answers_form(questions, texts=[answer.text for answer in body.answers])
    if form.saves(partial(service.change_answers, me, reflection_id)):
        flash(_("Changed. The words from before stay with you."))
        return _to_reflection(reflection_id)
    page = render("library/words.html", form=form, body=body, reflection_id=reflection_id)
    return form_page(page)


@reflections.post("/<uuid:reflection_id>/goal", allow=owner)
def goal(reflection_id: UUID) -> ResponseReturnValue:
    """Tie a reflection to a goal, or to none."""
    service.tie_to_goal(viewer(), reflection_id, _id_or_none(request.form.get("goal")))
    return _to_reflection(reflection_id)


@reflections.post("/<uuid:reflection_id>/plan", allow=owner)
def plan(reflection_id: UUID) -> ResponseReturnValue:
    """Keep a reflection with the crisis plan, or no longer."""
    is_for_plan = request.form.get("to") == "plan"
    service.tie_to_plan(viewer(), reflection_id, is_for_plan=is_for_plan)
    return _to_reflection(reflection_id)


@reflections.post("/<uuid:reflection_id>/place", allow=owner)
def put_away(reflection_id: UUID) -> ResponseReturnValue:
    """Put a reflection away, or bring it back."""
    is_away = request.form.get("to") == "away"
    service.put_away(viewer(), reflection_id, is_away=is_away)
    flash(
        _("Put away. You can bring it back below.")
        if is_away
        else _("It is back. Only you can see it.")
    )
    return redirect(url_for("reflections.shelf"), 303)


@reflections.post("/<uuid:reflection_id>/removal", allow=owner, ends="reflections.shelf")
def delete(reflection_id: UUID) -> ResponseReturnValue:
    """Delete a reflection for good."""
    service.delete_reflection(viewer(), reflection_id)
    flash(_("Deleted for good."))
    return redirect(url_for("reflections.shelf"), 303)


def _home() -> Path:
    home: Path = current_app.config["SETTINGS"].home
    return home


def _id_or_none(text: str | None) -> UUID | None:
    try:
        return UUID(text) if text else None
    except ValueError as problem:
        raise BadRequest from problem


def _to_reflection(reflection_id: UUID) -> ResponseReturnValue:
    return redirect(url_for("reflections.reflection", reflection_id=reflection_id), 303)

"""A round begins, and each answers alone: all questions on one page, or one at a time."""

from typing import Any
from uuid import UUID

from flask import flash, request
from flask.typing import ResponseReturnValue

from portal.accounts.gates import owner_or_worker, viewer
from portal.agreements import service
from portal.agreements.forms import FORMS, AnswersForm, QuestionForm
from portal.agreements.shapes import AnswersPage, Question, Turn
from portal.agreements.views.blueprint import agreements, show, to
from portal.core.errors import Conflict
from portal.core.languages import _

QUESTIONS = tuple(Question)


@agreements.post("/rounds", allow=owner_or_worker)
def begin(dyad_id: UUID) -> ResponseReturnValue:
    """Begin a round, or join the one that is open."""
    service.start_round(viewer(), dyad_id)
    return to("answers", dyad_id)


@agreements.post("/rounds/end", allow=owner_or_worker, ends="agreements.agreement")
def set_aside(dyad_id: UUID) -> ResponseReturnValue:
    """Let the open round be, if it is the one that was looked at."""
    round_id = request.form.get("round", type=UUID)
    if service.set_aside_round(viewer(), dyad_id, round_id):
        flash(_("This round is set aside. What stood before it stands."))
    else:
        flash(_("Set aside. Nothing is agreed yet. You can begin again at any time."))
    return to("agreement", dyad_id)


@agreements.route("/answers", allow=owner_or_worker, endpoint="answers", methods=["GET", "POST"])
def answers(dyad_id: UUID) -> ResponseReturnValue:
    """The eight questions; ``?step=`` 1 to 8 shows one."""
    me, step = viewer(), _step()
    page = service.answers_for(me, dyad_id)
    if page.is_done:
        return _not_open(dyad_id)
    form = _form(page, dyad_id, step)
    is_last = "done" in request.form
    keep = service.finish_answers if is_last else service.answer
    if form.saves(lambda values: keep(me, dyad_id, values)):
        return _handed_in(dyad_id) if is_last else _go_on(dyad_id, step)
    shown: dict[str, Any] = {"page": page, "form": form, "step": step}
    return show("answers", **shown), _status(form)


@agreements.post("/answers/handing-in", allow=owner_or_worker, ends="agreements.agreement")
def hand_in(dyad_id: UUID) -> ResponseReturnValue:
    """Hand the answers in as they stand."""
    service.finish_answers(viewer(), dyad_id)
    return _handed_in(dyad_id)


@agreements.post("/answers/reopening", allow=owner_or_worker)
def reopen(dyad_id: UUID) -> ResponseReturnValue:
    """Take "I am done" back."""
    service.reopen_answers(viewer(), dyad_id)
    return to("answers", dyad_id)


def _form(page: AnswersPage, dyad_id: UUID, step: int) -> QuestionForm:
    kind = FORMS[QUESTIONS[step - 1]] if step else AnswersForm
    place = f"agreement:{dyad_id}:{page.round_number}:{step}"
    return kind(answers=page.answers, names=page.names, place=place)


def _go_on(dyad_id: UUID, step: int) -> ResponseReturnValue:
    if 0 < step < len(QUESTIONS) and "pause" not in request.form:
        return to("answers", dyad_id, step=step + 1)
    flash(_("Your answers are kept. Only you can see them."))
    return to("agreement", dyad_id)


def _handed_in(dyad_id: UUID) -> ResponseReturnValue:
    now_open = service.agreement_for(viewer(), dyad_id).round
    if now_open is not None and now_open.turn is Turn.SETTLE:
        return to("comparison", dyad_id)
    flash(_("Your answers are handed in. Nothing waits on you now."))
    return to("agreement", dyad_id)


def _not_open(dyad_id: UUID) -> ResponseReturnValue:
    """On to what stands; but words that were typed in an old tab are kept, not passed over."""
    if request.method == "POST":
        raise Conflict(_("You have handed these answers in. “Change my answers” opens them again."))
    return to("agreement", dyad_id)


def _step() -> int:
    step = request.args.get("step", type=int, default=0)
    return step if 0 <= step <= len(QUESTIONS) else 0


def _status(form: QuestionForm) -> int:
    return 422 if form.errors else 200

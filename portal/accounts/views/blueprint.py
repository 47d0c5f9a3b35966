"""The blueprint of all account pages, and what several of them share."""

from contextlib import suppress

from flask import Response, current_app, make_response, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_limiter.util import get_remote_address

from portal.accounts import service
from portal.accounts.gates import half_viewer, viewer
from portal.accounts.rules.devices import device_name
from portal.accounts.shapes import Caller, NextStep, SignedIn
from portal.accounts.signed_in import set_session_cookie
from portal.core.errors import Locked
from portal.core.forms import PortalForm, as_typed
from portal.core.guard import GuardedBlueprint, current_viewer
from portal.core.pages import render
from portal.core.typed import one_line
from portal.core.web import safe_next

accounts = GuardedBlueprint("accounts", "portal.accounts.views")

BOTH = ["GET", "POST"]
_STEPS = {
    NextStep.FACTOR: "accounts.second_factor",
    NextStep.FACTOR_SET_UP: "accounts.second_factor_first",
}


def caller() -> Caller:
    """Where this request comes from."""
    return Caller(get_remote_address(), device_name(request.user_agent.string))


def come_in(signed_in: SignedIn, target: str) -> Response:
    """Hand the new session's cookie over and go on, to the second factor first where it is owed."""
    step = _STEPS.get(signed_in.step)
    answer = make_response(redirect(url_for(step, next=target) if step else target, 303))
    return set_session_cookie(answer, signed_in.cookie, kept_for=signed_in.kept_for)


def leave() -> None:
    """End the session of whoever was signed in with this browser, if anybody was."""
    with suppress(Locked):
        service.sign_out(viewer() if current_viewer() else half_viewer())


def onward() -> str:
    """The page on this site that the person wanted to go to."""
    return safe_next(request.args.get("next"))


def page(template: str, form: PortalForm, **context: object) -> ResponseReturnValue:
    """A page with a form: 422 when the form came back with something to look at."""
    return render(template, form=form, **context), 422 if form.errors else 200


def takes_app(*, is_worker: bool) -> bool:
    """Whether setting up an app for codes is one of the steps of signing up."""
    role = "worker" if is_worker else "owner"
    needed: bool = current_app.config["SETTINGS"].requires_second_factor(role)
    return needed


def is_demo() -> bool:
    """Whether this portal is the demo, whose pages show what a letter would say."""
    demo: bool = current_app.config["SETTINGS"].demo
    return demo


def mailbox() -> str:
    """What counts the letters to one mailbox."""
    return service.mailbox_key(one_line(as_typed(request.form.get("address"))))


def mail_lies_here() -> bool:
    """Whether letters are written into the home folder, because no mail server is named."""
    return not current_app.config["SETTINGS"].smtp_host

"""Every refusal is a kind page with a way on, and what was typed is kept first."""

import logging
from collections.abc import Callable
from typing import Any

from flask import Flask, Response, current_app, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_limiter import RateLimitExceeded
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import HTTPException

from portal.core.again import form_again
from portal.core.errors import (
    BadRequest,
    Conflict,
    Locked,
    NotVisible,
    PortalError,
    TooMany,
    Unavailable,
)
from portal.core.guard import SAFE
from portal.core.last_presses import lead_on
from portal.core.pages import render, render_alone
from portal.core.web import safe_next
from portal.core.work import undo_work

log = logging.getLogger(__name__)
_PAGES = frozenset({400, 401, 403, 404, 405, 409, 413, 422, 429, 500, 503})


def init_refusals(app: Flask) -> None:
    """Answer every error of the application with a page of our own."""
    app.log_exception = _log_unknown  # type: ignore[method-assign, assignment]  # Flask's own names the path
    app.register_error_handler(Locked, _ask_to_sign_in)
    app.register_error_handler(PortalError, _refuse)
    app.register_error_handler(HTTPException, _refuse_http)
    app.register_error_handler(IntegrityError, _refuse_integrity)
    app.register_error_handler(StaleDataError, _refuse_stale)
    app.register_error_handler(Exception, _refuse_unknown)


def _log_unknown(problem: Any) -> None:
    """Log a failure without its path: a path may hold the secret of a letter's link."""
    log.error("unexpected", exc_info=problem)


def _ask_to_sign_in(_problem: Locked) -> ResponseReturnValue:
    kept = _keep_words()
    way_back = _page_of_the_form() if request.method not in SAFE else request.full_path.rstrip("?")
    return redirect(url_for("accounts.sign_in", next=way_back, kept="1" if kept else None), 303)


def _refuse(problem: PortalError) -> ResponseReturnValue:
    way_on = lead_on() if isinstance(problem, NotVisible | Conflict) else None
    if way_on is not None:
        return way_on
    kept = _keep_words()
    answer = _page(problem.status, problem.message, kept=kept)
    if isinstance(problem, TooMany | Unavailable):
        answer.headers["Retry-After"] = str(getattr(problem, "wait_seconds", 5))
    return answer


def _refuse_http(problem: HTTPException) -> ResponseReturnValue:
    if isinstance(problem, CSRFError):
        return _refuse(BadRequest())
    if isinstance(problem, RateLimitExceeded):
        return _refuse(TooMany())
    found = getattr(problem, "original_exception", None)
    if isinstance(found, IntegrityError):  # the commit found it out, after the view
        return _refuse_integrity(found)
    if isinstance(found, StaleDataError):
        return _refuse_stale(found)
    if isinstance(found, OperationalError):
        return _refuse_unknown(found)
    if problem.response is not None or problem.code is None or problem.code < 400:
        return problem.get_response()
    kept = problem.code != 413 and _keep_words()
    return _page(problem.code if problem.code in _PAGES else 400, "", kept=kept)


def _refuse_integrity(problem: IntegrityError) -> ResponseReturnValue:
    log.warning("constraint", extra={"constraint": _constraint(problem)})
    return _refuse(Conflict())


def _refuse_stale(problem: StaleDataError) -> ResponseReturnValue:
    log.warning("row gone meanwhile", exc_info=problem)
    return _refuse(Conflict())


def _refuse_unknown(problem: Exception) -> ResponseReturnValue:
    if isinstance(problem, OperationalError):
        log.error("database", exc_info=problem)
        return _refuse(Unavailable())
    log.error("unexpected", exc_info=problem)
    return _page(500, "", kept=_keep_words())


def _page(status: int, message: str, *, kept: bool) -> Response:
    way_back = _page_of_the_form() if request.method not in SAFE else ""
    numbers = current_app.config["SETTINGS"].service_numbers
    show = render_alone if status >= 500 else render  # the database may be what failed
    body = show(
        f"errors/{status}.html",
        message=message,
        kept=kept,
        again=None if kept else form_again(status),
        way_back=way_back,
        numbers=numbers,
    )
    return Response(body, status)


def _keep_words() -> bool:
    """Keep what was typed; a failure to keep it is logged and never makes things worse."""
    undo_work()
    if request.method in SAFE:
        return False
    keep: Callable[[], bool] = current_app.extensions["keep_words"]
    try:
        return keep()
    except Exception:
        log.exception("words could not be kept")
        return False


def _page_of_the_form() -> str:
    """The page on this site that the form was on, or the first page."""
    referrer = request.referrer or ""
    host = request.host_url
    return safe_next("/" + referrer.removeprefix(host)) if referrer.startswith(host) else "/"


def _constraint(problem: IntegrityError) -> str:
    diagnostics = getattr(problem.orig, "diag", None)
    name = getattr(diagnostics, "constraint_name", None)
    of_sqlite = getattr(problem.orig, "sqlite_errorname", None)  # SQLite names the kind alone
    return str(name or of_sqlite or type(problem.orig).__name__)

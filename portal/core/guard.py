"""The guard at the door: every route says who may enter, and nothing is kept unless it went well.

Lock 1: a route without ``allow=`` cannot be written. Lock 2: a request for an endpoint without a
rule is refused before any view runs.
"""

import logging
from collections.abc import Callable
from typing import Any

from flask import Blueprint, Flask, Response, current_app, g, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from portal.core.errors import Locked, NotAllowed
from portal.core.work import finish_work, let_go, undo_work

log = logging.getLogger(__name__)

Gate = Callable[[Any, dict[str, Any]], None]
View = Callable[..., ResponseReturnValue]
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


def anyone(_viewer: Any, _args: dict[str, Any]) -> None:
    """Let everybody in, signed in or not."""


def signed_in(viewer: Any, _args: dict[str, Any]) -> None:
    """Let in whoever is signed in; others are asked to sign in, their words kept."""
    if viewer is None:
        raise Locked


class GuardedBlueprint(Blueprint):
    """A blueprint on which every route must say who may enter."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.gates: dict[str, Gate] = {}
        self.ends: dict[str, str] = {}

    def route(  # type: ignore[override]  # a route without allow= cannot be written
        self, rule: str, *, allow: Gate, ends: str | None = None, **options: Any
    ) -> Callable[[View], View]:
        """Add a page at ``rule`` for those whom ``allow`` lets in.

        ``ends``: a press here takes something away; the endpoint of the list where it was.
        """

        def add(view: View) -> View:
            endpoint: str = options.pop("endpoint", view.__name__)
            if ends is not None:
                self.ends[endpoint] = ends
            known = self.gates.setdefault(endpoint, allow)
            if known is not allow:
                raise ValueError(f"{self.name}.{endpoint} has two rules")
            self.add_url_rule(rule, endpoint, view, guarded=True, **options)
            return view

        return add

    def get(self, rule: str, *, allow: Gate, **options: Any) -> Callable[[View], View]:  # type: ignore[override]  # allow= is the point
        """Add a page that only shows."""
        return self.route(rule, allow=allow, methods=["GET"], **options)

    def post(self, rule: str, *, allow: Gate, **options: Any) -> Callable[[View], View]:  # type: ignore[override]  # allow= is the point
        """Add a place that changes something."""
        return self.route(rule, allow=allow, methods=["POST"], **options)

    def add_url_rule(self, rule: str, *args: Any, **options: Any) -> None:
        """Refuse a route that came around ``allow=``."""
        if not options.pop("guarded", False):
            raise ValueError(f"{rule} in {self.name} does not say who may enter (allow=)")
        super().add_url_rule(rule, *args, **options)


def init_guard(app: Flask) -> None:
    """Put the guard at the door of the application, after every slice is registered."""
    gates: dict[str, Gate] = {}
    ends: dict[str, str] = {}
    for blueprint in app.blueprints.values():
        if not isinstance(blueprint, GuardedBlueprint):
            raise TypeError(f"{blueprint.name} is not guarded")
        gates |= {f"{blueprint.name}.{name}": gate for name, gate in blueprint.gates.items()}
        ends |= {f"{blueprint.name}.{name}": there for name, there in blueprint.ends.items()}
    app.extensions["gates"] = gates
    app.extensions["ends"] = ends
    app.before_request(_let_in)
    app.after_request(_keep_or_undo)
    app.teardown_request(_undo_leftovers)
    app.teardown_appcontext(_let_go)


def current_viewer() -> Any:
    """The signed-in person of this request, or None. Slices use ``accounts.gates.viewer``."""
    user = current_user._get_current_object()
    return user if user.is_authenticated else None


def after_answer(note: Callable[[], None]) -> None:
    """Do a little housekeeping in its own piece of work once the answer stands.

    For what even a reading page must note (a session was used, a worker opened a part). It is
    kept apart from the request's own work, so a page that only shows changes nothing else.
    """
    g.setdefault("notes", []).append(note)


def _let_in() -> None:
    if request.endpoint is None:
        return
    gate = current_app.extensions["gates"].get(request.endpoint)
    if gate is None:
        log.error("endpoint without a rule", extra={"endpoint": request.endpoint})
        raise NotAllowed
    # A page for anyone must be there even when the database, which knows the viewer, is away.
    gate(None if gate is anyone else current_viewer(), request.view_args or {})


def _keep_or_undo(response: Response) -> Response:
    if request.method not in SAFE and response.status_code < 400:
        finish_work()
    elif request.method not in SAFE or "notes" in g:
        undo_work()  # else the session ends with its application context, and keeps nothing
    for note in g.pop("notes", []):
        try:
            note()
            finish_work()
        except Exception:
            undo_work()
            log.exception("housekeeping after the answer")
    return response


def _undo_leftovers(problem: BaseException | None) -> None:
    if problem is not None:
        undo_work()


def _let_go(_problem: BaseException | None) -> None:
    let_go()

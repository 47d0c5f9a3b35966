"""The ledger: every endpoint, called as everybody, gives what ``ledger.toml`` says, no more.

Lock 5. A route that is not in the ledger fails; so does a line without a route.
"""

import tomllib
from pathlib import Path

import pytest
from flask import Flask
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from tests.access.scene import Scene
from tests.fixtures.application import MakeApp

LEDGER = tomllib.loads((Path(__file__).parent / "ledger.toml").read_text())
ROLES = tuple(LEDGER["roles"])
FORMS = LEDGER["forms"]


@pytest.fixture
def scene(make_app: MakeApp) -> Scene:
    app = make_app(sign_up_open=True)
    app.config |= {"WTF_CSRF_ENABLED": False, "RATELIMIT_ENABLED": False}
    return Scene(app)


def calls(app: Flask) -> dict[str, Rule]:
    """Every method of every endpoint, as the ledger names it: ``GET goals.goal``."""
    return {
        f"{method} {rule.endpoint}": rule
        for rule in app.url_map.iter_rules()
        if "." in rule.endpoint  # without a dot: a page of the tests themselves
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"})
    }


def said(answer: TestResponse) -> str:
    """What an answer means to the person who asked."""
    if answer.status_code == 303 and "/sign-in" in answer.location.split("?")[0]:
        return "sign in"
    if answer.status_code == 404:
        return "nothing"
    if answer.status_code == 403:
        return "not allowed"
    is_busy = answer.status_code == 503 and answer.request.path == "/readyz"  # no job worker here
    return "in" if answer.status_code < 500 or is_busy else f"broken: {answer.status_code}"


def test_every_endpoint_is_in_the_ledger_and_every_line_is_an_endpoint(app: Flask) -> None:
    assert set(LEDGER["calls"]) == set(calls(app))


@pytest.mark.parametrize("role", ROLES)
def test_everybody_gets_what_the_ledger_says(scene: Scene, role: str) -> None:
    wrong = []
    for call, rule in sorted(calls(scene.app).items()):
        found = ask(scene, role, call, rule)
        line = LEDGER["calls"].get(call, {})
        wanted = line.get(role, line.get("others", "nothing at all"))
        if found != wanted:
            wrong.append(f"{call} as {role}: {found}, and the ledger says {wanted}")
    assert wrong == []


def ask(scene: Scene, role: str, call: str, rule: Rule) -> str:
    """Call an endpoint as somebody, with a form that would do, and put everything back."""
    method = call.partition(" ")[0]
    ids = scene.ids_for(role)
    values = {name: ids[name] for name in rule.arguments}
    if rule.rule.startswith("/letter/"):
        values["token"] = ids["letter"]
    with scene.app.test_request_context():
        path = scene.app.url_for(rule.endpoint, **values)
    form = {name: value.format(**ids) for name, value in FORMS.get(call, {}).items()}
    answer = scene.client(role).open(path, method=method, data=form if method != "GET" else None)
    if method != "GET":
        scene.restore()
    return said(answer)

"""What every answer carries, whatever was asked and however it went (ASVS 5.0, 3.3, 3.4, 7.4)."""

import logging

import pytest
from flask import Flask
from flask.typing import ResponseReturnValue
from werkzeug.test import TestResponse

from portal.core.errors import (
    BadRequest,
    Conflict,
    FieldError,
    Locked,
    NotAllowed,
    NotVisible,
    PortalError,
    TooMany,
    Unavailable,
)
from portal.core.guard import GuardedBlueprint, anyone, init_guard
from portal.core.log import JsonLines
from tests.access.scene import Scene
from tests.accounts.forms import press, send
from tests.accounts.test_signing_in import sign_in
from tests.fixtures.application import MakeApp
from tests.fixtures.people import People
from tests.security.forms import paths, walk

EXACTLY = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; "
    "img-src 'self' data:; connect-src 'self'; worker-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Strict-Transport-Security": "max-age=31536000; includeSubDomains",
}
MAY_BE_KEPT = dict.fromkeys(("/help-now", "/help-now/common"), "private, max-age=86400")
"""What is the same for everybody and should be there without a network."""

REFUSALS = (
    BadRequest("x"),
    Locked("x"),
    NotAllowed("x"),
    NotVisible("x"),
    Conflict("x"),
    FieldError("x", "x"),
    TooMany("x"),
    PortalError("x"),
    Unavailable("x"),
)


def faults_in(answer: TestResponse) -> list[str]:
    """The headers of an answer that are not as they should be."""
    found = [
        f"{answer.request.method} {answer.request.path}: {name}: {answer.headers.getlist(name)}"
        for name, value in EXACTLY.items()
        if answer.headers.getlist(name) != [value]
    ]
    allowed = MAY_BE_KEPT.get(answer.request.path) if answer.status_code == 200 else None
    if answer.headers.getlist("Cache-Control") not in (["no-store"], [allowed]):
        found.append(f"{answer.request.path} may be kept: {answer.headers.get('Cache-Control')}")
    if "Server" in answer.headers or "X-Powered-By" in answer.headers:
        found.append(f"{answer.request.path} says what it runs on")
    return found


@pytest.mark.parametrize("role", ["anonymous", "owner"])
def test_every_page_carries_every_header(scene: Scene, role: str) -> None:
    faults, statuses = [], set()
    for answer in walk(scene, role, scene.client(role)):
        faults += faults_in(answer)
        statuses.add(answer.status_code)
    assert faults == []
    assert {200, 404} <= statuses


@pytest.mark.parametrize("method", ["POST", "HEAD"])
def test_every_answer_to_another_method_carries_every_header(scene: Scene, method: str) -> None:
    client, faults = scene.client("owner"), []
    for _, path in paths(scene, "owner", "GET"):
        faults += faults_in(client.open(path, method=method))
    assert faults == []


@pytest.fixture
def refusing(make_app: MakeApp, monkeypatch: pytest.MonkeyPatch) -> Flask:
    """The application with pages that refuse in every way there is, and one that breaks."""

    def with_pages(app: Flask) -> None:
        pages = GuardedBlueprint("refusing", __name__)

        @pages.get("/refusing/<int:number>", allow=anyone)
        def refuse(number: int) -> ResponseReturnValue:
            raise REFUSALS[number] if number < len(REFUSALS) else ZeroDivisionError

        app.register_blueprint(pages)
        init_guard(app)

    monkeypatch.setattr("portal.factory.init_guard", with_pages)
    return make_app()


def test_every_refusal_carries_every_header(refusing: Flask) -> None:
    client, statuses = refusing.test_client(), set()
    for number in range(len(REFUSALS) + 1):
        answer = client.get(f"/refusing/{number}")
        statuses.add(answer.status_code)
        assert faults_in(answer) == []
        assert "Traceback" not in answer.get_data(as_text=True)
    assert statuses == {400, 303, 403, 404, 409, 422, 429, 500, 503}


def test_what_is_too_long_and_what_is_no_page_carry_every_header(scene: Scene) -> None:
    client = scene.client("owner")
    too_long = client.post("/settings/profile", data={"name": "x" * (2 * 1024 * 1024)})
    assert too_long.status_code == 413
    for answer in (too_long, client.get("/%00"), client.get("/static/../x"), client.get("/x" * 99)):
        assert faults_in(answer) == []


def test_files_of_ours_may_be_kept_and_carry_the_rest(scene: Scene) -> None:
    page = scene.client("owner").get("/").get_data(as_text=True)
    path = page.partition('<link rel="stylesheet" href="')[2].partition('"')[0]
    answer = scene.app.test_client().get(path)
    assert answer.status_code == 200
    assert [fault for fault in faults_in(answer) if "may be kept" not in fault] == []
    assert "Set-Cookie" not in answer.headers


def test_signing_out_tells_the_browser_to_forget(scene: Scene) -> None:
    client = scene.client("owner")
    answer = press(client, "/settings", "/sign-out")
    assert answer.headers["Clear-Site-Data"] == '"cache", "cookies"'
    assert client.get_cookie(scene.ingrid.cookie_name()) is None
    assert client.get("/settings").status_code == 303
    assert client.get("/settings").headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    ("public_url", "prefix", "flags"),
    [
        ("http://127.0.0.1:8000", "", {"HttpOnly", "Path=/", "SameSite=Lax"}),
        ("https://tandem.example", "__Host-", {"HttpOnly", "Path=/", "SameSite=Lax", "Secure"}),
    ],
)
def test_every_cookie_has_exactly_its_flags(
    make_app: MakeApp, public_url: str, prefix: str, flags: set[str]
) -> None:
    app = make_app(public_url=public_url)
    ingrid, client = People(app).owner(), app.test_client()
    page = client.get("/sign-in", base_url=public_url)
    token = page.get_data(as_text=True).partition('name="csrf_token"')[2].partition('value="')[2]
    form = {"csrf_token": token.partition('"')[0], "address": ingrid.address}
    form |= {"password": ingrid.password}
    answer = client.post("/sign-in", data=form, base_url=public_url)
    given = [*page.headers.getlist("Set-Cookie"), *answer.headers.getlist("Set-Cookie")]
    names = {each.partition("=")[0] for each in given}
    assert answer.status_code == 303, answer.get_data(as_text=True)
    assert names == {f"{prefix}tandem", f"{prefix}tandem-form"}
    for each in given:
        about = {part.strip() for part in each.split(";")[1:]}
        assert {part for part in about if not part.startswith(("Expires", "Max-Age"))} == flags


def test_the_session_token_is_in_no_log_and_on_no_page(
    app: Flask, people: People, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    ingrid, client, seen = people.owner(), app.test_client(), []
    sign_in(client, ingrid)
    cookie = client.get_cookie("tandem")
    assert cookie is not None
    for path in ("/", "/settings", "/settings/devices", "/nothing-here", "/settings/profile"):
        seen.append(client.get(path))
    seen.append(send(client, "/settings/profile", name="Kari", zone="Europe/Oslo"))
    for answer in seen:
        assert cookie.value not in answer.get_data(as_text=True)
        assert cookie.value not in str(answer.headers)
    said = [f"{each.getMessage()} {JsonLines().format(each)}" for each in caplog.records]
    assert len(said) > 5
    assert [line for line in said if cookie.value in line] == []

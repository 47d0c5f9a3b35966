"""Pages for everybody, and pages for when something is wrong."""

import re
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from flask import Flask, current_app
from flask.testing import FlaskClient

from portal.core.dates import Local
from portal.core.db import db
from portal.core.errors import Conflict, NotAllowed, NotVisible, TooMany, Unavailable
from portal.core.guard import anyone
from portal.core.pages import here, render, render_alone, render_for
from tests.fixtures.application import MakeApp
from tests.fixtures.pages import opened
from tests.fixtures.people import People

STATUSES = (400, 401, 403, 404, 405, 409, 413, 422, 429, 500, 503)
REFUSALS = {
    403: NotAllowed(),
    404: NotVisible(),
    409: Conflict("Anna was a moment earlier."),
    429: TooMany(),
    503: Unavailable(),
    500: RuntimeError("a word that nobody may see"),
}


@pytest.fixture
def troubled(make_app: MakeApp) -> FlaskClient:
    """A visitor of an application that can be made to refuse: ``/refuse/404``."""

    def refuse(status: int) -> str:
        raise REFUSALS[status]

    app = make_app()
    app.add_url_rule("/refuse/<int:status>", "refuse", refuse)
    app.extensions["gates"]["refuse"] = anyone
    return app.test_client()


@pytest.mark.parametrize("status", REFUSALS)
def test_every_refusal_is_a_kind_page_with_a_way_on(troubled: FlaskClient, status: int) -> None:
    answer = troubled.get(f"/refuse/{status}")
    assert answer.status_code == status
    assert 'href="/help-now"' in answer.text
    assert 'href="/"' in answer.text
    assert "a word that nobody may see" not in answer.text
    assert "Traceback" not in answer.text


def test_a_refusal_says_what_happened_in_its_own_words(troubled: FlaskClient) -> None:
    assert "Anna was a moment earlier." in troubled.get("/refuse/409").text


@pytest.mark.parametrize("status", STATUSES)
def test_every_refusal_says_whether_words_are_kept(app: Flask, status: int) -> None:
    numbers = app.config["SETTINGS"].service_numbers
    with app.test_request_context("/goals"):
        name = f"errors/{status}.html"
        given: dict[str, Any] = {"message": "", "again": None, "numbers": numbers}
        kept = render(name, kept=True, way_back="/goals", **given)
        lost = render(name, kept=False, way_back="/goals", **given)
        read = render(name, kept=False, way_back="", **given)
    assert "All your words are kept." in kept
    assert "go back in your browser" in lost
    assert "words" not in re.sub(r"keeps your words safe", "", read.split("<main")[1])


def test_help_and_refusals_are_there_when_the_database_is_away(
    app: Flask, troubled: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*_: object, **__: object) -> None:
        raise AssertionError("the database was asked")

    troubled.set_cookie("tandem", "whatever")
    monkeypatch.setattr(db.session, "execute", away)
    for address in ("/help-now", "/refuse/500", "/refuse/503"):
        answer = troubled.get(address)
        assert 'href="tel:113"' in answer.text
        assert "Cookie" not in answer.headers.get("Set-Cookie", "")


def test_help_now_shows_the_numbers_of_the_service(client: FlaskClient) -> None:
    answer = client.get("/help-now")
    assert answer.status_code == 200
    assert 'href="tel:116117"' in answer.text
    assert "Nobody watches this portal at night" in answer.text
    assert answer.headers["Cache-Control"] == "private, max-age=86400"


def test_a_visitor_reads_in_the_zone_and_language_of_the_service(app: Flask) -> None:
    with app.test_request_context("/", headers={"Accept-Language": "de, en;q=0.5"}):
        assert here().zone == ZoneInfo("Europe/Oslo")
        assert here().language == "en"
        assert '<html lang="en">' in render_alone("help/help_now.html", numbers=())


def test_a_template_can_be_made_for_somebody_who_is_not_here(app: Flask) -> None:
    local = Local(ZoneInfo("Europe/Oslo"), "nb", datetime(2026, 11, 26, tzinfo=UTC))
    with app.app_context():
        pages = current_app.extensions["pages"]
        template = pages["en"].from_string("{{ at|when }} · {{ at|day }}")
        assert render_for(local, template, at=local.now) == "i dag 01:00 · torsdag 26. november"


def test_the_services_own_name_stands_in_the_title_the_brand_and_on_paper(
    make_app: MakeApp,
) -> None:
    app = make_app(service_name="North & South")
    ingrid = People(app).owner()
    for client, path in ((app.test_client(), "/sign-in"), (ingrid.client, "/goals")):
        page = opened(client.get(path))
        assert "· North &amp; South</title>" in page
        assert '<a class="brand" href="/">North &amp; South</a>' in page
    printed = opened(ingrid.client.get("/toolbox/goals/print"))
    assert '<p class="print-brand">North &amp; South</p>' in printed


def test_a_service_without_a_name_of_its_own_is_called_tandem(client: FlaskClient) -> None:
    page = opened(client.get("/sign-in"))
    assert "· Tandem</title>" in page
    assert '<a class="brand" href="/">Tandem</a>' in page

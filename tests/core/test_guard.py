"""The guard: no route without a rule, nothing kept unless it went well, refusals that are kind."""

import pytest
from flask import Flask, Response
from flask.typing import ResponseReturnValue
from sqlalchemy import create_engine, select, text

from portal.accounts.gates import owner, viewer
from portal.core.db import db
from portal.core.errors import Conflict, FieldError
from portal.core.forms import Line, PortalForm, needed
from portal.core.guard import GuardedBlueprint, anyone, init_guard
from portal.core.work import unit_of_work
from portal.drafts.models import LateDraft
from portal.drafts.service import draft_words
from portal.vault.models import Audience, DataKey, Part
from tests.fixtures.application import MakeApp
from tests.fixtures.people import People


class WishForm(PortalForm):
    wish = Line("Wish", validators=[needed()])


def trying(app: Flask) -> GuardedBlueprint:
    """Pages that only exist here, to see what the house does with them."""
    pages = GuardedBlueprint("trying", __name__)

    @pages.get("/trying", allow=owner)
    def shows() -> ResponseReturnValue:
        form = WishForm()
        return f"<!doctype html><title>x</title><form>{form.keep()}{form.wish()}</form>"

    @pages.get("/open", allow=anyone)
    def is_open() -> ResponseReturnValue:
        return "", 204

    @pages.post("/trying/<outcome>", allow=owner)
    def writes(outcome: str) -> ResponseReturnValue:
        viewer().box.own_key(Part.GOALS, Audience.ONLY_ME, now=viewer().now)
        if outcome == "breaks":
            raise RuntimeError(outcome)
        if outcome == "conflicts":
            raise Conflict("Somebody was a moment earlier.")
        return ("", 422) if outcome == "bad" else ("", 204)

    @pages.post("/wishes", allow=owner)
    def wishes() -> ResponseReturnValue:
        form = WishForm()
        taken = form.saves(refuse_rain)
        return ("", 204) if taken else (str(form.wish.errors), 422)

    return pages


def refuse_rain(body: dict[str, str]) -> None:
    if body["wish"] == "rain":
        raise FieldError("wish", "Not that one.")


@pytest.fixture
def app(make_app: MakeApp, monkeypatch: pytest.MonkeyPatch) -> Flask:
    """The application with a few more pages, and without the token that forms carry."""
    monkeypatch.setattr("portal.factory.init_guard", with_pages)
    made = make_app()
    made.config["WTF_CSRF_ENABLED"] = False
    return made


def with_pages(app: Flask) -> None:
    app.register_blueprint(trying(app))
    init_guard(app)


def keys_of_goals(app: Flask) -> int:
    with unit_of_work(app):
        return len(db.session.scalars(select(DataKey).where(DataKey.part == Part.GOALS)).all())


def test_a_route_without_a_rule_cannot_be_written() -> None:
    pages = GuardedBlueprint("bare", __name__)
    with pytest.raises(TypeError):
        pages.get("/bare")  # type: ignore[call-arg]  # that is what is tried
    with pytest.raises(ValueError, match="does not say who may enter"):
        pages.add_url_rule("/bare", "bare", lambda: "")


def test_an_unguarded_blueprint_is_refused(app: Flask) -> None:
    from flask import Blueprint

    app = Flask("bare")
    app.register_blueprint(Blueprint("bare", __name__))
    with pytest.raises(TypeError, match="not guarded"):
        init_guard(app)


@pytest.mark.parametrize(
    ("outcome", "status", "kept"),
    [("goes-well", 204, 1), ("bad", 422, 0), ("conflicts", 409, 0), ("breaks", 500, 0)],
)
def test_only_what_went_well_is_kept(
    app: Flask, people: People, outcome: str, status: int, kept: int
) -> None:
    client = people.owner().client
    assert client.post(f"/trying/{outcome}").status_code == status
    assert keys_of_goals(app) == kept


@pytest.mark.parametrize("outcome", ["conflicts", "breaks"])
def test_a_refusal_keeps_the_words_and_shows_no_trace(
    app: Flask, people: People, outcome: str
) -> None:
    ingrid = people.owner()
    token = keep_token(ingrid.client.get("/trying").text)
    answer = ingrid.client.post(f"/trying/{outcome}", data={"keep": token, "wish": "sun & sea"})
    assert "Traceback" not in answer.text
    assert "RuntimeError" not in answer.text
    assert "sun &amp; sea" in ingrid.client.get("/trying").text


def test_words_sent_after_the_session_ended_are_there_again(app: Flask, people: People) -> None:
    ingrid = people.owner()
    token = keep_token(ingrid.client.get("/trying").text)
    stranger = app.test_client()
    answer = stranger.post("/wishes", data={"keep": token, "wish": "a quiet morning"})
    assert answer.status_code == 303
    assert "/sign-in" in answer.location
    assert "kept=1" in answer.location
    with unit_of_work(app):
        row = db.session.scalars(select(LateDraft)).one()
        assert b"quiet" not in row.sealed
    assert "a quiet morning" in ingrid.client.get("/trying").text


def test_a_token_of_somebody_else_or_a_made_up_one_keeps_nothing(
    app: Flask, people: People
) -> None:
    ingrid, kari = people.owner("Ingrid"), people.owner("Kari")
    token = keep_token(ingrid.client.get("/trying").text)
    forged = token.replace(ingrid.id.hex, kari.id.hex)
    app.test_client().post("/wishes", data={"keep": forged, "wish": "planted"})
    with unit_of_work(app):
        assert db.session.scalars(select(LateDraft)).all() == []


def test_a_late_draft_that_was_planted_in_the_database_is_not_shown(
    app: Flask, people: People
) -> None:
    ingrid = people.owner()
    token = keep_token(ingrid.client.get("/trying").text)
    app.test_client().post("/wishes", data={"keep": token, "wish": "mine"})
    with unit_of_work(app):
        db.session.scalars(select(LateDraft)).one().mac = bytes(32)
    with ingrid.viewing() as me:
        assert draft_words(me, "/trying") is None


def test_a_sent_form_leaves_no_draft_and_a_refused_one_keeps_its_words(
    app: Flask, people: People
) -> None:
    ingrid = people.owner()
    token = keep_token(ingrid.client.get("/trying").text)
    app.test_client().post("/wishes", data={"keep": token, "wish": "sun"})
    refused = ingrid.client.post("/wishes", data={"keep": token, "wish": "rain"})
    assert (refused.status_code, "Not that one." in refused.text) == (422, True)
    with ingrid.viewing() as me:
        assert draft_words(me, "/trying") == {"wish": ["sun"]}
    assert ingrid.client.post("/wishes", data={"keep": token, "wish": "sun"}).status_code == 204
    with ingrid.viewing() as me:
        assert draft_words(me, "/trying") is None


def test_anyone_is_let_in_where_a_page_is_for_anyone(app: Flask, people: People) -> None:
    stranger = app.test_client()
    assert stranger.get("/open").status_code == 204
    assert people.owner().client.get("/open").status_code == 204
    assert people.worker().client.get("/open").status_code == 204
    assert stranger.get("/trying").status_code == 303
    assert people.worker("Per").client.get("/trying").status_code in (403, 404)


def keep_token(page: str) -> str:
    """The token in a page's form."""
    return page.partition('name="keep"')[2].partition('value="')[2].partition('"')[0]


@pytest.mark.postgres
def test_a_connection_that_breaks_once_the_answer_stands_harms_it_no_more(
    make_app: MakeApp, postgres_url: str
) -> None:
    app = make_app(database_url=postgres_url)
    ingrid, ends = People(app).owner(), [True]

    def cut(answer: Response) -> Response:
        if ends.pop():
            ours = db.session.scalar(text("SELECT pg_backend_pid()"))
            with create_engine(db.engine.url).connect() as other:
                other.execute(text("SELECT pg_terminate_backend(:ours)"), {"ours": ours})
        ends.append(False)
        return answer

    app.after_request_funcs.setdefault(None, []).append(cut)
    for _press in range(2):
        assert ingrid.client.get("/settings").status_code == 200
    assert not db.session.registry.registry

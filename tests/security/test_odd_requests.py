"""Odd requests are refused kindly: numbers past every table, bytes that are no text."""

import re
from io import BytesIO

import pytest
from flask.testing import FlaskClient

from tests.access.scene import Scene

FAR = 10**30


@pytest.mark.parametrize(
    "path",
    [
        "/dyads/{dyad_id}/agreement/versions/{far}",
        "/messages/{dyad_id}?before={far}",
        "/messages/{dyad_id}?before=-{far}",
        "/goals?before={far}.x",
        "/goals?before=99999999999999999.AAAAAAAAAAAAAAAAAAAAAA",
        "/sharing/openings?before=%ff%fe",
        "/dyads/{dyad_id}/agreement/answers?step={far}",
        "/sign-in?next=%ff%00%c3%28",
    ],
)
def test_an_odd_address_never_breaks_a_page(scene: Scene, path: str) -> None:
    answer = scene.client("owner").get(path.format(dyad_id=scene.with_anna, far=FAR))
    assert answer.status_code < 500


@pytest.mark.parametrize("press", ["reaction", "taking-back", "release", "meaning", "keeping"])
def test_a_number_past_every_message_is_not_there(scene: Scene, press: str) -> None:
    scene.app.config["WTF_CSRF_ENABLED"] = False
    try:
        path = f"/messages/{scene.with_anna}/{FAR}/{press}"
        answer = scene.client("owner").post(path, data={"press": "read"})
    finally:
        scene.app.config["WTF_CSRF_ENABLED"] = True
    assert answer.status_code == 404


@pytest.mark.parametrize("revision", [str(FAR), "-1", "x", ""])
def test_a_forged_revision_is_a_kind_refusal(scene: Scene, revision: str) -> None:
    scene.app.config["WTF_CSRF_ENABLED"] = False
    try:
        path = f"/dyads/{scene.with_anna}/agreement/acceptance"
        answer = scene.client("owner").post(path, data={"revision": revision, "round": revision})
    finally:
        scene.app.config["WTF_CSRF_ENABLED"] = True
    assert 400 <= answer.status_code < 500


FORMS = (
    ("nobody", "/sign-in", "address"),
    ("nobody", "/recovery", "address"),
    ("nobody", "/card", "code"),
    ("owner", "/goals/new", "what"),
)


def token_on(client: FlaskClient, path: str) -> str:
    """The token of the form on a page."""
    found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', client.get(path).text)
    assert found
    return found.group(1)


@pytest.mark.parametrize("body", ['{"%s": 5}', '{"%s": "\\ud800"}', "[1]", '{"%s": {}}', "5", "{"])
@pytest.mark.parametrize(("role", "path", "field"), FORMS)
def test_words_that_are_no_form_are_refused(
    scene: Scene, role: str, path: str, field: str, body: str
) -> None:
    client = scene.client(role)
    answer = client.post(
        path,
        data=body.replace("%s", field),
        content_type="application/json",
        headers={"X-CSRFToken": token_on(client, path)},
    )
    assert answer.status_code == 400
    assert 'href="/help-now"' in answer.text


@pytest.mark.parametrize("kind", ["text/plain", "application/xml", "multipart/mixed; boundary=x"])
def test_no_other_kind_of_content_is_read(scene: Scene, kind: str) -> None:
    answer = scene.client("nobody").post("/sign-in", data="address=a", content_type=kind)
    assert answer.status_code == 400


@pytest.mark.parametrize(("role", "path", "field"), FORMS)
def test_a_file_in_the_place_of_words_is_as_if_nothing_was_typed(
    scene: Scene, role: str, path: str, field: str
) -> None:
    client = scene.client(role)
    sent = {"csrf_token": token_on(client, path), field: (BytesIO(b"words"), "words.txt")}
    answer = client.post(path, data=sent, content_type="multipart/form-data")
    assert answer.status_code == 422
    assert "words.txt" not in answer.text

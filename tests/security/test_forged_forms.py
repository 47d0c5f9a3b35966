"""A form that is not ours changes nothing, and neither does looking (ASVS 5.0, 3.5)."""

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.access.scene import Scene
from tests.access.test_ledger import FORMS
from tests.accounts.forms import csrf_of
from tests.security.dump import differences, picture
from tests.security.forms import paths, walk

NO_TOKEN, WRONG, OF_ANOTHER = "no token", "a wrong token", "the token of somebody else"
START = {"anonymous": "/sign-in"}


@pytest.mark.parametrize(
    ("role", "token"),
    [
        ("anonymous", NO_TOKEN),
        ("anonymous", OF_ANOTHER),
        ("owner", NO_TOKEN),
        ("owner", WRONG),
        ("owner", OF_ANOTHER),
        ("worker", NO_TOKEN),
        ("worker", OF_ANOTHER),
        ("administrator", NO_TOKEN),
    ],
)
def test_a_form_without_its_own_token_is_refused(scene: Scene, role: str, token: str) -> None:
    before, wrong = picture(scene), []
    client = scene.client(role)
    client.get(START.get(role, "/settings"))
    given = {WRONG: {"csrf_token": "wrong"}, OF_ANOTHER: {"csrf_token": _token_of_another(scene)}}
    for endpoint, path in paths(scene, role, "POST"):
        answer = client.post(path, data=given.get(token, {}) | _typed(scene, role, endpoint))
        if not _is_refused(answer):
            wrong.append(f"{endpoint}: {answer.status_code} {answer.location}")
    assert wrong == []
    assert differences(before, picture(scene)) == []


def test_a_form_with_its_own_token_is_taken(scene: Scene) -> None:
    """The forms above are refused for their tokens alone."""
    before = picture(scene)
    client = scene.client("owner")
    token = csrf_of(client.get("/settings").get_data(as_text=True))
    path = dict(paths(scene, "owner", "POST"))["goals.movement"]
    answer = client.post(path, data={"csrf_token": token, "movement": "forward"})
    assert answer.status_code == 303
    assert "goals" in differences(before, picture(scene))


@pytest.mark.parametrize("role", ["anonymous", "owner", "worker", "administrator"])
def test_looking_at_pages_changes_nothing(scene: Scene, role: str) -> None:
    before = picture(scene)
    for answer in walk(scene, role, scene.client(role)):
        assert answer.status_code < 500 or answer.request.path == "/readyz"
    assert differences(before, picture(scene)) == []


def _typed(scene: Scene, role: str, endpoint: str) -> dict[str, str]:
    ids = scene.ids_for(role)
    return {name: value.format(**ids) for name, value in FORMS.get(f"POST {endpoint}", {}).items()}


def _token_of_another(scene: Scene) -> str:
    other: FlaskClient = scene.client("other_owner")
    return csrf_of(other.get("/settings").get_data(as_text=True))


def _is_refused(answer: TestResponse) -> bool:
    leads_to_sign_in = answer.status_code == 303 and answer.location.startswith("/sign-in")
    return 400 <= answer.status_code < 500 or leads_to_sign_in

"""What every answer carries, where one may be sent on to, and forms from elsewhere."""

import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from portal.core.errors import BadRequest
from portal.core.row_ids import new_id
from portal.core.web import page_token, read_token, safe_next

ELSEWHERE = [
    "https://example.org/",
    "//example.org",
    "/\\example.org",
    "\\\\example.org",
    "http:example.org",
    "javascript:alert(1)",
    "/\texample.org",
    "/\n/example.org",
    "data:text/html,x",
    " /goals",
    "/a\\b",
    "",
    None,
    "https:/example.org",
    "/\x00",
    "///example.org",
]


@pytest.mark.parametrize("target", ELSEWHERE)
def test_next_never_leads_elsewhere(target: str | None) -> None:
    assert safe_next(target) == "/"


@pytest.mark.parametrize("target", ["/goals", "/goals?since=met", "/messages/3#newest"])
def test_next_leads_on_within_the_portal(target: str) -> None:
    assert safe_next(target) == target


@given(st.text())
def test_whatever_is_typed_stays_on_this_site(target: str) -> None:
    found = safe_next(target)
    assert found.startswith("/")
    assert not found.startswith(("//", "/\\"))


@pytest.mark.parametrize("path", ["/healthz", "/nothing-here", "/sign-in"])
def test_headers_stand_on_every_answer(client: FlaskClient, path: str) -> None:
    headers = client.get(path).headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert "max-age" in headers["Strict-Transport-Security"]
    assert headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://example.org"},
        {"Origin": "null"},
        {"Origin": "http://["},
        {"Sec-Fetch-Site": "cross-site"},
    ],
)
def test_a_form_from_elsewhere_is_refused(client: FlaskClient, headers: dict[str, str]) -> None:
    assert client.post("/drafts", headers=headers).status_code == 400


def test_page_tokens_go_there_and_back() -> None:
    row_id = new_id()
    assert read_token(page_token(row_id)) == row_id
    assert read_token("") is None
    with pytest.raises(BadRequest):
        read_token("no token")

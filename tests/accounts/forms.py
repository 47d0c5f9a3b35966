"""Fill in and send a form of a page, as a browser without scripts does."""

from html.parser import HTMLParser
from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse


class _Form(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.fields: dict[str, str] = {}
        self._inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        about = dict(attrs)
        if tag == "form":
            self._inside = "post-button" not in (about.get("class") or "") and "me-form" not in (
                about.get("class") or ""
            )
        name = about.get("name")
        is_ticked = about.get("type") != "checkbox" or "checked" in about
        if tag == "input" and self._inside and name and is_ticked:
            self.fields[name] = about.get("value") or ""

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._inside = False


def form_of(page: TestResponse) -> dict[str, str]:
    """The fields of the page's own form, with what stands in them."""
    reader = _Form()
    reader.feed(page.get_data(as_text=True))
    return reader.fields


def send(client: FlaskClient, path: str, to: str | None = None, **typed: Any) -> TestResponse:
    """Open a page, type into its form and send it."""
    page = client.get(path)
    assert page.status_code == 200, (path, page.status_code)
    return client.post(to or path, data=form_of(page) | typed)


def press(client: FlaskClient, page: str, to: str, **fields: Any) -> TestResponse:
    """Press a button of a page that has a form of its own."""
    token = csrf_of(client.get(page).get_data(as_text=True))
    return client.post(to, data={"csrf_token": token} | fields)


def csrf_of(text: str) -> str:
    """The form token of a page."""
    mark = 'name="csrf_token" value="'
    alternative = 'name="csrf_token" type="hidden" value="'
    mark = mark if mark in text else alternative
    return text.split(mark, 1)[1].split('"', 1)[0]

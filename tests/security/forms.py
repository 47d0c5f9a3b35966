"""Pages as a browser sees them: links and forms, read from the HTML, and the paths to them."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urljoin, urlsplit

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.exceptions import HTTPException
from werkzeug.test import TestResponse

from tests.access.scene import Scene

WORDS = frozenset({"text", "search", "email", "url", "tel", "password", "textarea", ""})
LETTER = "/letter/"  # the paths whose token is an invitation's
SORTS = ("tool", "part", "section_kind", "question_kind")  # a path's names that make another page


@dataclass
class Field:
    """One input of a form; ``values`` are what a select or a group of buttons offers."""

    name: str
    kind: str
    value: str = ""
    values: list[str] = field(default_factory=list)
    longest: int | None = None

    @property
    def takes_words(self) -> bool:
        """Can anything be typed here?"""
        return self.kind in WORDS


@dataclass
class Form:
    """One form of a page."""

    page: str
    action: str
    method: str
    fields: list[Field] = field(default_factory=list)

    def field(self, name: str, kind: str) -> Field:
        """The field of this name; buttons of one group are one field."""
        for each in self.fields:
            if each.name == name and kind == each.kind and kind in ("radio", "checkbox", "submit"):
                return each
        self.fields.append(Field(name, kind))
        return self.fields[-1]

    @property
    def words(self) -> list[str]:
        """The names of the fields that take words."""
        return sorted({each.name for each in self.fields if each.takes_words})


class _Reader(HTMLParser):
    """Reads forms and links; fields that name their form by ``form=`` go there."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self._page, self._form, self._select, self._area = page, None, None, None
        self._other_ways: list[str] = []
        self.links: list[str] = []
        self.forms: list[Form] = []

    _form: Form | None
    _select: Field | None
    _area: Field | None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        about = {name: value or "" for name, value in attrs}
        if tag == "a" and about.get("href", "").startswith("/"):
            self.links.append(about["href"].partition("#")[0])
        elif tag == "form":
            action = urljoin(self._page, about.get("action") or self._page)
            self._form = Form(self._page, action, about.get("method", "get").upper())
            self.forms.append(self._form)
        elif tag == "option" and self._select is not None:
            self._select.values.append(about.get("value", ""))
            if "selected" in about:
                self._select.value = about.get("value", "")
        elif self._form is not None:
            if about.get("formaction"):
                self._other_ways.append(urljoin(self._page, about["formaction"]))
            if about.get("name"):
                self._take(tag, about, self._form)

    def handle_data(self, data: str) -> None:
        if self._area is not None:
            self._area.value += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "form" and self._form is not None:
            self.forms += [replace(self._form, action=way) for way in self._other_ways]
            self._form, self._other_ways = None, []
        elif tag == "select":
            self._select = None
        elif tag == "textarea":
            self._area = None

    def _take(self, tag: str, about: dict[str, str], form: Form) -> None:
        kind = {"input": about.get("type", "text"), "button": "submit"}.get(tag, tag)
        if tag not in ("input", "button", "select", "textarea"):
            return
        found = form.field(about["name"], kind)
        found.longest = int(about["maxlength"]) if "maxlength" in about else found.longest
        if tag == "select":
            self._select = found
        elif tag == "textarea":
            self._area = found
        elif kind in ("radio", "checkbox", "submit"):
            found.values.append(about.get("value", "on"))
            found.value = about.get("value", "on") if "checked" in about else found.value
        else:
            found.value = about.get("value", "")


def read(answer: TestResponse) -> tuple[list[Form], list[str]]:
    """The forms and the links of an answer; none when it is no page."""
    if answer.mimetype != "text/html":
        return [], []
    reader = _Reader(answer.request.full_path.rstrip("?"))
    reader.feed(answer.get_data(as_text=True))
    return reader.forms, reader.links


def paths(scene: Scene, role: str, method: str = "GET") -> Iterator[tuple[str, str]]:
    """Every endpoint with this method and a path to it, as somebody of a role would name it.

    The pages that serve every part of the toolbox have a path for each.
    """
    ids = scene.ids_for(role)
    with scene.app.test_request_context():
        for rule in sorted(scene.app.url_map.iter_rules(), key=lambda each: each.endpoint):
            if method not in (rule.methods or ()) or "." not in rule.endpoint:
                continue  # without a dot: a page of the tests themselves
            for tool in scene.tools if "tool" in rule.arguments else ({},):
                values = {name: (ids | tool)[name] for name in rule.arguments}
                if rule.rule.startswith(LETTER):
                    values["token"] = ids["letter"]
                yield rule.endpoint, scene.app.url_for(rule.endpoint, **values)


def place_of(app: Flask, path: str, method: str = "GET") -> tuple[str, str]:
    """The endpoint that answers a path, and of which part or kind; empty when none does."""
    router = app.url_map.bind("localhost")
    try:
        found: tuple[Any, Any] = router.match(urlsplit(path).path, method)
    except HTTPException:
        return "", ""
    return str(found[0]), " ".join(str(found[1][name]) for name in SORTS if name in found[1])


def endpoint_of(app: Flask, path: str, method: str = "GET") -> str:
    """The endpoint that answers a path; empty when none does."""
    return place_of(app, path, method)[0]


def walk(scene: Scene, role: str, client: FlaskClient) -> Iterator[TestResponse]:
    """Every page that somebody reaches: each endpoint, then each kind of link found on the way.

    A kind of link is its endpoint with its part of the toolbox and the names in its query; one of
    a kind is enough.
    """
    ways = [path for _, path in paths(scene, role)]
    known = set(ways)
    kinds = {(*place_of(scene.app, path), "") for path in ways}
    while ways:
        answer = client.get(ways.pop(0))
        yield answer
        for link in read(answer)[1] + ([answer.location] if answer.location else []):
            query = "&".join(sorted(part.partition("=")[0] for part in _query(link)))
            kind = (*place_of(scene.app, link), query)
            if kind[0] and kind not in kinds and link not in known:
                kinds.add(kind)
                known.add(link)
                ways.append(link)


def _query(link: str) -> list[str]:
    return [part for part in urlsplit(link).query.split("&") if part]

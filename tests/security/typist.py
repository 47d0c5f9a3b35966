"""Somebody who types a word that is easily found into every field of every form they meet."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

from flask.testing import FlaskClient
from sqlalchemy import event
from werkzeug.test import TestResponse

from portal.core.db import db
from portal.core.guard import anyone
from tests.access.scene import NOW, Scene
from tests.fixtures.people import PASSWORD
from tests.security.forms import Field, Form, endpoint_of, place_of, read, walk

STEM = "kanarivipe"
TROUBLE = f"while {STEM} waits"
ENDS_SOMETHING = (
    "check_ins.put_away",
    "check_ins.delete",
    "crisis_plan.place",
    "crisis_plan.delete",
    "life_entries.put_away",
    "life_entries.delete",
    "life_parts.turn",
    "life_parts.delete",
    "medicines.put_away",
    "medicines.delete",
    "network_map.put_away",
    "network_map.delete",
    "network_map.put_snapshot_away",
    "network_map.delete_snapshot",
    "night.delete",
    "reflections.put_away",
    "reflections.delete",
    "what_matters.put_away",
    "what_matters.delete",
    "plan_cards.end",
    "check_in_ways.delete",
    "check_in_ways.rest",
    "accounts.end_device",
    "accounts.end_devices",
    "accounts.sign_out",
    "leaving.leave_now",
    "accounts.end_factor",
    "agreements.set_aside",
    "dyads.end",
    "goals_review.withdraw",
    "tools.change_audience",
    "invitations.decline",
    "invitations.put_off",
    "invitations.withdraw",
    "meetings.call_off",
    "own_calendar.end",
    "sharing.end",
)
TAKEN = {200, 303}
OWN_WAYS = ("owner", "worker", "other_owner")
Kind = tuple[str, str, tuple[str, ...], str]  # endpoint, part of the toolbox, fields, role


class Broken(Exception):
    """The database says no when something is to be kept."""


@dataclass
class Reached:
    """The forms that were come upon: how each was answered, by endpoint and fields of words."""

    answers: dict[Kind, set[int]] = field(default_factory=lambda: defaultdict(set))
    words: int = 0
    sent: int = 0

    def new_word(self) -> str:
        """A word that was never typed before."""
        self.words += 1
        return f"{STEM}{self.words:04d}"

    @property
    def endpoints(self) -> set[str]:
        """Every endpoint that a form led to."""
        return {endpoint for endpoint, *_ in self.answers}

    def is_taken(self, kind: Kind) -> bool:
        """Was such a form taken in already, from this person or (for most) from anybody?"""
        endpoint, part, words, role = kind
        by = {role} if role in OWN_WAYS else {each for *_, each in self.answers}
        return any(self.answers.get((endpoint, part, words, each), set()) & TAKEN for each in by)


@dataclass
class Typist:
    """One browser of one person. ``known`` are true answers that some forms ask for."""

    scene: Scene
    role: str
    client: FlaskClient
    reached: Reached
    known: dict[str, str] = field(default_factory=lambda: {"password": PASSWORD})
    later: list[Form] = field(default_factory=list)

    def fill_everything(self) -> None:
        """Walk through every page and send each kind of form that was not taken yet."""
        self.fill(walk(self.scene, self.role, self.client))

    def fill(self, pages: Iterable[TestResponse]) -> None:
        """Send what is new on some pages; what ends something waits."""
        for page in pages:
            self.later += self._fill_page(page)

    def end_everything(self) -> None:
        """Send what waited, so that nothing is over before everything was typed."""
        for endpoint in ENDS_SOMETHING:
            for form in self.later:  # grows: what is put away can be deleted
                if self._endpoint(form) == endpoint and not self.reached.is_taken(self._kind(form)):
                    self.later += self._fill(self._anew(form))

    def _anew(self, form: Form) -> Form:
        """The same form on its page as it is now: a token may have changed since it was met."""
        now = read(self.client.get(form.page))[0]
        return next(
            (each for each in now if (each.action, each.method) == (form.action, "POST")), form
        )

    def _fill_page(self, page: TestResponse) -> list[Form]:
        """Send the forms of a page; gives those that end something, for later."""
        later = []
        for form in read(page)[0]:
            if form.method != "POST" or self.reached.is_taken(self._kind(form)):
                continue
            if self._endpoint(form) in ENDS_SOMETHING:
                later.append(form)
            else:
                later += self._fill(form)
        return later

    def _fill(self, form: Form) -> list[Form]:
        """Send a form as a browser would; with words in it, first in every way that goes wrong."""
        kind, answer = self._kind(form), None
        if form.words:
            self.try_what_goes_wrong(form)
            answer = self._send(form, {})
        if answer is None or answer.status_code == 422:
            answer = self._send(form, self.known)
        self.reached.answers[kind].add(answer.status_code)
        if answer.status_code != 303:
            return self._fill_page(answer) if answer.status_code == 200 else []
        return self._fill_page(self.client.get(answer.location))

    def try_what_goes_wrong(self, form: Form) -> None:
        """The words are saved as a draft, come too late, and come while the database is away."""
        self._save_as_draft(form)
        self._send_late(form)
        self._send_while_broken(form)

    def _send(self, form: Form, known: dict[str, str]) -> TestResponse:
        filled = self.filled(form, known)
        answer = self._post(form, filled)
        assert answer.status_code < 500, f"{form.action} broke: {answer.status_code}"
        if answer.status_code == 303 and "new_password" in filled:
            self.known["password"] = filled["new_password"]
        return answer

    def _post(self, form: Form, filled: dict[str, Any]) -> TestResponse:
        """Send it from a network of its own, so that nobody is asked to wait."""
        self.reached.sent += 1
        place = f"10.0.{self.reached.sent // 200}.{self.reached.sent % 200}"
        return self.client.post(
            form.action,
            data=filled,
            headers={"Referer": _url(form.page)},
            environ_overrides={"REMOTE_ADDR": place},
        )

    def _save_as_draft(self, form: Form) -> None:
        """As the page's script does while somebody writes."""
        filled = self.filled(form, {})
        if filled.get("keep"):
            assert self.client.post("/drafts", data=filled).status_code == 200

    def _send_late(self, form: Form) -> None:
        """The session has ended meanwhile."""
        name = self.scene.ingrid.cookie_name()
        cookie = self.client.get_cookie(name)
        is_for_anyone = self.scene.app.extensions["gates"][self._endpoint(form)] is anyone
        if cookie is None or is_for_anyone:
            return
        self.client.delete_cookie(name)
        filled = self.filled(form, self.known)
        answer = self._post(form, filled)
        assert answer.status_code == 303, (form.action, answer.status_code)
        if filled.get("keep"):
            assert "kept=1" in answer.location, form.action
        self.client.set_cookie(name, cookie.value)

    def _send_while_broken(self, form: Form) -> None:
        """The database fails when the words are to be kept, so the page is our own 500.

        It may carry what was just typed, to be sent again, but nothing of what went wrong.
        """
        with self._breaking():
            answer = self._post(form, self.filled(form, self.known))
        assert TROUBLE not in answer.get_data(as_text=True) or answer.status_code < 500

    @contextmanager
    def _breaking(self) -> Iterator[None]:
        """The first commit fails, with everything that waits in its message."""

        def refuse(session: Any) -> None:
            waiting = [vars(row) for row in (*session.new, *session.dirty)]
            event.remove(db.session, "before_commit", refuse)
            raise Broken(waiting, TROUBLE)

        event.listen(db.session, "before_commit", refuse)
        try:
            yield
        finally:
            if event.contains(db.session, "before_commit", refuse):
                event.remove(db.session, "before_commit", refuse)

    def filled(self, form: Form, known: dict[str, str]) -> dict[str, Any]:
        """The form with a new word in every field; choices are taken, days and times make sense."""
        filled: dict[str, Any] = {}
        for each in form.fields:
            value = self._value(each, known)
            if each.kind == "hidden" and each.name in filled:
                filled[each.name] = [*_listed(filled[each.name]), value]  # several of one name
            elif value is not None:
                filled.setdefault(each.name, value)
        return filled

    def _value(self, each: Field, known: dict[str, str]) -> Any:
        if each.takes_words:
            return known.get(each.name) or self.word_for(each)
        if each.kind == "date":
            return (
                each.value
                or (NOW + timedelta(days=20 + self.reached.words % 90)).date().isoformat()
            )
        if each.kind == "time":
            return each.value or ("10:00" if each.name == "clock" else None)
        if each.kind == "number":
            return each.value or "3"
        if each.kind == "checkbox":
            return each.values
        if each.kind in ("radio", "select", "submit"):
            return each.value or next((value for value in each.values if value), "")
        return each.value

    def word_for(self, each: Field) -> str:
        """What is typed into a field."""
        if each.name.startswith("hours_"):
            return "7"  # hours are a number, and anything else is sent back
        word = self.reached.new_word()
        return f"{word}@example.org" if each.name == "address" else f"{word} og {word}"

    def _kind(self, form: Form) -> Kind:
        return *place_of(self.scene.app, form.action, "POST"), tuple(form.words), self.role

    def _endpoint(self, form: Form) -> str:
        return endpoint_of(self.scene.app, form.action, "POST")


def links_in(letters: bytes) -> list[str]:
    """The paths of the portal that letters name, newest first."""
    found = re.findall(rb"https?://[^\s/]+(/[^\s]+)", letters)
    return [urlsplit(path.decode()).path for path in reversed(found)]


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _url(path: str) -> str:
    return f"http://localhost{path}"

"""The thread in a browser without scripts: every press, every refusal, words kept."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from html.parser import HTMLParser

import pytest
import time_machine
from flask.testing import FlaskClient

from tests.fixtures.people import People
from tests.messaging.conftest import MONDAY_NIGHT, SOON, WEDNESDAY_READING, Two, agree


class _Fields(HTMLParser):
    """The hidden fields of the form that holds a field of some name."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[dict[str, str]] = []
        self.actions: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        about = dict(attrs)
        if tag == "form":
            self.forms.append({})
            self.actions.append(about.get("action") or "")
        if tag == "input" and about.get("type") == "hidden" and self.forms:
            self.forms[-1][about.get("name") or ""] = about.get("value") or ""


def form_on(page: str, action: str) -> dict[str, str]:
    """The hidden fields of the form with an action."""
    reader = _Fields()
    reader.feed(page)
    return next(f for f, a in zip(reader.forms, reader.actions, strict=True) if a == action)


def press(client: FlaskClient, page_at: str, action: str, **fields: str) -> "tuple[int, str]":
    """Open a page, fill in one of its forms, send it, follow; gives status and the page after."""
    page = client.get(page_at).get_data(as_text=True)
    answer = client.post(action, data=form_on(page, action) | fields, follow_redirects=True)
    return answer.status_code, answer.get_data(as_text=True)


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(MONDAY_NIGHT, tick=False) as coordinates:
        yield coordinates


def test_the_page_says_who_reads_when_before_the_text_box(
    two: Two, clock: time_machine.Traveller
) -> None:
    page = two.ingrid.client.get(f"/messages/{two.dyad_id}").get_data(as_text=True)
    before_box = page[: page.index("<textarea")]
    assert "Anna next reads Wed 25 Nov 08:00." in before_box
    assert "within 2 working days" in before_box
    assert "/help-now" in before_box


def test_from_a_word_at_night_to_an_answer(two: Two, clock: time_machine.Traveller) -> None:
    address = f"/messages/{two.dyad_id}"
    status, page = press(
        two.ingrid.client, address, address, text="Slept badly.", intent="be_heard"
    )
    assert status == 200
    assert "It is with Anna now. You can put it down." in page
    assert "You can take it back until 21:52." in page
    clock.move_to(WEDNESDAY_READING)
    _, page = press(two.anna.client, address, f"{address}/opening")
    assert "Slept badly." in page
    assert "Ingrid would like: to be heard" in page
    _, page = press(two.anna.client, address, f"{address}/answer", press="acknowledged")
    clock.shift(timedelta(minutes=1))
    page = two.ingrid.client.get(address).get_data(as_text=True)
    assert "“Read, thank you.”" in page


def _unused(people: People, at: datetime) -> None:
    agree(people.owner(), people.worker(), people.dyad(people.owner(), people.worker()), at + SOON)

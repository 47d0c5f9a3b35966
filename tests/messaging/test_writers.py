"""Many who send at the same moment, and one who cannot: nobody refused, no word lost."""

import logging
import sqlite3
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask

from portal.core import db as database
from portal.core.db import db
from portal.drafts.service import keep_draft
from tests.fixtures.application import MakeApp
from tests.fixtures.people import People
from tests.messaging.conftest import Two, agree
from tests.messaging.test_views import form_on, text_box

WRITERS, EACH = 4, 5
WORDS = "The buses before ten are so full that I turn back."
Step = Callable[[], None]


def two_in(app: Flask) -> Two:
    """Two people who may write to each other."""
    people, began = People(app), datetime.now(UTC) - timedelta(days=3)
    ingrid, anna = people.owner("Ingrid"), people.worker("Anna")
    two = Two(ingrid, anna, people.dyad(ingrid, anna, began))
    agree(ingrid, anna, two.dyad_id, began)
    return two


def send_from_devices(two: Two, address: str, device: int) -> list[int]:
    """One device sends some messages, one after the other; gives the statuses."""
    client = two.ingrid.new_client()
    page = client.get(address).get_data(as_text=True)
    typed = form_on(page, address) | {"intent": "telling"}
    return [
        client.post(address, data=typed | {"text": f"{device}-{number}"}).status_code
        for number in range(EACH)
    ]


def test_four_who_send_without_a_pause_are_all_taken_in(app_on_each: Flask) -> None:
    two = two_in(app_on_each)
    address = f"/messages/{two.dyad_id}"
    with ThreadPoolExecutor(WRITERS) as pool:
        runs = pool.map(lambda device: send_from_devices(two, address, device), range(WRITERS))
        statuses = [status for run in runs for status in run]
    assert statuses == [303] * WRITERS * EACH
    page = two.page_of(two.ingrid, datetime.now(UTC))
    assert [line.number for line in page.lines] == list(range(1, WRITERS * EACH + 1))
    sent = [f"{device}-{number}" for device in range(WRITERS) for number in range(EACH)]
    assert sorted(line.body.text for line in page.lines) == sent
    assert page.trouble is None


@contextmanager
def another_process(two: Two) -> Iterator[Step]:
    """Something else on this machine writes to the database, and does not end."""
    file = two.ingrid.app.config["SETTINGS"].home / "tandem.sqlite3"
    connection = sqlite3.connect(file, isolation_level=None, check_same_thread=False)
    connection.execute("BEGIN IMMEDIATE")
    yield connection.rollback
    connection.close()


@contextmanager
def another_request(two: Two) -> Iterator[Step]:
    """Another request of this process writes, and does not end."""
    has_written, may_end = threading.Event(), threading.Event()

    def write() -> None:
        with two.ingrid.viewing() as viewer:
            keep_draft(viewer, "/elsewhere", {"text": ["So far."]})
            db.session.flush()
            has_written.set()
            may_end.wait()

    with ThreadPoolExecutor(1) as pool:
        writing = pool.submit(write)
        has_written.wait()

        def end() -> None:
            may_end.set()
            writing.result()

        try:
            yield end
        finally:
            may_end.set()


@pytest.mark.parametrize("meanwhile", [another_process, another_request])
def test_words_that_cannot_be_written_in_time_are_kept(
    make_app: MakeApp,
    monkeypatch: pytest.MonkeyPatch,
    meanwhile: Callable[[Two], AbstractContextManager[Step]],
) -> None:
    monkeypatch.setattr(database, "WAIT_SECONDS", 0.2)
    two = two_in(make_app())
    client, address = two.ingrid.client, f"/messages/{two.dyad_id}"
    typed = form_on(client.get(address).get_data(as_text=True), address)
    typed |= {"text": WORDS, "intent": "telling"}
    with meanwhile(two) as end, once_logged("portal.core.refusals", "database", end):
        answer = client.post(address, data=typed)
    assert answer.status_code == 503
    assert int(answer.headers["Retry-After"]) > 0
    assert "The portal is busy just now" in answer.get_data(as_text=True)
    assert two.page_of(two.ingrid, datetime.now(UTC)).lines == ()
    page = client.get(address).get_data(as_text=True)
    assert text_box(page).strip() == WORDS
    assert client.post(address, data=typed | form_on(page, address)).status_code == 303
    assert two.page_of(two.ingrid, datetime.now(UTC)).lines[0].body.text == WORDS


@contextmanager
def once_logged(logger: str, message: str, then: Step) -> Iterator[None]:
    """Do something at the moment when a line comes into the log."""

    class Listener(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            if record.msg == message:
                then()

    listener = Listener()
    logging.getLogger(logger).addHandler(listener)
    try:
        yield
    finally:
        logging.getLogger(logger).removeHandler(listener)

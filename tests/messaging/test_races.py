"""Two people at the same moment, on both databases: nothing lost, nothing twice, no gap."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event

from portal.core.db import db
from portal.hours.service import add_absence
from portal.hours.shapes import NewAbsence
from portal.messaging import service
from portal.messaging.shapes import Outgoing, State
from tests.fixtures.application import MakeApp
from tests.fixtures.people import People
from tests.fixtures.together import meanwhile
from tests.messaging.conftest import MONDAY_NIGHT, SOON, WEDNESDAY_READING, Two, agree, waiting


@pytest.fixture
def two_on_each(app_on_each: Flask) -> Two:
    """Two people who may write to each other, on SQLite and on PostgreSQL."""
    return two_on(app_on_each)


@pytest.fixture
def two_on_postgres(make_app: MakeApp, postgres_url: str) -> Two:
    """The same on PostgreSQL alone, where two write at the same time."""
    return two_on(make_app(database_url=postgres_url))


def two_on(app: Flask) -> Two:
    people = People(app)
    ingrid, anna = people.owner("Ingrid"), people.worker("Anna")
    began = MONDAY_NIGHT - timedelta(days=3)
    dyad_id = people.dyad(ingrid, anna, began)
    agree(ingrid, anna, dyad_id, began)
    return Two(ingrid, anna, dyad_id)


def at_once(*work: Callable[[], object]) -> list[object]:
    """Do all of it at the same time, each in a thread of its own."""
    with ThreadPoolExecutor(len(work)) as pool:
        return [each.result() for each in [pool.submit(step) for step in work]]


def test_words_of_two_at_once_all_arrive_under_numbers_without_a_gap(two_on_each: Two) -> None:
    two = two_on_each

    def writes(times: int) -> None:
        for number in range(times):
            two.write(f"Mine {number}")

    def answers(times: int) -> None:
        for number in range(times):
            two.reply(f"Yours {number}", at=MONDAY_NIGHT)

    at_once(lambda: writes(6), lambda: answers(6))
    two.open_as_ingrid(MONDAY_NIGHT + SOON)
    page = two.page_of(two.ingrid, MONDAY_NIGHT + SOON)
    assert [line.number for line in page.lines] == list(range(1, 13))
    assert page.trouble is None


def test_one_press_that_arrives_four_times_at_once_is_one_message(two_on_each: Two) -> None:
    two = two_on_each
    numbers = at_once(*[lambda: two.write("Once.", once="press")] * 4)
    assert set(numbers) == {1}
    assert len(two.page_of(two.ingrid, MONDAY_NIGHT).lines) == 1


def test_the_way_from_a_word_to_an_answer_is_the_same_on_both(two_on_each: Two) -> None:
    two = two_on_each
    number = two.write("Slept badly.")
    gone = two.write("Not this.")
    with two.as_ingrid(MONDAY_NIGHT) as viewer:
        service.take_back(viewer, two.dyad_id, gone)
    with two.as_anna(MONDAY_NIGHT + SOON) as viewer:
        card = waiting(viewer)[0]
    assert card.unopened_since == MONDAY_NIGHT + timedelta(minutes=10)
    two.open_as_anna()
    two.reply()
    after = WEDNESDAY_READING + SOON
    assert two.line_of(two.ingrid, number, after).state is State.ANSWERED
    with two.as_anna(after) as viewer:
        assert waiting(viewer) == []
        service.tell_workers(after)
        service.tell_hellos(after)
    with two.as_ingrid(after) as viewer:
        assert service.threads_of(viewer)[0].news is not None
        assert service.send(viewer, two.dyad_id, Outgoing(text="Thank you."), once="") == 4


def test_words_that_come_in_between_two_reads_are_no_trouble(
    two_on_each: Two, caplog: pytest.LogCaptureFixture
) -> None:
    two = two_on_each
    two.write("One.")
    in_between = iter((lambda: two.write("Two."), lambda: two.write("Three.")))

    def writes(*about: Any) -> None:
        if "ORDER BY messages.number DESC" in about[2]:
            at_once(next(in_between, lambda: None))

    with two.ingrid.app.app_context():
        event.listen(db.engine, "before_cursor_execute", writes)
    page = two.page_of(two.ingrid, MONDAY_NIGHT)
    assert next(in_between, None) is None
    assert page.trouble is None
    assert [line.body.text for line in page.lines] == ["One.", "Two.", "Three."]
    assert "does not fit together" not in caplog.text


@pytest.mark.postgres
def test_words_that_come_in_while_the_worker_opens_wait_for_them(two_on_postgres: Two) -> None:
    """The worker's work began before these words were kept, and ends after."""
    two = two_on_postgres
    two.write("One.")
    with meanwhile(two.ingrid.app, "UPDATE threads", two.open_as_anna) as opening:
        two.write("Two.", at=WEDNESDAY_READING)
    opening.result()
    with two.as_anna(WEDNESDAY_READING + SOON) as viewer:
        unopened_since = waiting(viewer)[0].unopened_since
    assert unopened_since == WEDNESDAY_READING + timedelta(minutes=10)


@pytest.mark.postgres
def test_a_knock_that_comes_in_while_the_worker_puts_in_days_away_is_seen(
    two_on_postgres: Two,
) -> None:
    two = two_on_postgres
    two.write("One.")

    def goes_away() -> None:
        with two.as_anna(WEDNESDAY_READING) as viewer:
            add_absence(viewer, NewAbsence(date(2026, 11, 26), date(2026, 11, 27)))

    def knocks() -> None:
        with two.as_ingrid(WEDNESDAY_READING) as viewer:
            service.knock(viewer, two.dyad_id, once="")

    with meanwhile(two.ingrid.app, "UPDATE threads", goes_away) as going:
        knocks()
    going.result()
    with two.as_anna(WEDNESDAY_READING + SOON) as viewer:
        knock_since = waiting(viewer)[0].knock_since
    assert knock_since == WEDNESDAY_READING + timedelta(minutes=10)

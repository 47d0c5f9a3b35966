"""When two agree anew, what waits is told at the next reading of the new terms."""

from datetime import UTC, datetime, time, timedelta

import pytest
from flask import Flask

from portal.core.clock import Window
from portal.notifications.shapes import NoticeKind
from tests.fixtures.agreed import agree_on
from tests.fixtures.people import People
from tests.messaging.conftest import MONDAY_NIGHT, Two, agree
from tests.messaging.test_telling import MINUTE, look, told

TUESDAYS = (Window(1, time(10), time(11)),)
TUESDAY_STARTS = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


@pytest.fixture
def two_on_each(app_on_each: Flask) -> Two:
    """Two people who may write to each other, on SQLite and on PostgreSQL."""
    people = People(app_on_each)
    ingrid, anna = people.owner("Ingrid"), people.worker("Anna")
    began = MONDAY_NIGHT - timedelta(days=3)
    dyad_id = people.dyad(ingrid, anna, began)
    agree(ingrid, anna, dyad_id, began)
    return Two(ingrid, anna, dyad_id)


def test_what_waits_is_told_when_the_worker_reads_by_the_new_agreement(two_on_each: Two) -> None:
    two = two_on_each
    two.write()
    at = MONDAY_NIGHT + 20 * MINUTE
    agree_on(two.ingrid, two.anna, two.dyad_id, at, windows=TUESDAYS)
    look(two, TUESDAY_STARTS - MINUTE)
    assert told(two.anna, NoticeKind.MESSAGE_WAITING) == []
    look(two, TUESDAY_STARTS)
    assert told(two.anna, NoticeKind.MESSAGE_WAITING) == [TUESDAY_STARTS]

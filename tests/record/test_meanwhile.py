"""What two people do at one moment with a page for the record, on PostgreSQL."""

import pytest

from portal.core.errors import Conflict
from portal.record import service
from portal.record.shapes import Asking
from tests.fixtures.application import MakeApp
from tests.fixtures.people import People
from tests.fixtures.together import meanwhile
from tests.record.conftest import NOW, WORDS, Pair

pytestmark = pytest.mark.postgres


@pytest.fixture
def pair(make_app: MakeApp, postgres_url: str) -> Pair:
    return Pair(People(make_app(database_url=postgres_url)))


def test_a_pair_that_ends_while_a_page_is_approved_gets_none(pair: Pair) -> None:
    seen, ingrid = pair.preview().seen, pair.ingrid
    approving = meanwhile(ingrid.app, "WITH seen_goals", lambda: pair.end(pair.anna))
    with pytest.raises(Conflict), approving, ingrid.viewing(NOW) as viewer:
        service.approve(viewer, pair.id, WORDS, seen=seen, once="press")
    assert pair.pages(ingrid).pages == ()


def test_two_presses_at_once_ask_once(pair: Pair) -> None:
    with meanwhile(pair.anna.app, "UPDATE dyads", pair.ask) as other:
        pair.ask()
    assert other.exception() is None
    assert pair.pages(pair.ingrid).ask.is_waiting


def test_not_now_and_a_page_at_once_leave_the_page(pair: Pair) -> None:
    pair.ask()
    with meanwhile(pair.ingrid.app, "UPDATE dyads", pair.not_now) as other:
        pair.approve()
    assert other.exception() is None
    assert pair.pages(pair.ingrid).ask.standing is Asking.MADE
    assert len(pair.pages(pair.anna).pages) == 1

"""Somebody who checks in, and the worker they meet."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from uuid import UUID, uuid4

import pytest

from portal.check_ins import service
from portal.check_ins.shapes.bodies import Answer, CheckInBody, Item, Kind
from portal.core.clock import local_day
from tests.fixtures.people import People, SomePerson


@dataclass
class Days:
    """Ingrid and Anna, and short ways to write check-ins."""

    ingrid: SomePerson
    anna: SomePerson
    dyad_id: UUID

    def follow(self, name: str, kind: Kind = Kind.SEVEN) -> UUID:
        """Follow one thing more."""
        with self.ingrid.viewing() as viewer:
            return service.follow(viewer, partial(_item, name, kind), once=uuid4().hex)

    def write(
        self, ago: int = 0, *answers: Answer, good: str = "", happened: str = "", note: str = ""
    ) -> bool:
        """A check-in for so many days ago."""
        body = CheckInBody(good=good, answers=answers, happened=happened, note=note)
        with self.ingrid.viewing() as viewer:
            on = local_day(viewer.now, viewer.zone) - timedelta(days=ago)
            return service.check_in(viewer, on, body, once=uuid4().hex)


@pytest.fixture
def days(people: People) -> Days:
    """Ingrid and Anna, who are a pair."""
    ingrid, anna = people.owner("Ingrid"), people.worker("Anna")
    return Days(ingrid, anna, people.dyad(ingrid, anna))


def _item(name: str, kind: Kind, item_id: UUID, since: datetime) -> Item:
    words = ("bad", "poor", "so so", "fine", "good") if kind is Kind.WORDS else ()
    return Item(item_id, name, kind, since, words=words, low="low", high="high")

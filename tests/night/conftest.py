"""Ingrid, who cannot sleep, and Anna, her worker, with whom she has agreed."""

from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID, uuid4

import pytest

from portal.meetings import service as meetings
from portal.meetings.shapes import Offer
from portal.night import service
from portal.night.shapes import NightPage
from tests.fixtures.agreed import Agree
from tests.fixtures.people import People, SomePerson

NIGHT = datetime(2026, 11, 23, 20, 42, tzinfo=UTC)  # 21:42 in Oslo
MORNING = datetime(2026, 11, 24, 7, 5, tzinfo=UTC)  # 08:05 in Oslo
AGREED = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
LETTER = "The letter from the tax office"


@dataclass
class Pair:
    """The two, their pair, and short ways to do what tests need first."""

    ingrid: SomePerson
    anna: SomePerson
    dyad_id: UUID

    def put_down(self, text: str = LETTER, at: datetime = NIGHT) -> UUID:
        """Ingrid puts a line down; gives its id."""
        with self.ingrid.viewing(at) as viewer:
            return service.put_down(viewer, text, once=uuid4().hex)

    def meet(self, at: datetime) -> None:
        """The two settle a time to meet."""
        with self.anna.viewing(MORNING) as viewer:
            meetings.offer_meeting(viewer, self.dyad_id, Offer(at, ""))
        with self.ingrid.viewing(MORNING) as viewer:
            (coming,) = meetings.meetings_for(viewer, self.dyad_id).coming
            meetings.answer_offer(viewer, coming.id, yes=True, seen=at)

    def page(self, at: datetime = MORNING) -> NightPage:
        """Her list."""
        with self.ingrid.viewing(at) as viewer:
            return service.night_page(viewer)

    def here(self, at: datetime = MORNING) -> list[str]:
        """The words that still lie there, newest first."""
        return [line.body.text for line in self.page(at).here]


@pytest.fixture
def pair(people: People, agree: Agree) -> Pair:
    """Ingrid and Anna, who have agreed."""
    ingrid, anna = people.owner("Ingrid"), people.worker("Anna")
    dyad_id = people.dyad(ingrid, anna, AGREED)
    agree(ingrid, anna, dyad_id, AGREED)
    return Pair(ingrid, anna, dyad_id)

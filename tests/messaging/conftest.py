"""Two people who have accepted an agreement, and times on a real calendar."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from portal.agreements.service import accept, accept_defaults, agreement_for
from portal.messaging import service
from portal.messaging.shapes import Intent, Line, Outgoing, ThreadCard, ThreadPage
from portal.vault.viewer import Viewer
from tests.fixtures.people import People, SomePerson

MONDAY_NIGHT = datetime(2026, 11, 23, 20, 42, tzinfo=UTC)  # 21:42 in Oslo
WEDNESDAY_READING = datetime(2026, 11, 25, 7, 10, tzinfo=UTC)  # 08:10, inside the agreed hour
SOON = timedelta(minutes=11)


@dataclass
class Two:
    """Ingrid and her worker Anna, who read messages on Monday and Wednesday from 8 to 9."""

    ingrid: SomePerson
    anna: SomePerson
    dyad_id: UUID

    def write(
        self,
        text: str = "Slept badly.",
        at: datetime = MONDAY_NIGHT,
        *,
        once: str = "",
        intent: Intent = Intent.BE_HEARD,
        main_point: str = "",
    ) -> int:
        """Ingrid writes."""
        outgoing = Outgoing(text=text, intent=intent, main_point=main_point)
        with self.ingrid.viewing(at) as viewer:
            return service.send(viewer, self.dyad_id, outgoing, once=once)

    def reply(
        self, text: str = "Thank you for telling me.", at: datetime = WEDNESDAY_READING
    ) -> int:
        """Anna writes."""
        with self.anna.viewing(at) as viewer:
            return service.send(viewer, self.dyad_id, Outgoing(text=text, depth="short"), once="")

    def open_as_anna(self, at: datetime = WEDNESDAY_READING) -> None:
        """Anna opens what came."""
        with self.anna.viewing(at) as viewer:
            service.open_waiting(viewer, self.dyad_id)

    def open_as_ingrid(self, at: datetime) -> None:
        """Ingrid opens what came."""
        with self.ingrid.viewing(at) as viewer:
            service.open_waiting(viewer, self.dyad_id)

    def page_of(self, person: SomePerson, at: datetime, *, before: int = 0) -> ThreadPage:
        """The thread as one of them sees it."""
        with person.viewing(at) as viewer:
            return service.thread_for(viewer, self.dyad_id, before=before)

    def line_of(self, person: SomePerson, number: int, at: datetime) -> Line:
        """One message as one of them sees it."""
        return next(each for each in self.page_of(person, at).lines if each.number == number)

    @contextmanager
    def as_ingrid(self, at: datetime) -> Iterator[Viewer]:
        """One piece of work as Ingrid."""
        with self.ingrid.viewing(at) as viewer:
            yield viewer

    @contextmanager
    def as_anna(self, at: datetime) -> Iterator[Viewer]:
        """One piece of work as Anna."""
        with self.anna.viewing(at) as viewer:
            yield viewer


def waiting(viewer: Viewer) -> list[ThreadCard]:
    """The worker's threads in which something waits, the nearest answer-by moment first."""
    return [card for card in service.threads_of(viewer) if card.is_waiting]


def agree(owner: SomePerson, worker: SomePerson, dyad_id: UUID, at: datetime) -> None:
    """Both accept the ready-made agreement."""
    with owner.viewing(at) as viewer:
        accept_defaults(viewer, dyad_id)
    with worker.viewing(at) as viewer:
        found = agreement_for(viewer, dyad_id).round
        assert found is not None
        accept(viewer, dyad_id, revision=found.revision)


@pytest.fixture
def pair(people: People) -> Two:
    """Two people without an agreement."""
    ingrid, anna = people.owner("Ingrid"), people.worker("Anna")
    return Two(ingrid, anna, people.dyad(ingrid, anna, MONDAY_NIGHT - timedelta(days=3)))


@pytest.fixture
def two(pair: Two) -> Two:
    """Two people who may write to each other."""
    agree(pair.ingrid, pair.anna, pair.dyad_id, MONDAY_NIGHT - timedelta(days=3))
    return pair

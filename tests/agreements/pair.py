"""A pair for tests of agreements."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, time
from uuid import UUID

from portal.agreements import service
from portal.agreements.service.standing import standing_of
from portal.core.clock import Window
from portal.vault.viewer import Viewer
from tests.fixtures.people import People, SomePerson

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
TUESDAY = (Window(1, time(10), time(11)),)


class Pair:
    """Ingrid and Anna, a pair without an agreement."""

    def __init__(self, people: People) -> None:
        self.owner, self.worker = people.owner("Ingrid"), people.worker("Anna")
        self.id: UUID = people.dyad(self.owner, self.worker)

    def both_answer(self, owner: Mapping[str, object], worker: Mapping[str, object]) -> None:
        for person, values in ((self.owner, owner), (self.worker, worker)):
            with person.viewing(NOW) as viewer:
                service.start_round(viewer, self.id)
                service.finish_answers(viewer, self.id, values)

    def accept(self, person: SomePerson) -> bool:
        with person.viewing(NOW) as viewer:
            return service.accept(viewer, self.id, revision=revision(viewer, self.id))


def revision(viewer: Viewer, dyad_id: UUID) -> int:
    now_open = standing_of(viewer, dyad_id).round
    assert now_open is not None
    return now_open.revision

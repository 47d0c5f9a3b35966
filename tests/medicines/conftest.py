"""Somebody with a list of medicines, and the worker they meet."""

from dataclasses import dataclass
from uuid import UUID, uuid4

import pytest

from portal.medicines import service
from portal.medicines.shapes import MedicineWords
from portal.medicines.tool import TOOL
from portal.toolbox import service as toolbox
from tests.fixtures.people import People, SomePerson


@dataclass
class Cabinet:
    """Ingrid and Anna, and short ways to fill the list."""

    ingrid: SomePerson
    anna: SomePerson
    dyad_id: UUID

    def add(self, name: str, **words: str) -> UUID:
        """One medicine more."""
        with self.ingrid.viewing() as viewer:
            return service.add(viewer, MedicineWords(name, **words), once=uuid4().hex)

    def share(self, *chosen: UUID) -> None:
        """Share exactly these with Anna."""
        with self.ingrid.viewing() as viewer:
            seen = toolbox.preview_for(viewer, TOOL, self.dyad_id, chosen).seen
            toolbox.share(viewer, TOOL, self.dyad_id, chosen, seen=seen)


@pytest.fixture
def cabinet(people: People) -> Cabinet:
    """Ingrid and Anna, who are a pair."""
    ingrid, anna = people.owner("Ingrid"), people.worker("Anna")
    return Cabinet(ingrid, anna, people.dyad(ingrid, anna))

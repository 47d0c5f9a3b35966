"""Ingrid, who draws her map, and Anna, her worker."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

import pytest

from portal.network_map import service
from portal.network_map.shapes import NodeBody, ShownMap
from portal.network_map.tool import TOOL
from portal.toolbox import service as toolbox
from tests.fixtures.people import People, SomePerson
from tests.fixtures.sharing import share_items


@dataclass
class Pair:
    """The two, their pair, and short ways to do what tests need first."""

    ingrid: SomePerson
    anna: SomePerson
    dyad_id: UUID

    def add(self, name: str, at: datetime | None = None, **said: Any) -> UUID:
        """A node of Ingrid's, which only she sees."""
        with self.ingrid.viewing(at) as viewer:
            return service.add_node(viewer, NodeBody(name, **said), once=uuid4().hex)

    def share(self, *node_ids: UUID) -> None:
        """Ingrid shares exactly these, after the preview."""
        with self.ingrid.viewing() as viewer:
            share_items(viewer, TOOL, self.dyad_id, node_ids)

    def seen(self) -> ShownMap:
        """What Anna sees."""
        with self.anna.viewing() as viewer:
            shown: ShownMap = toolbox.shared_tool(viewer, TOOL, self.dyad_id).shown
            return shown

    def text(self, path: str, *, who: SomePerson | None = None) -> str:
        """A page that is there."""
        answer = (who or self.ingrid).client.get(path)
        assert answer.status_code == 200, path
        return answer.get_data(as_text=True)


@pytest.fixture
def pair(people: People) -> Pair:
    """The two, who have begun."""
    ingrid, anna = people.owner("Ingrid"), people.worker("Anna")
    return Pair(ingrid, anna, people.dyad(ingrid, anna))

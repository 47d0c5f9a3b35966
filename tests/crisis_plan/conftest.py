"""Ingrid, who writes a plan, and Anna, her worker."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from portal.crisis_plan import service
from portal.crisis_plan.shapes import Entry, Kind, PlanBody, Section
from portal.toolbox import service as toolbox
from portal.vault.viewer import Viewer
from tests.fixtures.people import People, SomePerson

STEPS = "Put on my shoes\nRing Solveig"
PEOPLE = (Entry("Solveig", "+47 900 00 001", "At any hour"),)
REFUSED = (Entry("Straps", more="They bring back 2009"),)


@dataclass
class Pair:
    """The two, their pair, and short ways to do what tests need first."""

    ingrid: SomePerson
    anna: SomePerson
    dyad_id: UUID

    def write(
        self,
        kind: Kind,
        text: str = "",
        entries: tuple[Entry, ...] = (),
        *,
        at: datetime | None = None,
    ) -> UUID:
        """Ingrid writes a section; gives its id."""
        with self.ingrid.viewing(at) as viewer:
            service.write_section(viewer, PlanBody(kind, text, entries), once=uuid4().hex)
        return self.section(kind).id

    def section(self, kind: Kind) -> Section:
        """One of Ingrid's sections as her page shows it."""
        with self.ingrid.viewing() as viewer:
            return service.section_page(viewer, kind).section

    def share(self, *ids: UUID) -> None:
        """Ingrid shares exactly these after the preview."""
        with self.ingrid.viewing() as viewer:
            share(viewer, self.dyad_id, ids)


def share(viewer: Viewer, dyad_id: UUID, ids: Collection[UUID]) -> None:
    """Share what the preview showed."""
    tool = toolbox.tool_named("crisis-plan")
    seen = toolbox.preview_for(viewer, tool, dyad_id, ids).seen
    toolbox.share(viewer, tool, dyad_id, ids, seen=seen)


def text_of(client: FlaskClient, path: str) -> str:
    """A page that is there."""
    answer = client.get(path)
    assert answer.status_code == 200, path
    return answer.get_data(as_text=True)


def press(client: FlaskClient, page: str, to: str = "", **fields: Any) -> TestResponse:
    """Send a form from a page, with what a browser would send along."""
    text = text_of(client, page)
    hidden = re.findall(r'<input[^>]*name="(csrf_token|once|keep)"[^>]*value="([^"]*)"', text)
    return client.post(to or page, data=dict(hidden) | fields)


@pytest.fixture
def pair(people: People) -> Pair:
    """Ingrid and Anna."""
    ingrid, anna = people.owner("Ingrid"), people.worker("Anna")
    return Pair(ingrid, anna, people.dyad(ingrid, anna))

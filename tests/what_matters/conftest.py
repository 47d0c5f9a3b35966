"""Ingrid, who says what matters to her, and Anna, her worker."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID, uuid4

import pytest

from portal.toolbox import service as toolbox
from portal.what_matters import service
from portal.what_matters.shapes import Matter, MattersPage
from portal.what_matters.tool import TOOL
from tests.fixtures.people import People, SomePerson
from tests.fixtures.sharing import share_items

SEA = "I want to live by the sea, and to decide about my own days."


@dataclass
class Pair:
    """The two, their pair, and short ways to do what tests need first."""

    ingrid: SomePerson
    anna: SomePerson
    dyad_id: UUID

    def say(self, text: str = SEA) -> UUID:
        """Ingrid says what matters; gives the sentence's id."""
        with self.ingrid.viewing() as viewer:
            service.say_what_matters(viewer, text, once=uuid4().hex)
        return self._line(text).id

    def add(self, text: str = "A walk") -> UUID:
        """Ingrid adds to what keeps her well; gives the line's id."""
        with self.ingrid.viewing() as viewer:
            service.add_to_well(viewer, text, once=uuid4().hex)
        return self._line(text).id

    def _line(self, text: str) -> Matter:
        with self.ingrid.viewing() as viewer:
            lines = service.lines_of(viewer, viewer.person_id)
        return next(each for each in lines if each.body.text == text and not each.body.until)

    def share(self, *chosen: UUID) -> None:
        """Ingrid lets Anna see these lines and no others, after seeing the preview."""
        with self.ingrid.viewing() as viewer:
            share_items(viewer, TOOL, self.dyad_id, chosen)

    def preview(self, chosen: Collection[UUID]) -> list[str]:
        """What Ingrid is shown before she shares."""
        with self.ingrid.viewing() as viewer:
            return words_in(toolbox.preview_for(viewer, TOOL, self.dyad_id, chosen).shown)

    def seen(self) -> list[str]:
        """What Anna sees. Raises NotVisible when nothing is shared with her."""
        with self.anna.viewing() as viewer:
            return words_in(toolbox.shared_tool(viewer, TOOL, self.dyad_id).shown)

    def token(self) -> dict[str, str]:
        """What a press of Ingrid's sends along."""
        page = self.ingrid.client.get("/what-matters").text
        return {"csrf_token": page.split('name="csrf_token"')[1].split('value="')[1].split('"')[0]}


def words_in(shown: MattersPage) -> list[str]:
    """Everything that a page shows."""
    lines = (shown.sentence, *shown.well, *shown.away)
    return [line.body.text for line in lines if line]


@pytest.fixture
def pair(people: People) -> Pair:
    """Ingrid and Anna."""
    ingrid, anna = people.owner("Ingrid"), people.worker("Anna")
    return Pair(ingrid, anna, people.dyad(ingrid, anna))

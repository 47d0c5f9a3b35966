"""Ingrid, who writes how it is, and Anna, her worker."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

import pytest
from flask import Flask

from portal.life_domains import rules, service
from portal.life_domains.shapes import EntryBody, SeenDomains
from portal.life_domains.tool import TOOL
from portal.toolbox import service as toolbox
from tests.fixtures.people import People, SomePerson
from tests.fixtures.sharing import share_items


@dataclass
class Pair:
    """The two, their pair, and short ways to do what tests need first."""

    ingrid: SomePerson
    anna: SomePerson
    dyad_id: UUID

    def domain_id(self, key: str = "money") -> UUID:
        """The id of one of Ingrid's domains."""
        return rules.id_of(self.ingrid.id, key)

    def write(
        self,
        status: str = "The bills are paid",
        key: str | UUID = "money",
        at: datetime | None = None,
        **answers: Any,
    ) -> UUID:
        """An entry of Ingrid's, which only she sees."""
        domain_id = key if isinstance(key, UUID) else self.domain_id(key)
        with self.ingrid.viewing(at) as viewer:
            body = EntryBody(status=status, **answers)
            return service.add_entry(viewer, domain_id, body, once=uuid4().hex)

    def add(self, name: str = "The dog") -> UUID:
        """A domain of Ingrid's own."""
        with self.ingrid.viewing() as viewer:
            return service.add_domain(viewer, name, once=uuid4().hex)

    def share(self, *entry_ids: UUID) -> None:
        """Ingrid lets Anna see these entries, after seeing the preview."""
        with self.ingrid.viewing() as viewer:
            share_items(viewer, TOOL, self.dyad_id, entry_ids)

    def seen(self) -> list[tuple[str, list[str]]]:
        """What Anna sees: the words by domain. Raises NotVisible when nothing is shared."""
        with self.anna.viewing() as viewer:
            shown = toolbox.shared_tool(viewer, TOOL, self.dyad_id).shown
        return words_in(shown)


def words_in(shown: SeenDomains) -> list[tuple[str, list[str]]]:
    """The domains and words that a page shows."""
    return [(str(name), [e.body.status for e in entries]) for name, entries in shown.domains]


def pair_of(people: People) -> Pair:
    """Ingrid and Anna, made new."""
    ingrid, anna = people.owner("Ingrid"), people.worker("Anna")
    return Pair(ingrid, anna, people.dyad(ingrid, anna, datetime(2026, 1, 1, tzinfo=UTC)))


@pytest.fixture
def pair(people: People) -> Pair:
    """Ingrid and Anna."""
    return pair_of(people)


@pytest.fixture
def pair_on_each(app_on_each: Flask) -> Pair:
    """Ingrid and Anna, on either database."""
    return pair_of(People(app_on_each))

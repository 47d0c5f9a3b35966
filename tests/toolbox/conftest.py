"""Ingrid and Anna, with what matters to Ingrid: the smallest part there is."""

import pytest

from tests.fixtures.people import People
from tests.what_matters.conftest import Pair


@pytest.fixture
def pair(people: People) -> Pair:
    """Ingrid and Anna."""
    ingrid, anna = people.owner("Ingrid"), people.worker("Anna")
    return Pair(ingrid, anna, people.dyad(ingrid, anna))

"""Fixtures of agreements."""

import pytest

from tests.agreements.pair import Pair
from tests.fixtures.people import People


@pytest.fixture
def pair(people: People) -> Pair:
    """Ingrid and Anna, a pair without an agreement."""
    return Pair(people)

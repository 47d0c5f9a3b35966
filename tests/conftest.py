"""Every fixture lies in ``tests/fixtures/``, a file for each subject; all are loaded here."""

from pathlib import Path

import pytest
from hypothesis import settings

_FIXTURES = Path(__file__).parent / "fixtures"

# How long an example takes says nothing about whether it is right, and much about the machine.
settings.register_profile("tandem", deadline=None)
settings.load_profile("tandem")

pytest.register_assert_rewrite("tests.fixtures")
pytest_plugins = [f"tests.fixtures.{file.stem}" for file in sorted(_FIXTURES.glob("[a-z]*.py"))]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the tests that take longest, so that nobody waits for them at the end."""
    items.sort(key=lambda item: item.get_closest_marker("long") is None)

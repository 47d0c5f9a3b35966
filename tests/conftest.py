"""Every fixture lies in ``tests/fixtures/``, a file for each subject; all are loaded here."""

from pathlib import Path

import pytest

_FIXTURES = Path(__file__).parent / "fixtures"

pytest.register_assert_rewrite("tests.fixtures")
pytest_plugins = [f"tests.fixtures.{file.stem}" for file in sorted(_FIXTURES.glob("[a-z]*.py"))]

"""Preparing a home: migrated, filled on an empty portal, and only then ready to start at once."""

from dataclasses import replace
from pathlib import Path

import pytest

from config import Settings
from portal.commands.prepare import prepare
from portal.commands.serve import CannotStart
from portal.commands.state import demo_words, is_prepared, sqlite_file


@pytest.fixture
def empty_home(settings: Settings) -> Settings:
    sqlite_file(settings).unlink()
    return settings


def test_empty_portal_is_told_how_to_begin(empty_home: Settings) -> None:
    assert not is_prepared(empty_home)
    assert "create-administrator" in prepare(empty_home, fill_demo=False)
    assert not is_prepared(empty_home)


def test_demo_is_filled_once_and_remembered(empty_home: Settings) -> None:
    words = prepare(empty_home, fill_demo=True)
    assert "ingrid@example.org" in words
    assert is_prepared(empty_home)
    assert demo_words(empty_home) == words
    assert prepare(empty_home, fill_demo=True) == words


def test_half_a_demo_is_begun_afresh(empty_home: Settings) -> None:
    prepare(empty_home, fill_demo=True)
    (empty_home.home / "demo").rename(empty_home.home / "demo.begun")
    assert "ingrid@example.org" in prepare(empty_home, fill_demo=True)
    assert not (empty_home.home / "demo.begun").exists()


def test_half_a_demo_in_another_database_is_left_alone(
    empty_home: Settings, tmp_path: Path
) -> None:
    (empty_home.home / "demo.begun").touch()
    elsewhere = replace(empty_home, database_url=f"sqlite:///{tmp_path}/other.sqlite3")
    with pytest.raises(CannotStart, match="empty database"):
        prepare(elsewhere, fill_demo=True)

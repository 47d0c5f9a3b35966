"""Is a home ready to serve as it is? Looked at without loading the portal, so starting is quick.

Only for SQLite, whose file can be read at once; a home on PostgreSQL is prepared at every start.
"""

import re
import sqlite3
from contextlib import closing
from pathlib import Path

from config import Settings

_VERSIONS = Path(__file__).resolve().parents[2] / "migrations" / "versions"
_REVISION = re.compile(r"^revision\b[^=]*=\s*[\"'](\w+)", re.M)
_BEFORE = re.compile(r"^down_revision\b[^=]*=\s*[\"'](\w+)", re.M)


def is_prepared(settings: Settings) -> bool:
    """Has the database the newest shape, and is somebody there?"""
    path = sqlite_file(settings)
    if settings.database_url != f"sqlite:///{path}" or not path.exists():
        return False
    try:
        with closing(sqlite3.connect(path)) as database:
            shape = {row[0] for row in database.execute("SELECT version_num FROM alembic_version")}
            people = database.execute("SELECT count(*) FROM persons").fetchone()
    except sqlite3.Error:
        return False
    return shape == newest_revisions() and people[0] > 0


def sqlite_file(settings: Settings) -> Path:
    """Where the database lies unless DATABASE_URL says otherwise."""
    return settings.home / "tandem.sqlite3"


def demo_words(settings: Settings) -> str:
    """How to sign in to the demo that this home holds; empty when it holds none."""
    path = demo_file(settings)
    return path.read_text("utf-8").rstrip() if path.exists() else ""


def demo_file(settings: Settings) -> Path:
    """The file that marks a home as a demo, with its sign-in names and passwords."""
    return settings.home / "demo"


def newest_revisions() -> set[str]:
    """The migrations that no other builds on: one, unless two people wrote one at the same time."""
    texts = [path.read_text("utf-8") for path in _VERSIONS.glob("*.py")]
    made = {found for text in texts for found in _REVISION.findall(text)}
    return made - {found for text in texts for found in _BEFORE.findall(text)}

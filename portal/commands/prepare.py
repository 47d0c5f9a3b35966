"""Make a home ready to serve: the database migrated, and on an empty portal the demo."""

import shlex
import sys
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import create_engine, text
from sqlalchemy.pool import NullPool

from config import Settings

ROOT = Path(__file__).resolve().parents[2]


def prepare(settings: Settings, *, fill_demo: bool) -> str:
    """Migrate, and fill the demo when wanted; returns what to tell whoever started it."""
    migrate(settings.database_url)
    if _is_anybody_here(settings):
        return ""
    return _first_steps(settings)


def migrate(database_url: str, revision: str = "head") -> None:
    """Bring the database to the newest shape; does nothing when it is there already."""
    config = Config(attributes={"database_url": database_url})
    config.set_main_option("script_location", str(ROOT / "migrations"))
    command.upgrade(config, revision)


def _is_anybody_here(settings: Settings) -> bool:
    engine = create_engine(settings.database_url, poolclass=NullPool)
    with engine.connect() as connection:
        return connection.scalar(text("SELECT 1 FROM persons LIMIT 1")) is not None


def _first_steps(settings: Settings) -> str:
    line = shlex.join(
        [
            *(sys.executable, "-m", "portal", "create-administrator"),
            *("--home", str(settings.home), "--email", "you@example.org", "--name", "You"),
        ]
    )
    return (
        "Nobody is here yet. Create the first administrator in another window:\n"
        f"  cd {shlex.quote(str(ROOT))} && {line}"
    )

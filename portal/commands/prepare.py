"""Make a home ready to serve: the database migrated, and on an empty portal the demo."""

import shlex
import sys
from pathlib import Path

from alembic import command
from alembic.config import Config

from config import Settings

ROOT = Path(__file__).resolve().parents[2]


def prepare(settings: Settings, *, fill_demo: bool) -> str:
    """Migrate, and fill the demo when wanted; returns what to tell whoever started it."""
    migrate(settings.database_url)
    return _first_steps(settings)


def migrate(database_url: str, revision: str = "head") -> None:
    """Bring the database to the newest shape; does nothing when it is there already."""
    config = Config(attributes={"database_url": database_url})
    config.set_main_option("script_location", str(ROOT / "migrations"))
    command.upgrade(config, revision)


def _first_steps(settings: Settings) -> str:
    command = shlex.join(
        [
            str(Path(sys.executable)),
            *("-m", "portal", "create-administrator"),
            *("--home", str(settings.home), "--email", "you@example.org", "--name", "You"),
        ]
    )
    return f"Nobody is here yet. Create the first administrator in another window:\n  {command}"

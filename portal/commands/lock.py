"""One portal on one home: a lock file that the system frees by itself when the holder ends.

It holds the number of the holding process and, below it, the address at which that one serves.
"""

import fcntl
import os
from pathlib import Path

_LONGEST = 2_000


class AlreadyRunning(Exception):
    """Another process holds this home; ``pid`` is its number, when it is known."""

    def __init__(self, pid: str) -> None:
        super().__init__(pid)
        self.pid = pid


def lock_home(home: Path, address: str) -> int:
    """Take the home's lock until this process ends; returns the open file's number."""
    handle = os.open(home / "lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as taken:
        pid = _lines(handle)[0]
        os.close(handle)
        raise AlreadyRunning(pid) from taken
    os.truncate(handle, 0)
    os.pwrite(handle, f"{os.getpid()}\n{address}\n".encode(), 0)
    return handle


def serving_at(home: Path) -> str:
    """The address of the portal that runs on this home; empty while none does."""
    try:
        handle = os.open(home / "lock", os.O_RDONLY)
    except FileNotFoundError:
        return ""
    try:
        fcntl.flock(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except OSError:
        return _lines(handle)[1]
    finally:
        os.close(handle)
    return ""


def _lines(handle: int) -> list[str]:
    """The process and the address; empty where they are not written yet."""
    found = os.pread(handle, _LONGEST, 0).decode().splitlines()
    return [*found, "", ""][:2]

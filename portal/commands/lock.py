"""One portal on one home: a lock file that the system frees by itself when the holder ends."""

import fcntl
import os
from pathlib import Path


class AlreadyRunning(Exception):
    """Another process holds this home; ``pid`` is its number, when it is known."""

    def __init__(self, pid: str) -> None:
        super().__init__(pid)
        self.pid = pid


def lock_home(home: Path) -> int:
    """Take the home's lock until this process ends; returns the open file's number."""
    handle = os.open(home / "lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as taken:
        pid = os.read(handle, 32).decode().strip()
        os.close(handle)
        raise AlreadyRunning(pid) from taken
    os.truncate(handle, 0)
    os.pwrite(handle, f"{os.getpid()}\n".encode(), 0)
    return handle

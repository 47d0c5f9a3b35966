"""Two password checks at a time on the whole machine, so that a flood of them starves nobody.

A slot is a file lock; whoever holds one may stretch a password. After three seconds without a
slot the person gets a kind page that asks them to try again.
"""

import fcntl
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from portal.core.errors import Unavailable
from portal.core.languages import _

SLOTS = 2
WAIT_SECONDS = 3.0
_PAUSE = 0.02


@contextmanager
def slot(folder: Path) -> Iterator[None]:
    """Hold one of the machine's slots while the block runs; raise Unavailable after 3 s."""
    folder.mkdir(parents=True, exist_ok=True)
    files = [open(folder / f"stretch-{number}.lock", "a") for number in range(SLOTS)]  # noqa: SIM115  # closed below, together
    try:
        deadline = time.monotonic() + WAIT_SECONDS
        while not any(_taken(file.fileno()) for file in files):
            if time.monotonic() > deadline:
                raise Unavailable(str(_("Many people are signing in just now. Try again soon.")))
            time.sleep(_PAUSE)
        yield
    finally:
        for file in files:
            file.close()


def _taken(handle: int) -> bool:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True

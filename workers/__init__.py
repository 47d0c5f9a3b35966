"""The jobs: what happens without anybody pressing a button. Each is a few lines calling one verb.

A job looks at rows in the database and does what is due; a message from the broker is only a hint
to look now, so a job may run twice, late or on several machines. Jobs see ids, never words, and
hold no key. ``workers.running`` is the process that carries them out, ``workers.beat`` the one
that says when, after ``workers.schedule``.
"""

from collections.abc import Callable
from uuid import UUID

Work = Callable[..., None]

JOBS: dict[str, Work] = {}


def job(name: str) -> Callable[[Work], Work]:
    """Make a function a job under ``name`` ("notifications.send_due"); it is given ids as UUIDs.

    It runs in a unit of work: kept whole and committed once, or not at all.
    """

    def add(work: Work) -> Work:
        if name in JOBS:
            raise ValueError(f"two jobs are called {name}")
        JOBS[name] = work
        return work

    return add


def given(ids: tuple[str, ...]) -> list[UUID]:
    """Read the ids that came with a hint."""
    return [UUID(each) for each in ids]

"""Where rooms above take part: when a pair begins and when one ends.

The factory fills these lists once, so that the pairs need not know who listens. A listener runs in
the same transaction and is told ids and the moment, no words.
"""

from collections.abc import Callable
from datetime import datetime
from typing import NamedTuple
from uuid import UUID


class Pair(NamedTuple):
    """Whom it is about."""

    dyad_id: UUID
    owner_id: UUID
    worker_id: UUID


Listener = Callable[[Pair, datetime], None]

after_begin: list[Listener] = []
after_end: list[Listener] = []


def begun(pair: Pair, now: datetime) -> None:
    """A pair has begun."""
    for listener in after_begin:
        listener(pair, now)


def ended(pair: Pair, now: datetime) -> None:
    """A pair has ended: whatever waits for the worker about it is to be taken back."""
    for listener in after_end:
        listener(pair, now)

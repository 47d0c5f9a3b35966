"""Row ids that sort by the time they were made, also within one tick of the clock."""

import secrets
import time
from threading import Lock
from uuid import UUID

_STEPS = 4096
"""Steps in a millisecond: as many as the twelve bits beside an id's time can count."""

_PATIENCE = 1000 * _STEPS
"""How far back a clock may be set while ids still go on from the last one: a second."""


class _Steps:
    """The time in steps, later at each call: two calls in one step are put one after the other.

    A clock that was set back by more than a second is believed; the ids follow it.
    """

    def __init__(self) -> None:
        self._lock = Lock()
        self._last = 0

    def next(self) -> int:
        """The step of now, or the one after the last call's."""
        with self._lock:
            now = time.time_ns() * _STEPS // 1_000_000
            is_behind = self._last - _PATIENCE < now <= self._last
            self._last = self._last + 1 if is_behind else now
            return self._last


_steps = _Steps()


def new_id() -> UUID:
    """Make a row id that sorts by the time it was made, and after all this process made before.

    Source: RFC 9562, version 7, section 6.2, method 3: the first twelve bits beside the time count
    parts of the millisecond. The other 62 bits are random.
    """
    milliseconds, step = divmod(_steps.next(), _STEPS)
    moment = (milliseconds & 0xFFFF_FFFF_FFFF) << 80 | 0x7 << 76 | step << 64
    return UUID(int=moment | 0x2 << 62 | secrets.randbits(62))

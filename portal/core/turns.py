"""Turns: those who want the same thing get it one after the other, in the order they came.

SQLite has one writer at a time and lets the others sleep and try again, longer each time: under
load somebody new comes in at once while an early one sleeps past every chance. So the threads of a
process stand in line here first, and only the one whose turn it is asks SQLite.
"""

import threading
from collections import deque


class Turns:
    """A line of threads, first come, first served."""

    def __init__(self) -> None:
        self._door = threading.Lock()
        self._is_taken = False
        self._line: deque[threading.Lock] = deque()

    @property
    def waiting(self) -> int:
        """How many stand in line now."""
        return len(self._line)

    def take(self, seconds: float) -> bool:
        """Wait for one's turn, at most so long; False when it did not come."""
        with self._door:
            if not self._is_taken:
                self._is_taken = True
                return True
            mine = threading.Lock()
            mine.acquire()
            self._line.append(mine)
        if mine.acquire(timeout=seconds):
            return True
        with self._door:
            if mine in self._line:
                self._line.remove(mine)
                return False
        return True  # it came in the very last moment

    def give_back(self) -> None:
        """The turn is over: whoever has waited longest is next."""
        with self._door:
            if self._line:
                self._line.popleft().release()
            else:
                self._is_taken = False

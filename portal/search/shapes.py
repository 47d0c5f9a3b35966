"""What the page of a search gets to see."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Hit:
    """One place with the words: what it is, a line around them, where it leads.

    ``before``, ``words`` and ``after`` are the line; ``whose`` is empty for the viewer's own.
    """

    name: str
    before: str
    words: str
    after: str
    path: str
    changed_at: datetime
    whose: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """Places, the last changed first. ``is_more``: there are more than fit on the page.

    ``is_cut``: there is so much that only the newest part was read.
    """

    hits: tuple[Hit, ...]
    is_more: bool
    is_cut: bool

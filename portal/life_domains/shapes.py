"""What goes to a page about a life domain."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Domain:
    """One part of life. `key` is what a goal keeps, `name` what a page shows."""

    key: str
    name: str

"""Where rooms above take part: after a sign-in or a move, and whoever writes the letters.

The factory fills these lists once, when the application is made (``hooks.letters[:] = [post]``), so
that accounts need not know who listens.
"""

from collections.abc import Callable
from datetime import datetime
from typing import NamedTuple
from uuid import UUID
from zoneinfo import ZoneInfo

from portal.accounts.shapes import Letter, SecurityEvent
from portal.vault.viewer import Viewer


class Move(NamedTuple):
    """Who lives in another time zone from now on, and the two zones."""

    person_id: UUID
    before: ZoneInfo
    after: ZoneInfo


after_sign_in: list[Callable[[Viewer], None]] = []
renamings: list[Callable[[Viewer, str, str], None]] = []
moves: list[Callable[[Move, datetime], None]] = []
security_events: list[Callable[[UUID, SecurityEvent, datetime], None]] = []
letters: list[Callable[[Letter, datetime], None]] = []
everywhere: list[Callable[[UUID, datetime], None]] = []


def signed_in(viewer: Viewer) -> None:
    """Somebody signed in, with their keys at hand."""
    for listener in after_sign_in:
        listener(viewer)


def renamed(viewer: Viewer, name: str, title: str) -> None:
    """Somebody changed what they are called; those who know them should see it."""
    for listener in renamings:
        listener(viewer, name, title)


def moved(move: Move, now: datetime) -> None:
    """Somebody's zone changed, and can be read: what was planned by it is to be planned anew."""
    for listener in moves:
        listener(move, now)


def tell_of(person_id: UUID, event: SecurityEvent, now: datetime) -> None:
    """Something about a person's account changed; they should hear of it."""
    for listener in security_events:
        listener(person_id, event, now)


def signed_out_everywhere(person_id: UUID, now: datetime) -> None:
    """Somebody was signed out on all their devices; what is kept on one of them goes too."""
    for listener in everywhere:
        listener(person_id, now)


def send(letter: Letter, now: datetime) -> None:
    """Hand a letter to whoever sends letters."""
    for post in letters:
        post(letter, now)

"""What is sealed of a feed, what its person sees of it, and what a calendar is given."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import msgspec

from portal.meetings.shapes import MeetingTime


class FeedBody(msgspec.Struct, frozen=True):
    """The secret of the address, for its person alone."""

    token: str


@dataclass(frozen=True, slots=True)
class FeedCard:
    """The present address and since when. Without a token it is there, but does not open."""

    token: str
    made_at: datetime


@dataclass(frozen=True, slots=True)
class Feed:
    """The times that a calendar is given, and the language of whose they are."""

    times: Sequence[MeetingTime]
    language: str

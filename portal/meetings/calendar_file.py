"""Meetings as any calendar takes them (iCalendar, RFC 5545): one as a file, or all as a feed.

A calendar lies open on a phone, and perhaps with whoever keeps it for its owner. So there is a
time and one neutral word: no name, no place, no topic, and not when somebody last changed it.
"""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

from portal.meetings.rules import LENGTH
from portal.meetings.shapes import MeetingTime

LONGEST = 75
"""Bytes in a line; what is longer goes on in the next one (RFC 5545, 3.1)."""

_ESCAPED = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n", "\r": ""})
_ASK_AGAIN = "PT1H"
_NO_MEETING = (
    "BEGIN:VTIMEZONE",
    "TZID:Etc/UTC",
    "BEGIN:STANDARD",
    "DTSTART:19700101T000000",
    "TZOFFSETFROM:+0000",
    "TZOFFSETTO:+0000",
    "END:STANDARD",
    "END:VTIMEZONE",
)
"""A calendar with nothing in it is refused by some (RFC 5545, 3.4), so an empty one has a zone."""


def calendar_file(times: Sequence[MeetingTime], *, word: str, now: datetime, name: str = "") -> str:
    """The file for some meetings; ``word`` is all that the calendar shows of each.

    The same meeting has the same name in every file, so that taking a new file after the meeting
    was moved moves it in the calendar too. What was only suggested is marked as such. With a
    ``name`` it is a feed: what a calendar calls it, and how often it may ask.
    """
    lines = (
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Appointments//Calendar//EN",
        "METHOD:PUBLISH",
        *(_feed_lines(name) if name else ()),
        *(line for each in times for line in _event_lines(each, word, now)),
        *(() if times else _NO_MEETING),
        "END:VCALENDAR",
    )
    return "".join(f"{_folded(line)}\r\n" for line in lines)


def _feed_lines(name: str) -> Iterable[str]:
    """The name and the pace twice: as RFC 7986 has them, and as older calendars know them."""
    said = name.translate(_ESCAPED)
    return (
        f"NAME:{said}",
        f"X-WR-CALNAME:{said}",
        f"REFRESH-INTERVAL;VALUE=DURATION:{_ASK_AGAIN}",
        f"X-PUBLISHED-TTL:{_ASK_AGAIN}",
    )


def _event_lines(time: MeetingTime, word: str, now: datetime) -> Iterable[str]:
    return (
        "BEGIN:VEVENT",
        f"UID:{time.uid}",
        f"DTSTAMP:{_moment(now)}",
        f"SEQUENCE:{time.sequence}",
        f"DTSTART:{_moment(time.starts_at)}",
        f"DTEND:{_moment(time.starts_at + LENGTH)}",
        f"SUMMARY:{word.translate(_ESCAPED)}",
        f"STATUS:{'CONFIRMED' if time.is_agreed else 'TENTATIVE'}",
        "CLASS:PRIVATE",
        "END:VEVENT",
    )


def _folded(line: str) -> str:
    """The line in pieces that are short enough; no letter is cut in two."""
    if len(line.encode()) <= LONGEST:
        return line
    pieces, piece = [], ""
    for sign in line:
        if len((piece + sign).encode()) > LONGEST:
            pieces.append(piece)
            piece = " "
        piece += sign
    return "\r\n".join((*pieces, piece))


def _moment(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"

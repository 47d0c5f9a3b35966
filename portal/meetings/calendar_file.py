"""A meeting as a file that any calendar takes (iCalendar, RFC 5545).

A calendar lies open on a phone, and perhaps with whoever keeps it for its owner. So the file has a
time and one neutral word: no name, no place, no topic.
"""

from datetime import UTC, datetime

from portal.meetings.rules import LENGTH
from portal.meetings.shapes import MeetingCard

_ESCAPED = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"})


def calendar_file(card: MeetingCard, *, word: str, now: datetime) -> str:
    """The file for one meeting; ``word`` is all that the calendar shows.

    The same meeting has the same name in every file, so that taking a new file after the meeting
    was moved moves it in the calendar too. What was only suggested is marked as such.
    """
    lines = (
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Tandem//Meetings//EN",
        "METHOD:PUBLISH",
        "BEGIN:VEVENT",
        f"UID:{card.id.hex}",
        f"DTSTAMP:{_moment(now)}",
        f"DTSTART:{_moment(card.starts_at)}",
        f"DTEND:{_moment(card.starts_at + LENGTH)}",
        f"SUMMARY:{word.translate(_ESCAPED)}",
        f"STATUS:{'CONFIRMED' if card.is_agreed else 'TENTATIVE'}",
        "CLASS:PRIVATE",
        "END:VEVENT",
        "END:VCALENDAR",
    )
    return "".join(f"{line}\r\n" for line in lines)


def _moment(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"

"""Pure decisions about meetings; no database, no clock."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from uuid import UUID, uuid5

from portal.core.clock import WorkCalendar, is_working_day
from portal.core.days_off import public_holidays
from portal.meetings.shapes import DayOff, LastWord, MeetingState, Said, Standing

LENGTH = timedelta(hours=1)
"""How long a meeting counts as going on: until then it is still the next one."""


def standing(
    state: MeetingState,
    *,
    starts_at: datetime,
    offered_at: datetime | None,
    offered_by: UUID | None,
    me: UUID,
    now: datetime,
) -> Standing:
    """What one of the two sees. Exactly one answer for every meeting."""
    if state is MeetingState.CALLED_OFF:
        return Standing.CALLED_OFF
    if has_passed(starts_at, now):
        return Standing.PASSED
    mine = offered_by == me
    if state is MeetingState.OFFERED:
        return Standing.THEY_ANSWER if mine else Standing.YOU_ANSWER
    if offered_at is not None:
        return Standing.THEY_ANSWER_MOVE if mine else Standing.YOU_ANSWER_MOVE
    return Standing.AGREED


def has_passed(starts_at: datetime, now: datetime) -> bool:
    """Whether the meeting is over."""
    return now >= starts_at + LENGTH


def calendar_id(meeting_id: UUID, person_id: UUID) -> str:
    """What a meeting is called in the calendar of one of the two; always the same.

    Each has a name of their own for it: whoever keeps the calendars of both must not be able to
    tell by it who meets whom.
    """
    return uuid5(meeting_id, person_id.hex).hex


def day_off(calendar: WorkCalendar, day: date) -> DayOff | None:
    """Why a day may not suit the worker; None where nothing speaks against it."""
    if is_working_day(calendar, day):
        return None
    if calendar.country and day in public_holidays(calendar.country, day.year):
        return DayOff.HOLIDAY
    is_away = any(each.covers(day) for each in calendar.absences)
    return DayOff.AWAY if is_away else DayOff.NOT_WORKING


def is_news(last: LastWord | None, *, me: UUID, today_from: datetime) -> bool:
    """Whether the other one's last word is still told: until the day that it is about is over."""
    return last is not None and last.by != me and last.at >= today_from


def is_replaced(gone_id: UUID, last: LastWord, coming: Iterable[tuple[UUID, datetime]]) -> bool:
    """Whether a coming meeting (its id and time) makes an end no news any more.

    What was only suggested is replaced by any newer suggestion. A meeting that was called off is
    told until then: only one at the very same time replaces it. Ids are ordered by time.
    """
    if last.said is Said.CALLED_OFF:
        return any(starts_at == last.at for _, starts_at in coming)
    return any(meeting_id > gone_id for meeting_id, _ in coming)


def swapped(order: list[UUID], kept_id: UUID, *, up: bool) -> list[UUID]:
    """The order after one thing moved one step; at the end of the list nothing moves."""
    here = order.index(kept_id)
    there = here - 1 if up else here + 1
    if not 0 <= there < len(order):
        return order
    new = list(order)
    new[here], new[there] = new[there], new[here]
    return new

"""Reading a thread: one page, fifty messages at most, whatever the thread's length."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from portal.core.clock import WorkCalendar, coming_reading, is_quiet, is_working_day, local_day
from portal.hours.service import phrases_of
from portal.messaging.rules.states import state_of
from portal.messaging.rules.words import reading_minutes
from portal.messaging.service.around import Top, around
from portal.messaging.service.pair import Pair, reading_times
from portal.messaging.service.run import AUTHOR, FROM_NUMBER, NUMBER, PAGE, Rows, run_of
from portal.messaging.shapes import (
    Bundle,
    Delivery,
    Envelope,
    Intent,
    Kind,
    Line,
    MessageBody,
    State,
    ThreadPage,
)
from portal.vault.viewer import Viewer

DAYS_OFFERED = 2
_WAITING = frozenset({State.OPENED, State.ANSWERS_BY, State.LATE, State.WILL_PHONE})


def thread_for(viewer: Viewer, dyad_id: UUID, *, before: int = 0) -> ThreadPage:
    """One page of the dyad's thread: the newest, or what came before a number; oldest line first.

    What has not arrived yet (the other one's ten minutes) or has not been opened is not in it. When
    messages do not fit together the page says so (``trouble``) and the log has the ids.
    """
    found = around(viewer, dyad_id)
    pair = found.pair
    run = run_of(viewer, found, dyad_id, before=before)
    rows, top = run.rows, run.top
    shown = list(zip(rows, run.bodies, strict=True))[-PAGE:]
    lines = tuple(_lines(viewer, pair, top, shown))
    is_newest = not before or (top is not None and before > top.last_number)
    knocks = [line for line in lines if _is_knocking(line)]
    bundle = None if pair.dyad.is_owner else _bundle(pair, lines, viewer.now)
    return ThreadPage(
        dyad=pair.dyad,
        terms=pair.terms,
        agreed=found.agreed,
        reading=reading_times(pair, viewer.now, found.notes),
        lines=lines,
        older=shown[0][0][NUMBER] if len(rows) > PAGE else None,
        newer=None if is_newest else _newer(top, before),
        trouble=run.trouble,
        envelope=_envelope(viewer, pair, top, rows),
        bundle=bundle,
        sent=_just_sent(lines) if is_newest else None,
        has_words=bool(rows),
        has_news=bool(top is not None and pair.dyad.is_owner and top.outcome_news_at),
        is_knocking=bool(knocks),
        knock_is_seen=any(line.opened_at for line in knocks),
        is_night=is_quiet(viewer.now, found.quiet),
        phrases=tuple(phrases_of(viewer)) if bundle else (),
    )


def _lines(
    viewer: Viewer,
    pair: Pair,
    top: Top | None,
    shown: Sequence[tuple[Any, MessageBody]],
) -> Iterable[Line]:
    read_to = top.owner_read_to if top is not None else 0
    last_day: date | None = None
    me, now, zone, is_owner = viewer.person_id, viewer.now, viewer.zone, pair.dyad.is_owner
    mine_to = next((row[NUMBER] for row, _ in reversed(shown) if row[AUTHOR] == me), 0)
    for row, body in shown:
        number, kind, made_at, *marks = row[FROM_NUMBER]
        is_mine = row[AUTHOR] == me
        if not is_mine and not _is_open(viewer, pair, row, read_to):
            continue
        delivery, day = Delivery(*marks), made_at.astimezone(zone).date()
        yield Line(
            number,
            is_mine,
            kind,
            state_of(delivery, now),
            made_at,
            delivery.undo_until,
            delivery.opened_at,
            delivery.due_at,
            delivery.outcome_at,
            delivery.promised_at,
            body,
            reading_minutes(body.text),
            day != last_day,
            is_owner and not is_mine and number > mine_to,
        )
        last_day = day


def _is_open(viewer: Viewer, pair: Pair, row: Any, read_to: int) -> bool:
    """Whether the other one's message has arrived and was opened by the viewer."""
    if row.taken_back_at is not None or row.undo_until > viewer.now:
        return False
    return row.number <= read_to if pair.dyad.is_owner else row.opened_at is not None


def _envelope(viewer: Viewer, pair: Pair, top: Top | None, rows: Rows) -> Envelope | None:
    if top is None:
        return None
    since = top.reply_news_at if pair.dyad.is_owner else top.waits_unopened_since
    if since is None or since > viewer.now:
        return None
    read_to = top.owner_read_to
    closed = [
        row
        for row in rows
        if row.author_id != viewer.person_id
        and row.taken_back_at is None
        and row.undo_until <= viewer.now
        and not _is_open(viewer, pair, row, read_to)
    ]
    due = [row.due_at for row in closed if row.due_at is not None]
    is_knock = bool(closed) and all(row.kind is Kind.KNOCK for row in closed)
    return Envelope(since=since, due_at=min(due, default=None), is_knock=is_knock)


def _bundle(pair: Pair, lines: Sequence[Line], now: datetime) -> Bundle | None:
    """What the worker has opened and not yet answered; an answer in its ten minutes counts."""
    waiting = [
        line
        for line in lines
        if not line.is_mine
        and line.state in _WAITING
        and line.opened_at is not None
        and (line.outcome_at is None or line.outcome_at <= now)
    ]
    if not waiting:
        return None
    states = {line.state for line in waiting}
    due_at = min((line.due_at for line in waiting if line.due_at is not None), default=None)
    return Bundle(
        first=waiting[0].number,
        opened_at=min(line.opened_at for line in waiting if line.opened_at is not None),
        due_at=due_at,
        is_long=any(line.minutes for line in waiting if line.state is not State.WILL_PHONE),
        has_promise=State.WILL_PHONE in states,
        is_promised=states == {State.WILL_PHONE},
        has_question=any(line.body.intent is Intent.QUESTION for line in waiting),
        has_knock=any(line.kind is Kind.KNOCK for line in waiting),
        is_dated=states == {State.ANSWERS_BY},
        is_free_day=_is_free_day(pair.calendar, due_at),
        reading_days=_reading_days(pair.calendar, now),
    )


def _is_free_day(calendar: WorkCalendar | None, at: datetime | None) -> bool:
    if calendar is None or at is None:
        return False
    return not is_working_day(calendar, local_day(at, calendar.zone))


def _reading_days(calendar: WorkCalendar | None, now: datetime) -> tuple[date, ...]:
    """The next two days on which the worker reads, after today."""
    days: list[date] = []
    reading = coming_reading(calendar, now) if calendar else None
    while calendar and reading and len(days) < DAYS_OFFERED:
        on = local_day(reading.starts_at, calendar.zone)
        if on > local_day(now, calendar.zone) and on not in days:
            days.append(on)
        reading = coming_reading(calendar, reading.starts_at)
    return tuple(days)


def _just_sent(lines: Sequence[Line]) -> Line | None:
    if not lines or not lines[-1].is_mine:
        return None
    return lines[-1] if lines[-1].state in (State.HELD, State.WITH_THEM) else None


def _is_knocking(line: Line) -> bool:
    return line.kind is Kind.KNOCK and line.state in (_WAITING | {State.HELD, State.WITH_THEM})


def _newer(top: Top | None, before: int) -> int:
    """The number to ask for to see the next newer page; numbers have no gaps, so it is known."""
    after = before + PAGE
    return 0 if top is None or after > top.last_number else after

"""Reading a thread: one page, fifty messages at most, whatever the thread's length.

Rows come as tuples of plain columns, not as entities: this page is the one that people load all
day, and the way over the object mapper costs more than opening every envelope.
"""

import logging
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, bindparam, select

from portal.core.clock import is_quiet
from portal.core.errors import NotVisible
from portal.core.rows import read
from portal.hours.service import phrases_of
from portal.messaging.models import Message, Thread
from portal.messaging.rules.chain import trouble_in
from portal.messaging.rules.states import state_of
from portal.messaging.rules.words import reading_minutes
from portal.messaging.service.around import Top, around
from portal.messaging.service.pair import Pair, reading_times
from portal.messaging.shapes import (
    Bundle,
    Delivery,
    Envelope,
    HeadBody,
    Kind,
    Line,
    MessageBody,
    State,
    ThreadPage,
    Trouble,
)
from portal.vault.box import SealedFields
from portal.vault.viewer import Viewer

log = logging.getLogger(__name__)
PAGE = 50
NEWEST = 2**31 - 1
_UNREADABLE = MessageBody(number=0, before=b"")
_WAITING = frozenset({State.OPENED, State.ANSWERS_BY, State.LATE, State.WILL_PHONE})

Rows = Sequence[Row[*tuple[Any, ...]]]


def thread_for(viewer: Viewer, dyad_id: UUID, *, before: int = 0) -> ThreadPage:
    """One page of the dyad's thread: the newest, or what came before a number; oldest line first.

    What has not arrived yet (the other one's ten minutes) or has not been opened is not in it. When
    messages do not fit together the page says so (``trouble``) and the log has the ids.
    """
    found = around(viewer, dyad_id)
    pair, top = found.pair, found.top
    wanted = {"dyad_id": dyad_id, "before": before or NEWEST}
    rows = read(_PAGE, wanted).all()[::-1]
    opened = viewer.box.open_run(rows, MessageBody, table=Message, owner_id=pair.dyad.owner_id)
    bodies = [body or _UNREADABLE for body in opened]
    trouble = _trouble(viewer, pair, top, rows, bodies, before=before)
    shown = list(zip(rows, bodies, strict=True))[-PAGE:]
    lines = tuple(_lines(viewer, pair, top, shown))
    is_newest = not before or (top is not None and before > top.last_number)
    bundle = None if pair.dyad.is_owner else _bundle(lines, viewer.now)
    return ThreadPage(
        dyad=pair.dyad,
        terms=pair.terms,
        agreed=found.agreed,
        reading=reading_times(pair, viewer.now, found.notes),
        lines=lines,
        older=shown[0][0].number if len(rows) > PAGE else None,
        newer=None if is_newest else _newer(top, before),
        trouble=trouble,
        envelope=_envelope(viewer, pair, top, rows),
        bundle=bundle,
        sent=_just_sent(lines) if is_newest else None,
        has_words=bool(rows),
        has_news=bool(top is not None and pair.dyad.is_owner and top.outcome_news_at),
        is_knocking=any(_is_knocking(line) for line in lines),
        is_night=is_quiet(viewer.now, found.quiet),
        phrases=tuple(phrases_of(viewer)) if bundle else (),
    )


def _trouble(
    viewer: Viewer,
    pair: Pair,
    top: Top | None,
    rows: Rows,
    bodies: Sequence[MessageBody],
    *,
    before: int,
) -> Trouble | None:
    """What does not fit together on this page; also written to the log, with ids alone."""
    head = _head(viewer, pair, top)
    last = min(before - 1, head.number) if before else head.number
    run = [(row.number, row.author_id, body) for row, body in zip(rows, bodies, strict=True)]
    trouble = trouble_in(run, head, last=last, reaches_start=len(rows) <= PAGE)
    if trouble is None and top is not None and top.last_number != head.number:
        trouble = Trouble.TAIL
    if trouble is not None:
        seen = {"dyad": pair.dyad.id, "trouble": trouble, "last": last}
        log.error("a thread does not fit together", extra=seen)
    return trouble


def _head(viewer: Viewer, pair: Pair, top: Top | None) -> HeadBody:
    """The sealed end of the thread; one that fits nothing when it does not open."""
    if top is None:
        return HeadBody(number=0, link=b"")
    fields = SealedFields(top.id, pair.dyad.owner_id, top.data_key_id, top.author_id, top.sealed)
    try:
        return viewer.box.open(fields, HeadBody, table=Thread)
    except NotVisible:
        return HeadBody(number=-1, link=b"")


def _lines(
    viewer: Viewer,
    pair: Pair,
    top: Top | None,
    shown: Sequence[tuple[Row[*tuple[Any, ...]], MessageBody]],
) -> Iterable[Line]:
    read_to = top.owner_read_to if top is not None else 0
    mine_to = max((row.number for row, _ in shown if row.author_id == viewer.person_id), default=0)
    last_day: date | None = None
    me, now, zone, is_owner = viewer.person_id, viewer.now, viewer.zone, pair.dyad.is_owner
    for row, body in shown:
        author_id, number, kind, made_at, *marks = row[_AUTHOR], *row[_FROM_NUMBER]
        is_mine = author_id == me
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


def _is_open(viewer: Viewer, pair: Pair, row: Row[*tuple[Any, ...]], read_to: int) -> bool:
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


def _bundle(lines: Sequence[Line], now: datetime) -> Bundle | None:
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
    return Bundle(
        opened_at=min(line.opened_at for line in waiting if line.opened_at is not None),
        due_at=min((line.due_at for line in waiting if line.due_at is not None), default=None),
        is_long=any(line.minutes for line in waiting),
        is_promised=all(line.state is State.WILL_PHONE for line in waiting),
    )


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


_M = Message.__table__.c
_PAGE = (
    select(
        _M.id,
        _M.data_key_id,
        _M.author_id,
        _M.sealed,
        _M.number,
        _M.kind,
        _M.made_at,
        _M.undo_until,
        _M.taken_back_at,
        _M.opened_at,
        _M.is_answer_wanted,
        _M.due_at,
        _M.outcome,
        _M.outcome_at,
        _M.promised,
        _M.promised_at,
    )
    .where(
        _M.dyad_id == bindparam("dyad_id", type_=_M.dyad_id.type),
        _M.number < bindparam("before"),
    )
    .order_by(_M.number.desc())
    .limit(PAGE + 1)
)
_AUTHOR, _FROM_NUMBER = 2, slice(4, 16)
"""Where a row has its author; and its number, kind, moment and the marks of a ``Delivery``."""

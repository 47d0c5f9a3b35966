"""What a thread's lists show, kept on the thread: one statement refreshes it from the marks.

The partial index on unsettled messages holds only what still waits, so the statement costs the
same however long the thread has grown.
"""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    Case,
    Column,
    ColumnElement,
    ScalarSelect,
    bindparam,
    case,
    func,
    select,
    text,
    update,
)

from portal.core.rows import read, write
from portal.messaging.models import UNSETTLED, Message, Thread
from portal.messaging.shapes import Kind, NewMessage, Outcome


def waits_for_worker() -> ColumnElement[bool]:
    """The condition for an owner's message that the worker has not yet settled.

    Worded exactly as the partial index, so that both databases use it.
    """
    return text(UNSETTLED)  # type: ignore[return-value]  # text stands where a condition may


def refresh_waiting(dyad_id: UUID) -> None:
    """Bring the worker's side up to date: what waits, since when, until when.

    The thread is held first, as whoever adds a message holds it. One statement that had to wait
    for them would count the messages that it saw before it waited.
    """
    read(_HOLD, {"of_dyad": dyad_id})
    write(_WAITING, {"of_dyad": dyad_id})


def refresh_after_reply(reply: NewMessage) -> None:
    """Bring both sides up to date after one more message of the worker's."""
    write(_REPLIED, {"of_dyad": reply.dyad_id, "wrote_at": reply.undo_until})


def added(message: NewMessage, *, look_at: datetime | None) -> dict[str, object]:
    """The values for ``ADDED``: one more message of the owner's, beside all that waits already.

    ``look_at`` is when a job looks next; an earlier look that is planned already stays.
    """
    return {
        "since": message.undo_until,
        "due_at": message.due_at,
        "knock_since": message.undo_until if message.kind is Kind.KNOCK else None,
        "look_at": look_at,
    }


def refresh_news(dyad_id: UUID) -> None:
    """Bring the owner's side up to date: since when a reply is new."""
    write(_NEWS, {"of_dyad": dyad_id})


def refresh_worker_wrote(dyad_id: UUID) -> None:
    """When the worker last wrote, for the rhythm of the hello (Friction 5)."""
    write(_WORKER_WROTE, {"of_dyad": dyad_id})


# Built once: every press in a thread runs some of them while nobody else can write.
_threads: Any = Thread.__table__
_message: Any = Message.__table__.c
_thread: Any = _threads.c
_OF_DYAD = bindparam("of_dyad", type_=_thread.dyad_id.type)
_HOLD = select(_thread.id).where(_thread.dyad_id == _OF_DYAD).with_for_update()
_SET = update(_threads).where(_thread.dyad_id == _OF_DYAD)


def _earliest(column: Column[Any], *conditions: ColumnElement[bool]) -> ScalarSelect[Any]:
    found = select(func.min(column)).where(
        _message.dyad_id == _OF_DYAD, waits_for_worker(), *conditions
    )
    return found.scalar_subquery()


def _earlier(column: Column[Any], name: str) -> Case[Any]:
    new = bindparam(name, type_=column.type)
    return case((column.is_(None) | (column > new), new), else_=column)


_PROMISED = _message.outcome == Outcome.WILL_PHONE
_WAITING = _SET.values(
    waits_since=_earliest(_message.undo_until, _PROMISED.is_not(True)),
    waits_unopened_since=_earliest(_message.undo_until, _message.opened_at.is_(None)),
    waits_due_at=_earliest(_message.due_at, _PROMISED.is_not(True)),
    waits_knock_since=_earliest(_message.undo_until, _message.kind == Kind.KNOCK),
    waits_phone_since=_earliest(_message.outcome_at, _PROMISED),
)
ADDED = {
    "waits_since": _earlier(_thread.waits_since, "since"),
    "waits_unopened_since": _earlier(_thread.waits_unopened_since, "since"),
    "waits_due_at": _earlier(_thread.waits_due_at, "due_at"),
    "waits_knock_since": _earlier(_thread.waits_knock_since, "knock_since"),
    "prompt_at": _earlier(_thread.prompt_at, "look_at"),
}
_FIRST_NEWS = (
    select(func.min(_message.undo_until))
    .where(
        _message.dyad_id == _OF_DYAD,
        _message.number > _thread.owner_read_to,
        _message.author_id != _message.owner_id,
        _message.taken_back_at.is_(None),
    )
    .correlate(_threads)
    .scalar_subquery()
)
_NEWS = _SET.values(reply_news_at=_FIRST_NEWS)
_REPLIED = _WAITING.values(
    reply_news_at=_FIRST_NEWS,
    worker_wrote_at=bindparam("wrote_at", type_=_thread.worker_wrote_at.type),
)
_WORKER_WROTE = _SET.values(
    worker_wrote_at=select(_message.undo_until)
    .where(
        _message.dyad_id == _OF_DYAD,
        _message.author_id != _message.owner_id,
        _message.taken_back_at.is_(None),
    )
    .order_by(_message.number.desc())
    .limit(1)
    .scalar_subquery()
)

"""What a thread's lists show, kept on the thread: one statement refreshes it from the marks.

The partial index on unsettled messages holds only what still waits, so the statement costs the
same however long the thread has grown.
"""

from collections.abc import Mapping
from uuid import UUID

from sqlalchemy import ColumnElement, and_, func, select, text, update
from sqlalchemy.sql.selectable import ScalarSelect

from portal.core.db import db
from portal.messaging.models import UNSETTLED, Message, Thread
from portal.messaging.shapes import Kind, Outcome


def waits_for_worker() -> ColumnElement[bool]:
    """The condition for an owner's message that the worker has not yet settled.

    Worded exactly as the partial index, so that both databases use it.
    """
    return text(UNSETTLED)  # type: ignore[return-value]  # text stands where a condition may


def refresh_waiting(dyad_id: UUID) -> None:
    """Bring the worker's side up to date: what waits, since when, until when."""
    opened = Message.opened_at.is_(None)
    promised = Message.outcome == Outcome.WILL_PHONE
    values = {
        "waits_since": _earliest(Message.undo_until, dyad_id, promised.is_not(True)),
        "waits_unopened_since": _earliest(Message.undo_until, dyad_id, opened),
        "waits_due_at": _earliest(Message.due_at, dyad_id, promised.is_not(True)),
        "waits_knock_since": _earliest(Message.undo_until, dyad_id, Message.kind == Kind.KNOCK),
        "waits_phone_since": _earliest(Message.outcome_at, dyad_id, promised),
    }
    _set(dyad_id, values)


def refresh_news(dyad_id: UUID) -> None:
    """Bring the owner's side up to date: since when a reply is new."""
    new = and_(
        Message.dyad_id == dyad_id,
        Message.number > Thread.owner_read_to,
        Message.author_id != Message.owner_id,
        Message.taken_back_at.is_(None),
    )
    earliest = select(func.min(Message.undo_until)).where(new).correlate(Thread).scalar_subquery()
    _set(dyad_id, {"reply_news_at": earliest})


def refresh_worker_wrote(dyad_id: UUID) -> None:
    """When the worker last wrote, for the rhythm of the hello (Friction 5)."""
    latest = (
        select(Message.undo_until)
        .where(
            Message.dyad_id == dyad_id,
            Message.author_id != Message.owner_id,
            Message.taken_back_at.is_(None),
        )
        .order_by(Message.number.desc())
        .limit(1)
        .scalar_subquery()
    )
    _set(dyad_id, {"worker_wrote_at": latest})


def _earliest(
    column: ColumnElement[object] | object, dyad_id: UUID, condition: ColumnElement[bool]
) -> ScalarSelect[object]:
    found = select(func.min(column)).where(
        Message.dyad_id == dyad_id, waits_for_worker(), condition
    )
    return found.scalar_subquery()


def _set(dyad_id: UUID, values: Mapping[str, object]) -> None:
    db.session.execute(
        update(Thread)
        .where(Thread.dyad_id == dyad_id)
        .values(**values)
        .execution_options(synchronize_session=False)
    )

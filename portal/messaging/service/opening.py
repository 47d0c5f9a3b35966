"""Opening what came: one press, by the person it came to."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ScalarSelect, and_, bindparam, func, or_, select, update
from sqlalchemy.orm import aliased

from portal.core.db import db
from portal.core.errors import NotAllowed
from portal.messaging.models import Message, Thread
from portal.messaging.service.counters import refresh_news, refresh_waiting
from portal.messaging.service.pair import Pair, pair_for
from portal.messaging.service.prompting import plan_prompt, stop_telling
from portal.messaging.service.telling import owner_news, tell_owner_anew
from portal.vault.viewer import Viewer

NEWEST = 2**31 - 1
NEWS_AMONG = 50


def open_waiting(viewer: Viewer, dyad_id: UUID) -> int:
    """Open all that has arrived; for a worker each message is stamped (Friction 12).

    For an owner only how far they have read is kept, so nobody can ask why they have not answered.
    It ends before the first words that their worker can still take back. Gives the number of the
    first message that is new to the viewer by this, 0 when none is.
    """
    pair = pair_for(viewer, dyad_id)
    if pair.dyad.is_owner:
        return _open_as_owner(viewer, pair)
    if pair.dyad.is_live:
        return _open_as_worker(viewer, pair)
    raise NotAllowed


def _open_as_worker(viewer: Viewer, pair: Pair) -> int:
    opened = db.session.scalars(
        update(Message)
        .where(
            Message.dyad_id == pair.dyad.id,
            Message.author_id == pair.dyad.owner_id,
            Message.opened_at.is_(None),
            Message.taken_back_at.is_(None),
            Message.undo_until <= viewer.now,
        )
        .values(opened_at=viewer.now)
        .returning(Message.number)
        .execution_options(synchronize_session=False)
    ).all()
    refresh_waiting(pair.dyad.id)
    plan_prompt(pair, after=viewer.now)
    stop_telling(pair, viewer.now)
    return min(opened, default=0)


def _open_as_owner(viewer: Viewer, pair: Pair) -> int:
    before = owner_news(pair.dyad.id)
    first = db.session.scalar(_FIRST_NEW, {"of_dyad": pair.dyad.id, "by_now": viewer.now})
    db.session.execute(
        update(Thread)
        .where(Thread.dyad_id == pair.dyad.id)
        .values(
            owner_read_to=func.coalesce(_arrived_to(viewer.now), Thread.owner_read_to),
            outcome_news_at=None,
        )
        .execution_options(synchronize_session=False)
    )
    refresh_news(pair.dyad.id)
    tell_owner_anew(pair.dyad, before, now=viewer.now)
    return first or 0


_NEW_WORDS = and_(
    Message.author_id != Message.owner_id,
    Message.number > Thread.owner_read_to,
    Message.undo_until <= bindparam("by_now", type_=Message.undo_until.type),
)
_NEW_ANSWER = and_(
    Message.author_id == Message.owner_id,
    Message.number > Thread.last_number - NEWS_AMONG,
    Message.outcome_at >= Thread.outcome_news_at,
)
_FIRST_NEW = (
    select(func.min(Message.number))
    .join(Thread, Thread.dyad_id == Message.dyad_id)
    .where(
        Message.dyad_id == bindparam("of_dyad", type_=Message.dyad_id.type),
        Message.taken_back_at.is_(None),
        or_(_NEW_WORDS, _NEW_ANSWER),
    )
)


def _arrived_to(now: datetime) -> ScalarSelect[int | None]:
    """The number of the last message up to which all of the worker's have arrived."""
    held = (
        select(func.min(Message.number))
        .where(
            Message.dyad_id == Thread.dyad_id,
            Message.number > Thread.owner_read_to,
            Message.author_id != Message.owner_id,
            Message.undo_until > now,
            Message.taken_back_at.is_(None),
        )
        .correlate(Thread)
        .scalar_subquery()
    )
    arrived = aliased(Message)
    return (
        select(func.max(arrived.number))
        .where(
            arrived.dyad_id == Thread.dyad_id,
            arrived.number > Thread.owner_read_to,
            arrived.undo_until <= now,
            arrived.number < func.coalesce(held, NEWEST),
        )
        .correlate(Thread)
        .scalar_subquery()
    )

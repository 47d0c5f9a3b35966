"""Opening what came: one press, by the person it came to."""

from uuid import UUID

from sqlalchemy import func, select, update

from portal.core.db import db
from portal.core.errors import NotAllowed
from portal.messaging.models import Message, Thread
from portal.messaging.service.counters import refresh_news, refresh_waiting
from portal.messaging.service.pair import Pair, pair_for
from portal.messaging.service.prompting import plan_prompt, stop_telling
from portal.messaging.service.telling import owner_news, tell_owner_anew
from portal.vault.viewer import Viewer


def open_waiting(viewer: Viewer, dyad_id: UUID) -> None:
    """Open all that has arrived; for a worker each message is stamped (Friction 12).

    For an owner only how far they have read is kept, so nobody can ask why they have not answered.
    """
    pair = pair_for(viewer, dyad_id)
    if pair.dyad.is_owner:
        _open_as_owner(viewer, pair)
    elif pair.dyad.is_live:
        _open_as_worker(viewer, pair)
    else:
        raise NotAllowed


def _open_as_worker(viewer: Viewer, pair: Pair) -> None:
    db.session.execute(
        update(Message)
        .where(
            Message.dyad_id == pair.dyad.id,
            Message.author_id == pair.dyad.owner_id,
            Message.opened_at.is_(None),
            Message.taken_back_at.is_(None),
            Message.undo_until <= viewer.now,
        )
        .values(opened_at=viewer.now)
        .execution_options(synchronize_session=False)
    )
    refresh_waiting(pair.dyad.id)
    plan_prompt(pair, after=viewer.now)
    stop_telling(pair, viewer.now)


def _open_as_owner(viewer: Viewer, pair: Pair) -> None:
    before = owner_news(pair.dyad.id)
    arrived = (
        select(func.max(Message.number))
        .where(
            Message.dyad_id == pair.dyad.id,
            Message.number > Thread.owner_read_to,
            Message.undo_until <= viewer.now,
        )
        .correlate(Thread)
        .scalar_subquery()
    )
    db.session.execute(
        update(Thread)
        .where(Thread.dyad_id == pair.dyad.id)
        .values(owner_read_to=func.coalesce(arrived, Thread.owner_read_to), outcome_news_at=None)
        .execution_options(synchronize_session=False)
    )
    refresh_news(pair.dyad.id)
    tell_owner_anew(pair.dyad, before, now=viewer.now)

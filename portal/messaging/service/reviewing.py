"""Asking two people to look at their agreement again (Friction 23): answers late, or long silence.

Reads plain marks only. What happened before the two last accepted or kept the agreement is settled
between them and counts no more.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import func, or_, select

from portal.agreements.models import Agreement
from portal.agreements.service import ask_for_review
from portal.agreements.shapes import Why
from portal.core.db import db
from portal.dyads.models import IS_LIVE, Dyad
from portal.messaging.models import Message, Thread
from portal.messaging.shapes import Outcome

LATE_TWICE = 2
LONG_SILENCE = timedelta(weeks=8)
BATCH = 200
_QUIET = (
    Agreement.ended_at.is_(None),
    Agreement.review_why.is_(None),
    Agreement.dyad_id.in_(select(Dyad.id).where(IS_LIVE)),
)


def ask_for_reviews(now: datetime) -> int:
    """Put the review card before the pairs that have a reason; gives how many pairs."""
    asked = [ask_for_review(dyad_id, Why.LATE_ANSWERS, now) for dyad_id in _late_twice(now)]
    asked += [ask_for_review(dyad_id, Why.LONG_SILENCE, now) for dyad_id in _silent(now)]
    return sum(asked)


def _late_twice(now: datetime) -> Sequence[UUID]:
    """Dyads in which two answers came, or still wait, after the day that was agreed or promised."""
    return db.session.scalars(
        select(Message.dyad_id)
        .join(Agreement, Agreement.dyad_id == Message.dyad_id)
        .where(
            *_QUIET,
            Message.author_id == Message.owner_id,
            Message.is_answer_wanted,
            Message.taken_back_at.is_(None),
            Message.due_at > Agreement.changed_at,
            Message.due_at <= now,
            or_(
                Message.outcome_at.is_(None),
                Message.outcome_at > Message.due_at,
                Message.outcome == Outcome.ANSWERS_BY,
            ),
        )
        .group_by(Message.dyad_id)
        .having(func.count() >= LATE_TWICE)
        .order_by(Message.dyad_id)
        .limit(BATCH)
    ).all()


def _silent(now: datetime) -> Sequence[UUID]:
    """Dyads in which nobody has written for a long time."""
    since = now - LONG_SILENCE
    return db.session.scalars(
        select(Agreement.dyad_id)
        .outerjoin(Thread, Thread.dyad_id == Agreement.dyad_id)
        .where(
            *_QUIET,
            Agreement.changed_at <= since,
            or_(Thread.id.is_(None), Thread.changed_at <= since),
        )
        .order_by(Agreement.dyad_id)
        .limit(BATCH)
    ).all()

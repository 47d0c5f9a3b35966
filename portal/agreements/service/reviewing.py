"""Looking at the agreement again: keep it, change it, or talk about it (Friction 23)."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, and_, case, literal, or_, select, update

from portal.agreements import hooks
from portal.agreements.models import Agreement
from portal.agreements.rules import SETTLING_IN, next_review_on
from portal.agreements.service.standing import MOVED_ON, standing_of
from portal.agreements.service.telling import tell_review
from portal.agreements.shapes import ReviewReply, Side, Why
from portal.core.clock import local_day
from portal.core.db import db
from portal.core.errors import Conflict
from portal.core.languages import _
from portal.dyads.models import IS_LIVE, Dyad
from portal.vault.viewer import Viewer

BATCH = 500


def ask_for_review(dyad_id: UUID, why: Why, now: datetime) -> bool:
    """Put the review card before both, for a reason. True when it was.

    For jobs and other slices: two late answers, new sharing, long silence. Holds no key. Not when
    the card lies there already, and not within two weeks of accepting or keeping the agreement
    (``changed_at`` is when they last did).
    """
    settled_in = Agreement.changed_at <= now - SETTLING_IN
    return bool(_ask(now, why, (Agreement.dyad_id == dyad_id) & settled_in))


def ask_for_due_reviews(now: datetime) -> int:
    """Put the review card before everybody whose day has come; gives how many agreements.

    Each is claimed by the update itself, so running twice asks once. A trial that ends is asked
    about also where another reason lies before them: it is the question that counts now.
    """
    due = select(Agreement.id).where(
        Agreement.review_on <= now.date(), Agreement.ended_at.is_(None), _may_be_asked(now)
    )
    ids = db.session.scalars(due.order_by(Agreement.review_on).limit(BATCH)).all()
    return _ask(now, Why.AGREED_DAY, Agreement.id.in_(ids)) if ids else 0


def keep_agreement(viewer: Viewer, dyad_id: UUID) -> bool:
    """The viewer keeps the agreement as it is. True when both have; then the next day is set.

    What was tried is kept for good then; but a trial that still runs goes on to its day.
    """
    kept = _reply(viewer, dyad_id, ReviewReply.KEEP)
    kept_on = local_day(viewer.now, viewer.zone)
    accepted_on = local_day(kept.accepted_at, viewer.zone)
    next_on = next_review_on(accepted_on, kept_on, is_light=kept.is_light)
    trial_runs = kept.try_until is not None and kept.try_until > kept_on
    closed = db.session.execute(
        update(Agreement)
        .where(
            Agreement.id == kept.id,
            Agreement.review_why.is_not(None),
            Agreement.owner_reply == ReviewReply.KEEP,
            Agreement.worker_reply == ReviewReply.KEEP,
        )
        .values(
            review_why=None,
            review_asked_at=None,
            owner_reply=None,
            worker_reply=None,
            try_until=kept.try_until if trial_runs else None,
            changed_at=viewer.now,
            review_on=kept.review_on if trial_runs else next_on,
        )
        .returning(Agreement.id)
    ).first()
    return closed is not None


def talk_about_agreement(viewer: Viewer, dyad_id: UUID) -> None:
    """The viewer would like to talk about the agreement; it is kept for the meeting."""
    agreement = _reply(viewer, dyad_id, ReviewReply.TALK)
    hooks.kept(viewer, dyad_id, str(_("Our agreement")), agreement.id)


def _reply(viewer: Viewer, dyad_id: UUID, reply: ReviewReply) -> Agreement:
    standing = standing_of(viewer, dyad_id)
    mine = "owner_reply" if standing.mine is Side.OWNER else "worker_reply"
    agreement = standing.agreement
    if agreement is None or not standing.dyad.is_live:
        raise Conflict(MOVED_ON)
    said = db.session.execute(
        update(Agreement)
        .where(
            Agreement.id == agreement.id,
            Agreement.ended_at.is_(None),
            Agreement.review_why.is_not(None),
        )
        .values({mine: reply})
        .returning(Agreement.id)
    ).first()
    if said is None:
        raise Conflict(MOVED_ON)
    return agreement


def _ask(now: datetime, why: Why, which: ColumnElement[bool]) -> int:
    live = select(Dyad.id).where(IS_LIVE)
    asked = db.session.execute(
        update(Agreement)
        .where(
            which,
            Agreement.ended_at.is_(None),
            _may_be_asked(now),
            Agreement.dyad_id.in_(live),
        )
        .values(
            review_why=case((_trial_ends(now), _reason(Why.TRIAL_ENDS)), else_=_reason(why)),
            review_asked_at=now,
            owner_reply=None,
            worker_reply=None,
        )
        .returning(Agreement.id, Agreement.dyad_id)
    ).all()
    pairs = select(Dyad.id, Dyad.owner_id, Dyad.worker_id).where(
        Dyad.id.in_([row.dyad_id for row in asked])
    )
    people = {row.id: (row.owner_id, row.worker_id) for row in db.session.execute(pairs)}
    for row in asked:
        tell_review(row.id, people[row.dyad_id], now)
    return len(asked)


def _may_be_asked(now: datetime) -> ColumnElement[bool]:
    """Nothing is asked yet, or a trial has ended since."""
    is_new = and_(_trial_ends(now), Agreement.review_why != Why.TRIAL_ENDS)
    return or_(Agreement.review_why.is_(None), is_new)


def _trial_ends(now: datetime) -> ColumnElement[bool]:
    return and_(Agreement.try_until.is_not(None), Agreement.try_until <= now.date())


def _reason(why: Why) -> ColumnElement[Why]:
    return literal(why, Agreement.review_why.type)

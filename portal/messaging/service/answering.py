"""Answers of one press: the worker's to a bundle, the owner's to a message."""

from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

from sqlalchemy import func, or_, select, update

from portal.core.clock import at_local, local_day
from portal.core.clock.working import OFFICE_CLOSES
from portal.core.db import db
from portal.core.errors import Conflict, FieldError, NotAllowed
from portal.core.languages import _
from portal.messaging.models import Message, Thread
from portal.messaging.rules.states import ONE_PRESS_ANSWERS, REACTIONS
from portal.messaging.service.counters import refresh_waiting, waits_for_worker
from portal.messaging.service.keeping import keep_message
from portal.messaging.service.pair import Pair, writing_pair
from portal.messaging.service.prompting import plan_prompt
from portal.messaging.service.telling import owner_news, tell_owner_anew
from portal.messaging.shapes import Outcome
from portal.vault.viewer import Viewer

FURTHEST_DAYS = 60
SPOKEN_FOR = 50
DOUBLE_PRESS = timedelta(minutes=1)
GONE = _("That message is not there any more.")


def answer_in_one_press(
    viewer: Viewer, dyad_id: UUID, outcome: Outcome, *, by_on: date | None = None
) -> None:
    """Answer the whole open bundle with one press (Frictions 13, 14, 15 and 17). Workers only.

    ``FOR_MEETING`` also keeps every message of the bundle for the dyad's next meeting.
    ``ANSWERS_BY`` needs the day, which the owner sees. What the worker has promised to phone about
    stays promised while something newer is answered, until ``PHONED``. Raises Conflict when nothing
    is open.
    """
    pair = writing_pair(viewer, dyad_id)
    if pair.dyad.is_owner or outcome not in ONE_PRESS_ANSWERS:
        raise NotAllowed
    values: dict[str, object] = {"outcome": outcome, "outcome_at": viewer.now}
    due_at = _promised(viewer, pair, by_on) if outcome is Outcome.ANSWERS_BY else None
    if due_at is not None:
        values["due_at"] = due_at
    bundle = _pressed_for(_open_bundle(pair), outcome)
    if not bundle:
        _refuse_unless_just_said(dyad_id, outcome, viewer.now)
        return
    before = owner_news(dyad_id)
    db.session.execute(
        update(Message)
        .where(Message.id.in_([message.id for message in bundle]))
        .values(values)
        .execution_options(synchronize_session=False)
    )
    if outcome is Outcome.FOR_MEETING:
        for message in bundle:
            keep_message(viewer, pair, message)
    _note_news(dyad_id, outcome, due_at, viewer.now)
    refresh_waiting(dyad_id)
    plan_prompt(pair, after=viewer.now)
    tell_owner_anew(pair.dyad, before, now=viewer.now)


def react(viewer: Viewer, dyad_id: UUID, number: int, outcome: Outcome) -> None:
    """The owner's one tap on a worker's message: read it, cannot now, let's talk (Friction 9).

    It speaks for what came before it too, where nothing was said yet, and never for what they have
    not opened. "Let's talk" also keeps the message for the meeting. Nobody is told; it is there to
    be seen.
    """
    pair = writing_pair(viewer, dyad_id)
    if not pair.dyad.is_owner or outcome not in REACTIONS:
        raise NotAllowed
    message = workers_message(viewer, pair, number)
    db.session.execute(
        update(Message)
        .where(
            Message.dyad_id == dyad_id,
            Message.number.between(number - SPOKEN_FOR, number),
            Message.author_id == pair.dyad.worker_id,
            Message.undo_until <= viewer.now,
            Message.taken_back_at.is_(None),
            Message.outcome.is_(None) | (Message.id == message.id),
        )
        .values(outcome=outcome, outcome_at=viewer.now)
        .execution_options(synchronize_session=False)
    )
    if outcome is Outcome.LETS_TALK:
        keep_message(viewer, pair, message)


def keep_for_meeting(viewer: Viewer, dyad_id: UUID, number: int) -> None:
    """The owner keeps a message for the meeting (Frictions 7, 36).

    One that is late then waits there instead. Keeping twice changes nothing.
    """
    pair = writing_pair(viewer, dyad_id)
    if not pair.dyad.is_owner:
        raise NotAllowed
    message = _arrived(viewer, pair, number)
    keep_message(viewer, pair, message)
    is_late = message.due_at is not None and message.due_at <= viewer.now
    if message.author_id == viewer.person_id and is_late:
        db.session.execute(
            update(Message)
            .where(Message.id == message.id, waits_for_worker())
            .values(outcome=Outcome.FOR_MEETING, outcome_at=viewer.now)
            .execution_options(synchronize_session=False)
        )
        refresh_waiting(dyad_id)


def _refuse_unless_just_said(dyad_id: UUID, outcome: Outcome, now: datetime) -> None:
    """Of a double press the second finds nothing open; for any other that is a Conflict."""
    just_said = select(Thread.id).where(
        Thread.dyad_id == dyad_id, Thread.said == outcome, Thread.said_at > now - DOUBLE_PRESS
    )
    if db.session.scalar(just_said) is None:
        raise Conflict(_("Everything here has its answer already."))


def _open_bundle(pair: Pair) -> list[Message]:
    """What is opened and waits, oldest first."""
    rows = (
        select(Message)
        .where(Message.dyad_id == pair.dyad.id, waits_for_worker(), Message.opened_at.is_not(None))
        .order_by(Message.number)
        .execution_options(populate_existing=True)
    )
    return list(db.session.scalars(rows))


def _pressed_for(bundle: list[Message], outcome: Outcome) -> list[Message]:
    """Which of the open messages a press is about: those with a promised call, or the others."""
    promised = [message for message in bundle if message.outcome is Outcome.WILL_PHONE]
    others = [message for message in bundle if message.outcome is not Outcome.WILL_PHONE]
    if outcome is Outcome.PHONED:
        return promised or others
    if promised and not others and outcome is Outcome.ACKNOWLEDGED:
        raise Conflict(_("You said that you will phone. Once you have, press “We have talked”."))
    return others or promised


def workers_message(viewer: Viewer, pair: Pair, number: int) -> Message:
    """A message of the worker's that the owner has opened; Conflict when it is not there (now)."""
    message = _arrived(viewer, pair, number)
    if message.author_id == viewer.person_id:
        raise Conflict(GONE)
    return message


def _arrived(viewer: Viewer, pair: Pair, number: int) -> Message:
    """A message that is there for the owner to see: their own, or the worker's that they opened."""
    read_to = select(Thread.owner_read_to).where(Thread.dyad_id == pair.dyad.id)
    rows = select(Message).where(
        Message.dyad_id == pair.dyad.id,
        Message.number == number,
        Message.undo_until <= viewer.now,
        Message.taken_back_at.is_(None),
        or_(Message.author_id == viewer.person_id, Message.number <= read_to.scalar_subquery()),
    )
    found = db.session.scalar(rows.execution_options(populate_existing=True))
    if found is None:
        raise Conflict(GONE)
    return found


def _promised(viewer: Viewer, pair: Pair, by_on: date | None) -> datetime:
    """The end of the promised day in the worker's zone."""
    zone = pair.calendar.zone if pair.calendar else viewer.zone
    today = local_day(viewer.now, zone)
    if by_on is None or not 0 <= (by_on - today).days <= FURTHEST_DAYS:
        raise FieldError("by_on", _("Please choose a day from today on, within two months."))
    at = at_local(by_on, OFFICE_CLOSES, zone)
    return at if at > viewer.now else at_local(by_on, time(23, 59), zone).astimezone(UTC)


def _note_news(dyad_id: UUID, said: Outcome, due_at: datetime | None, now: datetime) -> None:
    """New since the first press that the owner has not seen; what is said is the newest one."""
    since = func.coalesce(Thread.outcome_news_at, now)
    db.session.execute(
        update(Thread)
        .where(Thread.dyad_id == dyad_id)
        .values(outcome_news_at=since, said=said, said_at=now, said_due_at=due_at)
        .execution_options(synchronize_session=False)
    )

"""A message's line was taken off the meeting's list: the message says so (decision 111)."""

from sqlalchemy import ColumnElement, func, select, update

from portal.core.db import db
from portal.meetings.hooks import TakenOff
from portal.meetings.shapes import KeptFrom
from portal.messaging.models import Message, Thread
from portal.messaging.service.counters import refresh_waiting
from portal.messaging.service.pair import Pair, pair_for
from portal.messaging.service.prompting import plan_prompt
from portal.messaging.shapes import Outcome
from portal.vault.viewer import Viewer

_LISTED = (Outcome.FOR_MEETING, Outcome.LETS_TALK)


def line_taken_off(viewer: Viewer, line: TakenOff) -> None:
    """Let the message a line came from be as it was before, or settled by its owner.

    Who takes off what they put there themselves takes their word back: the message is where it was
    before, and waits for the worker again where it did. What the worker had put there and the owner
    takes off is settled. An ended pair's messages stay as they are; a living one is held already.
    """
    if line.source is not KeptFrom.MESSAGE:
        return
    pair = pair_for(viewer, line.dyad_id)
    if not pair.may_write:
        return
    message = db.session.scalar(_LISTED_MESSAGE.where(Message.id == line.source_id))
    if message is None:
        return
    if message.opened_at is None or (line.is_own and message.outcome_at == line.kept_at):
        _take_word_back(viewer, pair, message)
    else:
        _set(Message.id == message.id, outcome=Outcome.OFF_LIST, outcome_at=viewer.now)


def _take_word_back(viewer: Viewer, pair: Pair, message: Message) -> None:
    if message.outcome is Outcome.LETS_TALK:  # one tap spoke for what came before it too
        said_at_once = Message.outcome_at == message.outcome_at
        same = said_at_once & (Message.dyad_id == pair.dyad.id)
        _set(same & (Message.outcome == message.outcome), outcome=None, outcome_at=None)
        return
    _set(Message.id == message.id, outcome=None, outcome_at=None)
    refresh_waiting(pair.dyad.id)
    plan_prompt(pair, after=viewer.now)
    if not pair.dyad.is_owner:
        _note_news(viewer, pair)


def _note_news(viewer: Viewer, pair: Pair) -> None:
    """The owner had read "let's talk": that it is not so any more is new to them."""
    since = func.coalesce(Thread.outcome_news_at, viewer.now)
    db.session.execute(
        update(Thread)
        .where(Thread.dyad_id == pair.dyad.id, Thread.said == Outcome.FOR_MEETING)
        .values(outcome_news_at=since, said=None, said_at=viewer.now, said_due_at=None)
        .execution_options(synchronize_session=False)
    )


def _set(which: ColumnElement[bool], **values: object) -> None:
    db.session.execute(
        update(Message).where(which).values(**values).execution_options(synchronize_session=False)
    )


_LISTED_MESSAGE = (
    select(Message).where(Message.outcome.in_(_LISTED)).execution_options(populate_existing=True)
)

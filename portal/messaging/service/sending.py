"""Sending: words, the knock, the agreed hello, and the fixed question about a message."""

from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, select, update

from portal.core.db import db
from portal.core.errors import FieldError, NotAllowed
from portal.core.languages import _
from portal.core.rows import write
from portal.messaging.models import Message
from portal.messaging.rules.states import UNDO_TIME
from portal.messaging.service.answering import workers_message
from portal.messaging.service.appending import append, wants_answer
from portal.messaging.service.counters import refresh_after_reply, waits_for_worker
from portal.messaging.service.keeping import keep_line
from portal.messaging.service.pair import Pair, due_for, sending_pair, writing_pair
from portal.messaging.service.prompting import next_look
from portal.messaging.service.telling import owner_news, tell_owner_anew
from portal.messaging.shapes import (
    MAIN_POINT_MAX,
    TEXT_MAX,
    Intent,
    Kind,
    NewMessage,
    Outcome,
    Outgoing,
)
from portal.vault.viewer import Viewer

ANSWERED_AT_MOST = 50


def send(viewer: Viewer, dyad_id: UUID, outgoing: Outgoing, *, once: str) -> int:
    """Send words to the other one; gives the message's number. The same press twice sends once.

    Words can be taken back for ten minutes and reach nobody before. A worker's words answer the
    whole open bundle (Friction 14); an owner's words answer what the worker wrote since.
    """
    pair = sending_pair(viewer, dyad_id)
    _check_words(outgoing)
    return _put(viewer, pair, outgoing, once=once)


def knock(viewer: Viewer, dyad_id: UUID, *, once: str) -> int:
    """One tap, no words: "I would like a first word from you" (Friction 1). Owners only.

    While a knock waits, another tap is the same knock.
    """
    pair = writing_pair(viewer, dyad_id)
    if not pair.dyad.is_owner:
        raise NotAllowed
    waiting = db.session.scalar(
        select(Message.number)
        .where(Message.dyad_id == dyad_id, Message.kind == Kind.KNOCK, waits_for_worker())
        .limit(1)
    )
    if waiting is not None:
        return waiting
    return _put(viewer, pair, Outgoing(kind=Kind.KNOCK), once=once)


def send_hello(viewer: Viewer, dyad_id: UUID, text: str, *, once: str) -> int:
    """The agreed hello, in the worker's own words; never sent by itself (Friction 5)."""
    pair = sending_pair(viewer, dyad_id)
    if pair.dyad.is_owner:
        raise NotAllowed
    outgoing = Outgoing(kind=Kind.HELLO, text=text)
    _check_words(outgoing)
    return _put(viewer, pair, outgoing, once=once)


def ask_meaning(viewer: Viewer, dyad_id: UUID, number: int, *, once: str) -> int:
    """Send the fixed, neutral question "How did you mean this?" about a message (Friction 16)."""
    pair = writing_pair(viewer, dyad_id)
    if not pair.dyad.is_owner:
        raise NotAllowed
    workers_message(viewer, pair, number)
    return _put(viewer, pair, Outgoing(kind=Kind.HOW_MEANT, about=number), once=once)


def _put(viewer: Viewer, pair: Pair, outgoing: Outgoing, *, once: str) -> int:
    arrives_at = viewer.now + UNDO_TIME
    is_due = pair.dyad.is_owner and wants_answer(outgoing)
    due_at = due_for(pair, arrives_at) if is_due else None
    look_at = next_look(pair, arrives_at) if pair.dyad.is_owner else None
    appended = append(viewer, pair, outgoing, once=once, due_at=due_at, look_at=look_at)
    message = appended.message
    if message is None:
        return appended.number
    if pair.dyad.is_owner:
        _settle_workers_words(pair, message)
        if outgoing.intent is Intent.MEETING:
            keep_line(viewer, pair, message.id, outgoing)
    else:
        before = owner_news(pair.dyad.id)
        _settle_bundle(pair, message)
        refresh_after_reply(message)
        tell_owner_anew(pair.dyad, before, now=viewer.now)
    return message.number


_messages: Any = Message.__table__
_ANSWERED = (
    update(_messages)
    .where(_messages.c.dyad_id == bindparam("of_dyad"))
    .values(
        outcome=Outcome.ANSWERED,
        outcome_at=bindparam("at"),
        promised=_messages.c.outcome,
        promised_at=_messages.c.outcome_at,
        answer_id=bindparam("reply"),
    )
)
_BUNDLE = _ANSWERED.where(waits_for_worker(), _messages.c.opened_at.is_not(None))
_WORKERS_WORDS = _ANSWERED.where(
    _messages.c.number >= bindparam("from_number"),
    _messages.c.author_id == bindparam("worker_id"),
    _messages.c.taken_back_at.is_(None),
    _messages.c.outcome.is_(None),
    _messages.c.undo_until <= bindparam("by_now"),
)


def _settle_bundle(pair: Pair, reply: NewMessage) -> None:
    """One answer closes all that was opened; it counts from when it can no longer go back.

    What was promised of it is kept beside the answer until then.
    """
    write(_BUNDLE, {"of_dyad": pair.dyad.id, "at": reply.undo_until, "reply": reply.id})


def _settle_workers_words(pair: Pair, reply: NewMessage) -> None:
    values = {
        "of_dyad": pair.dyad.id,
        "at": reply.undo_until,
        "reply": reply.id,
        "from_number": reply.number - ANSWERED_AT_MOST,
        "worker_id": pair.dyad.worker_id,
        "by_now": reply.made_at,
    }
    write(_WORKERS_WORDS, values)


def _check_words(outgoing: Outgoing) -> None:
    """Refuse only what is empty or far too long; the form comes back with every word."""
    if not outgoing.text.strip() and not outgoing.main_point.strip():
        raise FieldError("text", _("There are no words here yet. One word is enough."))
    if len(outgoing.text) > TEXT_MAX:
        raise FieldError(
            "text",
            _("This is more than one message can carry. Please send it in two. All is kept."),
        )
    if len(outgoing.main_point) > MAIN_POINT_MAX:
        raise FieldError(
            "main_point",
            _("The main point fits in 200 characters. The rest can stand below."),
        )

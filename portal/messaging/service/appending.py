"""Putting a message at the end of a thread: one number each, one link each, one press one message.

Words are sealed before anything is written, because on SQLite nobody else writes meanwhile. Then
the pair is held, the row goes in unless its number or its press is there, and the thread's end is
moved on condition that it still is the one the words were sealed for. If somebody was faster,
nothing stays, and the message is sealed anew for the next number.
"""

from dataclasses import dataclass
from datetime import datetime
from functools import cache
from hashlib import blake2b
from typing import Any, TypeAlias

from sqlalchemy import bindparam, delete, func, select, update
from sqlalchemy.exc import IntegrityError

from portal.core.db import db, insert_into
from portal.core.errors import Conflict
from portal.core.languages import _
from portal.core.row_ids import new_id
from portal.core.rows import first, read, write
from portal.dyads.service import dyad_key, hold, while_held
from portal.messaging.models import Message, Thread
from portal.messaging.rules.chain import digest_of, link_of
from portal.messaging.rules.states import UNDO_TIME, WANTS_ANSWER
from portal.messaging.service.counters import ADDED, added
from portal.messaging.service.pair import Pair
from portal.messaging.shapes import HeadBody, Kind, MessageBody, NewMessage, Outgoing
from portal.vault.viewer import Viewer

TRIES = 8

_threads: Any = Thread.__table__
_messages: Any = Message.__table__
_THREAD = select(Thread).where(Thread.dyad_id == bindparam("dyad_id"))
_LAST = select(func.max(Message.number)).where(Message.dyad_id == bindparam("dyad_id"))
_END = (
    select(
        _threads.c.id,
        _threads.c.owner_id,
        _threads.c.data_key_id,
        _threads.c.author_id,
        _threads.c.made_at,
        _threads.c.sealed,
        _threads.c.last_number,
        _messages.c.number.label("sent_number"),
        _messages.c.taken_back_at.label("sent_taken_back_at"),
    )
    .outerjoin_from(_threads, _messages, _messages.c.once == bindparam("once"))
    .where(_threads.c.dyad_id == bindparam("dyad_id"))
)
_MOVE = update(_threads).where(
    _threads.c.id == bindparam("thread_id"), _threads.c.sealed == bindparam("seen")
)
_MOVE_AND_ADD = _MOVE.values(ADDED)
_TAKE_OUT = delete(_messages).where(_messages.c.id == bindparam("message_id"))
_End: TypeAlias = Any


@dataclass(frozen=True, slots=True)
class Appended:
    """The message's number in the thread, and the new row; None for a press that came twice."""

    number: int
    message: NewMessage | None


def append(
    viewer: Viewer,
    pair: Pair,
    outgoing: Outgoing,
    *,
    once: str,
    due_at: datetime | None,
    look_at: datetime | None,
) -> Appended:
    """Add a message at the end of the dyad's thread, once for each press.

    The same words under the same press are the message that is there already. Other words under
    the same press (a page from the browser's memory, changed and sent again) are a new message.
    An owner's waits for the worker from then on; at ``look_at`` a job looks whether to tell.
    Raises Conflict when the pair has ended meanwhile.
    """
    once = once or new_id().hex
    once = f"{pair.dyad.id}|{viewer.person_id}|{once}"
    press = _press(once, outgoing)
    for attempt in range(TRIES):
        end = _end(viewer, pair, press)
        if end.sent_number is not None:
            if end.sent_taken_back_at is None:
                return Appended(end.sent_number, None)
            press = _press(f"{once}|{end.sent_number}", outgoing)
        body, after = _next(viewer, pair, outgoing, end, careful=attempt > 1)
        message = _message(viewer, pair, outgoing, body=body, press=press, due_at=due_at)
        if _put_in(viewer, pair, message, end, after, look_at=look_at):
            return Appended(message.number, message)
    raise Conflict(_("Too much was written here at the same moment. Your words are kept."))


def thread_row(viewer: Viewer, pair: Pair) -> Thread:
    """The dyad's thread as it stands now; made empty when it is not there yet."""
    thread = _fresh(pair)
    if thread is not None:
        return thread
    thread = Thread(
        id=new_id(),
        owner_id=pair.dyad.owner_id,
        dyad_id=pair.dyad.id,
        worker_id=pair.dyad.worker_id,
        last_number=0,
        owner_read_to=0,
    )
    viewer.box.seal(
        thread, HeadBody(number=0, link=b""), dyad_key(viewer, pair.dyad), now=viewer.now
    )
    try:
        with db.session.begin_nested():
            db.session.add(thread)
    except IntegrityError:  # the other one wrote the first message at the same moment
        return _fresh(pair) or thread
    return thread


def sealed_head(
    viewer: Viewer, pair: Pair, thread: Thread | _End, head: HeadBody
) -> dict[str, object]:
    """The columns of a thread's new end; the row itself is left alone."""
    key = dyad_key(viewer, pair.dyad)
    fields = viewer.box.sealed_fields(
        Thread, thread.id, thread.owner_id, head, key, author_id=thread.author_id
    )
    return {
        "sealed": fields.sealed,
        "data_key_id": fields.data_key_id,
        "changed_at": viewer.now,
    }


def _end(viewer: Viewer, pair: Pair, press: bytes) -> _End:
    """The thread's end, and beside it the message that this press has sent already (one query)."""
    wanted = {"dyad_id": pair.dyad.id, "once": press}
    found = first(_END, wanted)
    if found is None:
        thread_row(viewer, pair)
        (found,) = read(_END, wanted)
    return found


def _next(
    viewer: Viewer, pair: Pair, outgoing: Outgoing, end: _End, *, careful: bool
) -> tuple[MessageBody, HeadBody]:
    """The body that comes next, and the end of the thread after it."""
    head = viewer.box.open(end, HeadBody, table=Thread)
    newest = db.session.scalar(_LAST, {"dyad_id": pair.dyad.id}) or 0 if careful else 0
    body = _body(outgoing, number=max(end.last_number, head.number, newest) + 1, before=head.link)
    link = link_of(body, viewer.person_id)
    return body, HeadBody(number=body.number, link=link, taken_back=head.taken_back)


def _put_in(
    viewer: Viewer,
    pair: Pair,
    message: NewMessage,
    end: _End,
    after: HeadBody,
    *,
    look_at: datetime | None,
) -> bool:
    """Write the message and the thread's new end; False, with nothing left, if that has moved."""
    move = {"thread_id": end.id, "seen": end.sealed, "last_number": after.number}
    move |= sealed_head(viewer, pair, end, after)
    if pair.dyad.is_owner:
        move |= added(message, look_at=look_at)
    insert = _unless_there(db.session.get_bind().dialect.name)
    if not write(insert, message._asdict() | {"held_id": pair.dyad.id}):
        hold(pair.dyad.id)
        return False
    if write(_MOVE_AND_ADD if pair.dyad.is_owner else _MOVE, move):
        return True
    write(_TAKE_OUT, {"message_id": message.id})
    return False


_WRITTEN = tuple(_messages.c[name] for name in NewMessage._fields)


@cache
def _unless_there(_dialect: str) -> Any:
    """The INSERT that holds the pair, and does nothing when the number or the press is there."""
    row = while_held(*[bindparam(each.key, type_=each.type) for each in _WRITTEN])
    return insert_into(_messages).from_select(_WRITTEN, row).on_conflict_do_nothing()


def _message(
    viewer: Viewer,
    pair: Pair,
    outgoing: Outgoing,
    *,
    body: MessageBody,
    press: bytes,
    due_at: datetime | None,
) -> NewMessage:
    row_id, dyad, key = new_id(), pair.dyad, dyad_key(viewer, pair.dyad)
    fields = viewer.box.sealed_fields(Message, row_id, dyad.owner_id, body, key)
    return NewMessage(
        **fields._asdict(),
        made_at=viewer.now,
        changed_at=viewer.now,
        dyad_id=dyad.id,
        number=body.number,
        kind=outgoing.kind,
        once=press,
        undo_until=viewer.now + UNDO_TIME,
        is_answer_wanted=wants_answer(outgoing),
        due_at=due_at,
    )


def wants_answer(outgoing: Outgoing) -> bool:
    """Whether the words ask for an answer. A knock and a question always do."""
    return outgoing.kind in (Kind.KNOCK, Kind.HOW_MEANT) or WANTS_ANSWER[outgoing.intent]


def _body(outgoing: Outgoing, *, number: int, before: bytes) -> MessageBody:
    return MessageBody(
        number=number,
        before=before,
        intent=outgoing.intent,
        main_point=outgoing.main_point,
        text=outgoing.text,
        depth=outgoing.depth,
        about=outgoing.about,
    )


def _press(once: str, outgoing: Outgoing) -> bytes:
    """The fingerprint of a press and its words; ``once`` holds a random part kept nowhere else."""
    words = digest_of(_body(outgoing, number=0, before=b""))
    return blake2b(once.encode() + words + outgoing.kind.value.encode(), digest_size=16).digest()


def _fresh(pair: Pair) -> Thread | None:
    wanted = {"dyad_id": pair.dyad.id}
    return db.session.scalar(_THREAD, wanted, execution_options={"populate_existing": True})

"""Putting a message at the end of a thread: one number each, one link each, one press one message.

Words are sealed before anything is written, and the write is a few rows in one savepoint: the
thread's counter is claimed on condition that nobody was faster, else the message is sealed anew
for the next number.
"""

from dataclasses import dataclass
from datetime import datetime
from hashlib import blake2b

from sqlalchemy import bindparam, func, select, update
from sqlalchemy.exc import IntegrityError

from portal.core.db import db, new_id
from portal.core.errors import Conflict
from portal.core.languages import _
from portal.dyads.service import dyad_key
from portal.messaging.models import Message, Thread
from portal.messaging.rules.chain import digest_of, link_of
from portal.messaging.rules.states import UNDO_TIME, WANTS_ANSWER
from portal.messaging.service.pair import Pair
from portal.messaging.shapes import HeadBody, Kind, MessageBody, Outgoing
from portal.vault.viewer import Viewer

TRIES = 8

_THREAD = select(Thread).where(Thread.dyad_id == bindparam("dyad_id"))
_SENT_BEFORE = select(Message).where(Message.once == bindparam("once"))
_LAST = select(func.max(Message.number)).where(Message.dyad_id == bindparam("dyad_id"))


@dataclass(frozen=True, slots=True)
class Appended:
    """The message that stands in the thread; ``is_new`` is False for a press that came twice."""

    message: Message
    is_new: bool


def append(
    viewer: Viewer, pair: Pair, outgoing: Outgoing, *, once: str, due_at: datetime | None
) -> Appended:
    """Add a message at the end of the dyad's thread, once for each press.

    The same words under the same press are the message that is there already. Other words under
    the same press (a page from the browser's memory, changed and sent again) are a new message.
    """
    once = once or new_id().hex
    once = f"{pair.dyad.id}|{viewer.person_id}|{once}"
    press = _press(once, outgoing)
    for attempt in range(TRIES):
        found = _sent_before(press)
        if found is not None and found.taken_back_at is None:
            return Appended(found, is_new=False)
        press = press if found is None else _press(f"{once}|{found.number}", outgoing)
        message = _try(viewer, pair, outgoing, press=press, due_at=due_at, careful=attempt > 0)
        if message is not None:
            return Appended(message, is_new=True)
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


def sealed_head(viewer: Viewer, pair: Pair, thread: Thread, head: HeadBody) -> dict[str, object]:
    """The columns of a thread's new end; the row itself is left alone."""
    beside = Thread(
        id=thread.id,
        owner_id=thread.owner_id,
        author_id=thread.author_id,
        made_at=thread.made_at,
    )
    viewer.box.seal(beside, head, dyad_key(viewer, pair.dyad), now=viewer.now)
    return {
        "sealed": beside.sealed,
        "data_key_id": beside.data_key_id,
        "changed_at": beside.changed_at,
    }


def _try(
    viewer: Viewer,
    pair: Pair,
    outgoing: Outgoing,
    *,
    press: bytes,
    due_at: datetime | None,
    careful: bool,
) -> Message | None:
    thread = thread_row(viewer, pair)
    head = viewer.box.open(thread, HeadBody)
    seen = thread.last_number
    newest = db.session.scalar(_LAST, {"dyad_id": pair.dyad.id}) or 0 if careful else 0
    body = _body(outgoing, number=max(seen, head.number, newest) + 1, before=head.link)
    message = _message(viewer, pair, outgoing, body=body, press=press, due_at=due_at)
    end = HeadBody(
        number=body.number, link=link_of(body, viewer.person_id), taken_back=head.taken_back
    )
    claim = (
        update(Thread)
        .where(Thread.id == thread.id, Thread.last_number == seen)
        .values(last_number=body.number, **sealed_head(viewer, pair, thread, end))
        .execution_options(synchronize_session=False)
    )
    try:
        with db.session.begin_nested():
            if db.session.execute(claim).rowcount != 1:  # type: ignore[attr-defined]  # an UPDATE has a rowcount
                return None
            db.session.add(message)
            db.session.flush()
    except IntegrityError:
        return None
    return message


def _message(
    viewer: Viewer,
    pair: Pair,
    outgoing: Outgoing,
    *,
    body: MessageBody,
    press: bytes,
    due_at: datetime | None,
) -> Message:
    message = Message(
        id=new_id(),
        owner_id=pair.dyad.owner_id,
        dyad_id=pair.dyad.id,
        number=body.number,
        kind=outgoing.kind,
        once=press,
        undo_until=viewer.now + UNDO_TIME,
        is_answer_wanted=wants_answer(outgoing),
        due_at=due_at,
    )
    viewer.box.seal(message, body, dyad_key(viewer, pair.dyad), now=viewer.now)
    return message


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


def _sent_before(press: bytes) -> Message | None:
    wanted = {"once": press}
    return db.session.scalar(_SENT_BEFORE, wanted, execution_options={"populate_existing": True})

"""The ten minutes in which an author can take a message back, or let it go at once."""

from uuid import UUID

from sqlalchemy import bindparam, select, update

from portal.core.db import db
from portal.core.errors import Conflict, NotVisible
from portal.core.languages import _
from portal.drafts.service import draft_words, keep_draft
from portal.dyads.service import dyad_key
from portal.messaging.models import Message, Thread
from portal.messaging.rules.chain import without_words
from portal.messaging.service.appending import TRIES, sealed_head, thread_row
from portal.messaging.service.counters import refresh_news, refresh_waiting, refresh_worker_wrote
from portal.messaging.service.keeping import drop_line
from portal.messaging.service.pair import Pair, due_for, writing_pair
from portal.messaging.service.prompting import plan_prompt
from portal.messaging.service.telling import owner_news, tell_owner_anew
from portal.messaging.shapes import HeadBody, MessageBody
from portal.vault.viewer import Viewer

_MINE = select(Message).where(
    Message.dyad_id == bindparam("dyad_id"),
    Message.number == bindparam("number"),
    Message.author_id == bindparam("author_id"),
)


def draft_place(dyad_id: UUID) -> str:
    """Where the words to the other one are kept while they are written."""
    return f"message:{dyad_id}"


def take_back(viewer: Viewer, dyad_id: UUID, number: int) -> None:
    """Take the viewer's own message back within ten minutes; its words return to the draft.

    What was being written since stays, above the returned words. The message's number and its
    place in the chain remain. Raises Conflict once the ten minutes are over.
    """
    pair = writing_pair(viewer, dyad_id)
    message = _mine(viewer, pair, number)
    if message.taken_back_at is not None:
        return
    body = viewer.box.open(message, MessageBody)
    _bury(viewer, pair, message, body)
    _name_in_head(viewer, pair, number)
    _unsettle(message.id)
    if body.text or body.main_point:
        _return_to_draft(viewer, dyad_id, body)
    _refresh(viewer, pair)
    drop_line(viewer, pair, message.id)


def let_go(viewer: Viewer, dyad_id: UUID, number: int) -> None:
    """End the ten minutes now: the words are with the other one. Twice is the same as once.

    A worker's words arrive in the order in which they were written, because of the owner it is
    only kept how far they have read. Conflict while earlier ones can still be taken back.
    """
    pair = writing_pair(viewer, dyad_id)
    message = _mine(viewer, pair, number)
    if not pair.dyad.is_owner:
        _require_turn(viewer, pair, number)
    values: dict[str, object] = {"undo_until": viewer.now}
    if pair.dyad.is_owner and message.is_answer_wanted:
        values["due_at"] = due_for(pair, viewer.now)
    released = db.session.execute(
        update(Message)
        .where(
            Message.id == message.id,
            Message.taken_back_at.is_(None),
            Message.undo_until > viewer.now,
        )
        .values(values)
        .execution_options(synchronize_session=False)
    )
    if released.rowcount != 1:  # type: ignore[attr-defined]  # an UPDATE has a rowcount
        return
    db.session.execute(
        update(Message)
        .where(Message.answer_id == message.id)
        .values(outcome_at=viewer.now)
        .execution_options(synchronize_session=False)
    )
    _refresh(viewer, pair)


def _require_turn(viewer: Viewer, pair: Pair, number: int) -> None:
    earlier = select(Message.id).where(
        Message.dyad_id == pair.dyad.id,
        Message.number < number,
        Message.author_id == viewer.person_id,
        Message.undo_until > viewer.now,
        Message.taken_back_at.is_(None),
    )
    if db.session.scalar(earlier.limit(1)) is not None:
        raise Conflict(_("You can still take back what you wrote before. Please send that first."))


def _mine(viewer: Viewer, pair: Pair, number: int) -> Message:
    wanted: dict[str, UUID | int] = {
        "dyad_id": pair.dyad.id,
        "number": number,
        "author_id": viewer.person_id,
    }
    found = db.session.scalar(_MINE, wanted, execution_options={"populate_existing": True})
    if found is None:
        raise NotVisible
    return found


def _bury(viewer: Viewer, pair: Pair, message: Message, body: MessageBody) -> None:
    """Seal the message anew without its words, on condition that there still is time."""
    fields = viewer.box.sealed_fields(
        Message,
        message.id,
        message.owner_id,
        without_words(body),
        dyad_key(viewer, pair.dyad),
        author_id=message.author_id,
    )
    buried = db.session.execute(
        update(Message)
        .where(
            Message.id == message.id,
            Message.undo_until > viewer.now,
            Message.taken_back_at.is_(None),
        )
        .values(
            taken_back_at=viewer.now,
            sealed=fields.sealed,
            data_key_id=fields.data_key_id,
            changed_at=viewer.now,
        )
        .execution_options(synchronize_session=False)
    )
    if buried.rowcount != 1:  # type: ignore[attr-defined]  # an UPDATE has a rowcount
        raise Conflict(_("The ten minutes are over, so it could not be taken back."))


def _name_in_head(viewer: Viewer, pair: Pair, number: int) -> None:
    """Write into the sealed end of the thread that these words were taken back."""
    for _attempt in range(TRIES):
        thread = thread_row(viewer, pair)
        head = viewer.box.open(thread, HeadBody)
        end = HeadBody(number=head.number, link=head.link, taken_back=(*head.taken_back, number))
        named = db.session.execute(
            update(Thread)
            .where(Thread.id == thread.id, Thread.sealed == thread.sealed)
            .values(**sealed_head(viewer, pair, thread, end))
            .execution_options(synchronize_session=False)
        )
        if named.rowcount == 1:  # type: ignore[attr-defined]  # an UPDATE has a rowcount
            return
    raise Conflict(_("Something else was written at the same moment. Please try once more."))


def _unsettle(reply_id: UUID) -> None:
    """What this reply had answered stands again as it did before."""
    db.session.execute(
        update(Message)
        .where(Message.answer_id == reply_id)
        .values(
            outcome=Message.promised,
            outcome_at=Message.promised_at,
            promised=None,
            promised_at=None,
            answer_id=None,
        )
        .execution_options(synchronize_session=False)
    )


def _return_to_draft(viewer: Viewer, dyad_id: UUID, body: MessageBody) -> None:
    place = draft_place(dyad_id)
    now_there = draft_words(viewer, place) or {}
    text = _joined(now_there.get("text", []), body.text, "\n\n")
    point = _joined(now_there.get("main_point", []), body.main_point, " ")
    intent = [body.intent.value] if body.intent else now_there.get("intent", [])
    keep_draft(
        viewer, place, {**now_there, "text": [text], "main_point": [point], "intent": intent}
    )


def _joined(there: list[str], returned: str, between: str) -> str:
    return between.join(each for each in (*there, returned) if each)


def _refresh(viewer: Viewer, pair: Pair) -> None:
    before = owner_news(pair.dyad.id)
    refresh_waiting(pair.dyad.id)
    plan_prompt(pair, after=viewer.now)
    if pair.dyad.is_owner:
        return
    refresh_worker_wrote(pair.dyad.id)
    refresh_news(pair.dyad.id)
    tell_owner_anew(pair.dyad, before, now=viewer.now)

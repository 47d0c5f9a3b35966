"""A long past: many thousands of real messages, sealed one by one, written in big batches.

Each row is what the portal's own verb would have written and its worker settled long ago: sealed by
the box under the pair's key, numbered, linked to the one before. Only the writing is in bulk, a
transaction for two thousand, so that a thread of millions can be grown and then looked at.
"""

from datetime import UTC, datetime, timedelta
from hashlib import blake2b
from typing import Any

import msgspec
from sqlalchemy import insert, select, update

from bench.town import BODY, Town
from portal.core.db import db
from portal.core.row_ids import new_id
from portal.dyads.service import dyad_key
from portal.messaging.models import Message, Thread
from portal.messaging.rules.chain import link_of
from portal.messaging.rules.states import UNDO_TIME
from portal.messaging.service.appending import sealed_head, thread_row
from portal.messaging.service.pair import Pair, writing_pair
from portal.messaging.shapes import HeadBody, Intent, Kind, MessageBody, Outcome
from portal.vault.envelope import pad
from portal.vault.keyring import KeyHandle
from portal.vault.viewer import Viewer

BATCH = 2000
LETTERS = 540
_messages: Any = Message.__table__


def grow(town: Town, count: int) -> None:
    """Put so many settled messages at the end of the pair's thread."""
    for first in range(0, count, BATCH):
        with town.owner.at(datetime.now(UTC) - timedelta(minutes=30)) as viewer:
            _write(viewer, writing_pair(viewer, town.dyad_id), min(BATCH, count - first))


def padding_of_one(town: Town) -> int:
    """How many bytes sealing adds to the body of one such message, so that lengths tell less."""
    with town.owner.at(datetime.now(UTC)) as viewer:
        dyad_key(viewer, writing_pair(viewer, town.dyad_id).dyad)
        newest = select(Message).where(Message.dyad_id == town.dyad_id)
        row = db.session.scalars(newest.order_by(Message.number.desc()).limit(1)).one()
        body = msgspec.msgpack.encode(viewer.box.open(row, MessageBody))
    return len(pad(body)) - len(body)


def _write(viewer: Viewer, pair: Pair, count: int) -> None:
    thread, key = thread_row(viewer, pair), dyad_key(viewer, pair.dyad)
    head = viewer.box.open(thread, HeadBody)
    rows = []
    for number in range(head.number + 1, head.number + 1 + count):
        body = MessageBody(
            number=number, before=head.link, intent=Intent.TELLING, text=BODY[:LETTERS]
        )
        rows.append(_row(viewer, pair, body, key))
        head = HeadBody(number=number, link=link_of(body, viewer.person_id))
    db.session.execute(insert(_messages), rows)
    end = sealed_head(viewer, pair, thread, head)
    moved = update(Thread).where(Thread.id == thread.id)
    db.session.execute(moved.values(last_number=head.number, **end))


def _row(viewer: Viewer, pair: Pair, body: MessageBody, key: KeyHandle) -> dict[str, Any]:
    now, row_id = viewer.now, new_id()
    message = Message(id=row_id, owner_id=pair.dyad.owner_id)
    viewer.box.seal(message, body, key, now=now)
    sealed = ("id", "owner_id", "data_key_id", "author_id", "made_at", "changed_at", "sealed")
    return {name: getattr(message, name) for name in sealed} | {
        "dyad_id": pair.dyad.id,
        "number": body.number,
        "kind": Kind.WORDS,
        "once": blake2b(row_id.bytes, digest_size=16).digest(),
        "undo_until": now + UNDO_TIME,
        "opened_at": now + UNDO_TIME,
        "is_answer_wanted": False,
        "due_at": now + timedelta(days=2),
        "outcome": Outcome.ACKNOWLEDGED,
        "outcome_at": now + timedelta(hours=1),
    }

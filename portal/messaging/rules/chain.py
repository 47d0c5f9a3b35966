"""The chain of a thread: every message carries its number and the link of the one before.

So a thread that was rolled back, or lost a message at its end or in its middle, does not fit
together any more, and the reader is told (``security``, check 6).
"""

from collections.abc import Sequence
from hashlib import blake2b
from uuid import UUID

import msgspec

from portal.messaging.shapes import HeadBody, MessageBody, Trouble

_encode = msgspec.msgpack.Encoder().encode


def digest_of(body: MessageBody) -> bytes:
    """The fingerprint of a message's words: kept in their place when they are taken back."""
    if body.digest:
        return body.digest
    words = (body.intent, body.main_point, body.text, body.depth, body.about)
    return blake2b(_encode(words), digest_size=32).digest()


def link_of(body: MessageBody, author_id: UUID) -> bytes:
    """What the next message must carry as ``before``."""
    head = body.number.to_bytes(8, "big") + author_id.bytes + body.before
    return blake2b(head + digest_of(body), digest_size=32).digest()


def without_words(body: MessageBody) -> MessageBody:
    """What stays of a message that was taken back: its number and its place in the chain."""
    return MessageBody(number=body.number, before=body.before, digest=digest_of(body))


def trouble_in(
    rows: Sequence[tuple[int, UUID, MessageBody]],
    head: HeadBody,
    *,
    last: int,
    reaches_start: bool,
) -> Trouble | None:
    """Say what does not fit in a run of messages (number, author, body), oldest first.

    ``last`` is the number that the run must end with; at the end of the thread that is the sealed
    head's number, and then the last link must be the head's too. ``reaches_start`` says that
    nothing older was found, so the run must begin with number 1.
    """
    expected, link = (1 if reaches_start or not rows else rows[0][0]), b""
    for number, author_id, body in rows:
        if number != expected:
            return Trouble.GAP
        if body.number != number or _came_back(body, head) or _is_loose(body, link):
            return Trouble.CHANGED
        link, expected = link_of(body, author_id), number + 1
    if expected - 1 != last or (last == head.number and link != head.link):
        return Trouble.TAIL
    return None


def _is_loose(body: MessageBody, link: bytes) -> bool:
    """Whether it hangs on another message than the one before it in the run."""
    return body.before != link and (bool(link) or body.number == 1)


def _came_back(body: MessageBody, head: HeadBody) -> bool:
    return body.number in head.taken_back and not body.digest

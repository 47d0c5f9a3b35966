"""The messages of one page as they lie in the database, and whether they fit together.

Rows come as tuples of plain columns, not as entities: this page is the one that people load all
day, and the way over the object mapper costs more than opening every envelope.

The thread's end comes with what stands around the page, its messages with a second query, and
somebody may write between the two. So before a page says that something does not fit, both are read
once more, by one query, which no database lets anybody come into.
"""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import and_, bindparam, select

from portal.core.errors import NotVisible
from portal.core.rows import Several, read
from portal.messaging.models import Message, Thread
from portal.messaging.rules.chain import trouble_in
from portal.messaging.service.around import TOP, Around, Top
from portal.messaging.shapes import HeadBody, MessageBody, Trouble
from portal.vault.box import SealedFields
from portal.vault.viewer import Viewer

log = logging.getLogger(__name__)
PAGE = 50
NEWEST = 2**31 - 1
_UNREADABLE = MessageBody(number=0, before=b"")

Rows = Sequence[Any]


@dataclass(frozen=True, slots=True)
class Run:
    """The thread's own row, and messages with their opened bodies, oldest first.

    There is one more than fits the page when there are older ones.
    """

    top: Top | None
    rows: Rows
    bodies: Sequence[MessageBody]
    trouble: Trouble | None


def run_of(viewer: Viewer, found: Around, dyad_id: UUID, *, before: int) -> Run:
    """The newest messages, or those before a number (one query, or two when they do not fit).

    What does not fit together is in ``trouble``, and in the log with ids alone.
    """
    wanted = {"dyad_id": dyad_id, "before": before or NEWEST}
    rows = read(_PAGE, wanted)[::-1]
    run = _opened(viewer, found, found.top, rows, before=before)
    if run.trouble is None:
        return run
    together = [_TOGETHER.of(row) for row in read(_AT_ONCE, wanted)]
    if together:
        rows = [row.message for row in together if row.message.id is not None][::-1]
        run = _opened(viewer, found, Top(*together[0].top), rows, before=before)
    if run.trouble is not None:
        seen = {"dyad": dyad_id, "trouble": run.trouble, "before": before}
        log.error("a thread does not fit together", extra=seen)
    return run


def _opened(viewer: Viewer, found: Around, top: Top | None, rows: Rows, *, before: int) -> Run:
    owner_id = found.pair.dyad.owner_id
    opened = viewer.box.open_run(rows, MessageBody, table=Message, owner_id=owner_id)
    bodies = [body or _UNREADABLE for body in opened]
    trouble = _trouble(_head(viewer, owner_id, top), top, rows, bodies, before=before)
    return Run(top, rows, bodies, trouble)


def _trouble(
    head: HeadBody, top: Top | None, rows: Rows, bodies: Sequence[MessageBody], *, before: int
) -> Trouble | None:
    last = min(before - 1, head.number) if before else head.number
    run = [(row[NUMBER], row[AUTHOR], body) for row, body in zip(rows, bodies, strict=True)]
    trouble = trouble_in(run, head, last=last, reaches_start=len(rows) <= PAGE)
    if trouble is None and top is not None and top.last_number != head.number:
        return Trouble.TAIL
    return trouble


def _head(viewer: Viewer, owner_id: UUID, top: Top | None) -> HeadBody:
    """The sealed end of the thread; one that fits nothing when it does not open."""
    if top is None:
        return HeadBody(number=0, link=b"")
    fields = SealedFields(top.id, owner_id, top.data_key_id, top.author_id, top.sealed)
    try:
        return viewer.box.open(fields, HeadBody, table=Thread)
    except NotVisible:
        return HeadBody(number=-1, link=b"")


_M, _T = Message.__table__.c, Thread.__table__.c
_COLUMNS = (
    _M.id,
    _M.data_key_id,
    _M.author_id,
    _M.sealed,
    _M.number,
    _M.kind,
    _M.made_at,
    _M.undo_until,
    _M.taken_back_at,
    _M.opened_at,
    _M.is_answer_wanted,
    _M.due_at,
    _M.outcome,
    _M.outcome_at,
    _M.promised,
    _M.promised_at,
)
AUTHOR, NUMBER, FROM_NUMBER = 2, 4, slice(4, 16)
"""Where a row has its author and its number; and number, kind, moment, marks of a ``Delivery``."""

_DYAD_ID = bindparam("dyad_id", type_=_M.dyad_id.type)
_BEFORE = bindparam("before", type_=_M.number.type)
_PAGE = (
    select(*_COLUMNS)
    .where(_M.dyad_id == _DYAD_ID, _M.number < _BEFORE)
    .order_by(_M.number.desc())
    .limit(PAGE + 1)
)
_TOGETHER = Several(top=TOP, message=_COLUMNS)
_AT_ONCE = (
    select(*_TOGETHER.columns)
    .outerjoin_from(
        Thread.__table__,
        Message.__table__,
        and_(_M.dyad_id == _T.dyad_id, _M.number < _BEFORE),
    )
    .where(_T.dyad_id == _DYAD_ID)
    .order_by(_M.number.desc())
    .limit(PAGE + 1)
)

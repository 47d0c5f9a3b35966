"""A worker asks for a page, once; the owner makes one, or says not now without a reason.

Nobody is told by mail, and nothing is said twice: it stands on both people's pages (decision 110).
"""

from uuid import UUID

from portal.core.db import db
from portal.core.errors import NotAllowed
from portal.dyads.service import dyad_for, dyad_key, hold
from portal.dyads.shapes import DyadCard
from portal.meetings.service import last_met_at
from portal.record import rules
from portal.record.models import RecordAsk
from portal.record.shapes import Ask, Asking, Reply
from portal.vault.viewer import Viewer


def ask(viewer: Viewer, dyad_id: UUID) -> None:
    """The worker of a pair asks for a page; changes nothing while it waits or was put off."""
    dyad = dyad_for(viewer, dyad_id)
    if dyad.is_owner:
        raise NotAllowed
    dyad_key(viewer, dyad)
    hold(dyad_id)
    row = db.session.get(RecordAsk, dyad_id)
    if not may_ask_now(viewer, dyad, ask_in(row)):
        return
    if row is None:
        db.session.add(RecordAsk(dyad_id=dyad_id, asked_at=viewer.now))
    else:
        row.asked_at, row.reply, row.replied_at = viewer.now, None, None
    db.session.flush()


def answer_not_now(viewer: Viewer, dyad_id: UUID) -> None:
    """The owner says not now to a worker's asking; a second press changes nothing."""
    dyad = dyad_for(viewer, dyad_id)
    if not dyad.is_owner:
        raise NotAllowed
    hold(dyad_id)
    row = db.session.get(RecordAsk, dyad_id)
    if row is not None and row.reply is None:
        row.reply, row.replied_at = Reply.NOT_NOW, viewer.now


def ask_in(row: RecordAsk | None) -> Ask:
    """How the asking stands, out of its row."""
    return rules.asking(row.asked_at, row.reply, row.replied_at) if row else Ask()


def may_ask_now(viewer: Viewer, dyad: DyadCard, now_stands: Ask) -> bool:
    """Whether the worker can ask; one query, only after a "not now"."""
    if dyad.is_owner or not dyad.may_write:
        return False
    was_put_off = now_stands.standing is Asking.NOT_NOW
    met_at = last_met_at(dyad.id, viewer.now) if was_put_off else None
    return rules.may_ask(now_stands, met_at)

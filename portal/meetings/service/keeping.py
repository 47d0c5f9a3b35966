"""Keeping things for the meeting, in the owner's order. Only what was kept is on the list."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import func, select

from portal.core.db import db
from portal.core.errors import NotAllowed, NotVisible
from portal.core.row_ids import new_id
from portal.core.sheet import Sheet
from portal.dyads.service import dyad_for, dyad_key, hold, in_dyad
from portal.dyads.shapes import DyadCard
from portal.meetings import hooks, rules
from portal.meetings.hooks import TakenOff
from portal.meetings.models import Kept
from portal.meetings.service.coming import kept_rows, last_met_at
from portal.meetings.shapes import KeptBody, KeptCopy, KeptFrom
from portal.vault.presses import id_of_press
from portal.vault.viewer import Viewer


def keep(
    viewer: Viewer,
    dyad_id: UUID,
    *,
    line: str,
    source: KeptFrom = KeptFrom.OWN,
    source_id: UUID | None = None,
    sheet: Sheet | None = None,
) -> UUID:
    """Keep a line for the pair's next meeting; both will see it. Gives the kept thing's id.

    ``sheet`` is a copy as of now, which both can open from the list.

    Keeping the same source twice for one meeting changes nothing. Medicines stand last, unless
    the owner has moved them: a talk easily slides to them.
    """
    dyad = dyad_for(viewer, dyad_id)
    key = dyad_key(viewer, dyad)
    hold(dyad_id)
    here = kept_rows(dyad_id, last_met_at(dyad_id, viewer.now))
    same = next((row for row in here if source_id and row.source_id == source_id), None)
    if same is not None:
        return same.id
    row = Kept(
        id=new_id(),
        owner_id=dyad.owner_id,
        dyad_id=dyad_id,
        source=source,
        source_id=source_id,
        kept_at=viewer.now,
        position=_last_position(dyad_id) + 1,
    )
    if source is not KeptFrom.MEDICINES:
        _let_medicines_follow(here, row)
    viewer.box.seal(row, KeptBody(line, sheet), key, now=viewer.now)
    db.session.add(row)
    db.session.flush()
    return row.id


def keep_own_line(viewer: Viewer, dyad_id: UUID, line: str, *, once: str | None) -> None:
    """Keep a line of the viewer's own; the same press twice keeps one."""
    keep(viewer, dyad_id, line=line, source_id=id_of_press(viewer, once))


def keep_difference(viewer: Viewer, dyad_id: UUID, line: str, source_id: UUID) -> None:
    """Keep a difference in the agreement; the agreement says which (``agreements.hooks``)."""
    keep(viewer, dyad_id, line=line, source=KeptFrom.AGREEMENT, source_id=source_id)


def drop_difference(viewer: Viewer, dyad_id: UUID, source_id: UUID) -> None:
    """The two settled a difference before they met: its line goes, whoever had kept it."""
    for row in kept_rows(dyad_id, last_met_at(dyad_id, viewer.now)):
        if (row.source, row.source_id) == (KeptFrom.AGREEMENT, source_id):
            db.session.delete(row)


def drop_line(viewer: Viewer, dyad_id: UUID, source_id: UUID) -> bool:
    """Take what came from a source off the list for the next meeting; True when it stood there."""
    rows = kept_rows(dyad_id, last_met_at(dyad_id, viewer.now))
    found = [row.id for row in rows if row.source_id == source_id]
    for kept_id in found:
        take_off(viewer, kept_id)
    return bool(found)


def copy_for(viewer: Viewer, kept_id: UUID) -> KeptCopy:
    """The dated copy behind a line of the list, for both of the pair; NotVisible without one."""
    row = db.session.scalar(in_dyad(Kept, viewer).where(Kept.id == kept_id))
    if row is None:
        raise NotVisible
    dyad = dyad_for(viewer, row.dyad_id)
    body = viewer.box.open(row, KeptBody)
    if body.sheet is None:
        raise NotVisible
    return KeptCopy(dyad, body.line, body.sheet, row.author_id == viewer.person_id)


def take_off(viewer: Viewer, kept_id: UUID) -> UUID:
    """Take a thing off the list; its author and the owner may. Gives the pair's id."""
    row, dyad = _kept_for(viewer, kept_id)
    _hold_living(dyad)
    db.session.delete(row)
    is_own = row.author_id == viewer.person_id
    hooks.taken_off(viewer, TakenOff(dyad.id, row.source, row.source_id, row.kept_at, is_own))
    return dyad.id


def move_kept(viewer: Viewer, kept_id: UUID, *, up: bool) -> UUID:
    """Move a thing one step in the owner's order; only the owner may. Gives the pair's id."""
    row, dyad = _kept_for(viewer, kept_id)
    if not dyad.is_owner:
        raise NotAllowed
    _hold_living(dyad)
    db.session.expire(row)  # it may stand elsewhere by now
    rows = {each.id: each for each in kept_rows(dyad.id, last_met_at(dyad.id, viewer.now))}
    if kept_id in rows:
        order = rules.swapped(list(rows), kept_id, up=up)
        for place, each_id in enumerate(order, start=1):
            rows[each_id].position = place
    return dyad.id


def _hold_living(dyad: DyadCard) -> None:
    """Two who change a list at one moment come one after the other; an ended pair's needs none."""
    if dyad.is_live:
        hold(dyad.id)


def _kept_for(viewer: Viewer, kept_id: UUID) -> tuple[Kept, DyadCard]:
    row = db.session.scalar(in_dyad(Kept, viewer).where(Kept.id == kept_id))
    if row is None:
        raise NotVisible
    dyad = dyad_for(viewer, row.dyad_id)
    if not dyad.is_owner and row.author_id != viewer.person_id:
        raise NotAllowed
    return row, dyad


def _let_medicines_follow(here: Sequence[Kept], new: Kept) -> None:
    """A new thing goes before the medicines at the end of the list."""
    for row in reversed(here):
        if row.source is not KeptFrom.MEDICINES:
            return
        row.position, new.position = new.position, row.position


def _last_position(dyad_id: UUID) -> int:
    highest = select(func.max(Kept.position)).where(Kept.dyad_id == dyad_id)
    return db.session.scalar(highest) or 0

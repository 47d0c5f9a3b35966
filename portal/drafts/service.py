"""Keep what was typed, give it back, and drop it once it is sent."""

import hmac
import logging
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import CompoundSelect, String, bindparam, delete, null, select, union_all
from sqlalchemy.exc import IntegrityError

from portal.core.db import RowId, db, insert_into
from portal.core.errors import NotVisible
from portal.core.row_ids import new_id
from portal.core.rows import first, read, write
from portal.drafts.models import Draft, LateDraft
from portal.drafts.shapes import DraftBody, Fields
from portal.vault.canonical import canonical
from portal.vault.envelope import DoesNotOpen
from portal.vault.identity import checked_identity
from portal.vault.keys import seal_to
from portal.vault.models import Audience, Part
from portal.vault.server_seal import server_mac
from portal.vault.viewer import Viewer

log = logging.getLogger(__name__)
_PURPOSE = b"late draft"


def keep_draft(viewer: Viewer, place: str, fields: Fields) -> None:
    """Keep the words of one form under the viewer's own key; an earlier draft there is replaced."""
    row, body = _draft_row(viewer, place), DraftBody(fields, place)
    key = viewer.box.own_key(Part.DRAFTS, Audience.ONLY_ME, now=viewer.now)
    if row is None:
        row = Draft(id=new_id(), owner_id=viewer.person_id, place=place)
        viewer.box.seal(row, body, key, now=viewer.now)
        try:
            with db.session.begin_nested():
                db.session.add(row)
        except IntegrityError:  # another tab of the same person was a moment earlier
            keep_draft(viewer, place, fields)
        return
    viewer.box.seal(row, body, key, now=viewer.now)


def keep_late(
    person_id: UUID, place: str, fields: Fields, now: datetime, *, may_replace: bool
) -> bool:
    """Keep words that came when nobody was signed in, sealed to their writer. True when kept.

    ``may_replace``: they take the place of what waits there. Otherwise that stays.
    """
    if not may_replace and _waits(person_id, place):
        return False
    body = msgspec.msgpack.encode(DraftBody(fields))
    sealed = seal_to(checked_identity(person_id).opening_public, body)
    words = {"sealed": sealed, "made_at": now, "mac": _mac(person_id, place, sealed)}
    row = insert_into(_late).values(id=new_id(), person_id=person_id, place=place, **words)
    spot = (_late.c.person_id, _late.c.place)
    written = (
        row.on_conflict_do_update(index_elements=spot, set_=words)
        if may_replace
        else row.on_conflict_do_nothing(index_elements=spot)
    )
    counted = written.execution_options(preserve_rowcount=True)
    return db.session.connection().execute(counted).rowcount > 0


def draft_words(viewer: Viewer, place: str) -> Fields | None:
    """What the viewer typed at a place and did not send, or None; the later of both kinds.

    A draft that does not open is passed over; the log has its id.
    """
    rows = read(_WORDS_AT, {"person_id": viewer.person_id, "place": place})
    opened = [_open(viewer, place, row) for row in rows]
    found = [each for each in opened if each is not None]
    return max(found, key=lambda each: each[0])[1] if found else None


def drop_draft(viewer: Viewer, place: str) -> None:
    """The words are sent; nothing of them stays behind as a draft."""
    for statement in _DROP:
        write(statement, {"person_id": viewer.person_id, "place": place})


def _waits(person_id: UUID, place: str) -> bool:
    return first(_WORDS_AT, {"person_id": person_id, "place": place}) is not None


def _draft_row(viewer: Viewer, place: str) -> Draft | None:
    return db.session.scalar(
        select(Draft).where(Draft.owner_id == viewer.person_id, Draft.place == place)
    )


def _open(viewer: Viewer, place: str, row: Any) -> tuple[datetime, Fields] | None:
    if row.mac is None:
        try:
            draft = viewer.box.open(row, DraftBody, table=Draft)
        except NotVisible:  # the box has logged it; the page of the form must be there
            return None
        if draft.is_of(place):
            return row.at, draft.fields
        log.error("draft of another form", extra={"row": row.id})
        return None
    if not hmac.compare_digest(row.mac, _mac(row.owner_id, place, row.sealed)):
        log.error("late draft changed from outside", extra={"row": row.id})
        return None
    try:
        body = viewer.box.open_sealed(row.sealed)
    except DoesNotOpen:
        log.error("late draft does not open", extra={"row": row.id})  # ids only
        return None
    return row.at, msgspec.msgpack.decode(body, type=DraftBody).fields


def _mac(person_id: UUID, place: str, sealed: bytes) -> bytes:
    return server_mac(canonical(person_id, place, sealed), purpose=_PURPOSE)


def _words_at() -> CompoundSelect[Any]:
    """Both kinds in one query; of the two, only the late one has a tag."""
    draft, late = Draft.__table__.c, LateDraft.__table__.c
    person_id, place = bindparam("person_id", type_=RowId()), bindparam("place", type_=String())
    drafts = select(
        draft.id,
        draft.owner_id,
        draft.data_key_id,
        draft.author_id,
        draft.sealed,
        draft.changed_at.label("at"),
        null().label("mac"),
    ).where(draft.owner_id == person_id, draft.place == place)
    late_ones = select(
        late.id, late.person_id, null(), null(), late.sealed, late.made_at, late.mac
    ).where(late.person_id == person_id, late.place == place)
    return union_all(drafts, late_ones)


_WORDS_AT = _words_at()
_drafts: Any = Draft.__table__
_late: Any = LateDraft.__table__
_DROP = tuple(
    delete(table).where(writer == bindparam("person_id"), table.c.place == bindparam("place"))
    for table, writer in ((_drafts, _drafts.c.owner_id), (_late, _late.c.person_id))
)

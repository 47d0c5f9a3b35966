"""A worker's own phrases: hellos and answers in their own words, never sent by themselves.

Source: friction 5 of the product page (the worker's own phrases, two taps).
"""

from uuid import UUID

import msgspec
from sqlalchemy import select

from portal.core.db import db
from portal.core.errors import Conflict, FieldError, NotVisible
from portal.core.languages import _
from portal.core.row_ids import new_id
from portal.hours.models import PhraseRow
from portal.hours.shapes import Phrase, PhraseBody
from portal.vault.models import Audience, Part
from portal.vault.viewer import Viewer

MOST = 60


def phrases_of(viewer: Viewer, *, with_away: bool = False) -> list[Phrase]:
    """The viewer's phrases in the order they were written; those put away only if asked for."""
    rows = db.session.scalars(
        select(PhraseRow)
        .where(PhraseRow.owner_id == viewer.person_id)
        .order_by(PhraseRow.id)
        .limit(MOST)
    )
    phrases = viewer.box.each(rows, lambda row: _phrase(viewer, row))
    return [phrase for phrase in phrases if with_away or not phrase.is_away]


def add_phrase(viewer: Viewer, body: PhraseBody) -> None:
    """Keep a new phrase. The same words twice are kept once."""
    known = phrases_of(viewer, with_away=True)
    if any(phrase.text == body.text and not phrase.is_away for phrase in known):
        return
    if len(known) >= MOST:
        raise FieldError("text", _("You have 60 phrases. Delete one to make room."))
    row = PhraseRow(id=new_id(), owner_id=viewer.person_id)
    _seal(viewer, row, body)
    db.session.add(row)


def put_phrase_away(viewer: Viewer, phrase_id: UUID, *, is_away: bool) -> None:
    """Put a phrase away, or take it out again."""
    row = _own(viewer, phrase_id)
    body = viewer.box.open(row, PhraseBody)
    _seal(viewer, row, msgspec.structs.replace(body, is_away=is_away))


def delete_phrase(viewer: Viewer, phrase_id: UUID) -> None:
    """Delete a phrase that was put away, for good."""
    row = _own(viewer, phrase_id)
    if not viewer.box.open(row, PhraseBody).is_away:
        raise Conflict(_("Put it away first. Then you can delete it."))
    db.session.delete(row)
    db.session.flush()


def _own(viewer: Viewer, phrase_id: UUID) -> PhraseRow:
    row = db.session.get(PhraseRow, phrase_id)
    if row is None or row.owner_id != viewer.person_id:
        raise NotVisible
    return row


def _seal(viewer: Viewer, row: PhraseRow, body: PhraseBody) -> None:
    key = viewer.box.own_key(Part.PROFILE, Audience.ONLY_ME, now=viewer.now)
    viewer.box.seal(row, body, key, now=viewer.now)


def _phrase(viewer: Viewer, row: PhraseRow) -> Phrase:
    body = viewer.box.open(row, PhraseBody)
    return Phrase(row.id, body.text, body.is_away)

"""Searching: what the viewer may open is read once, within the session, the newest first."""

from collections.abc import Iterable
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import CompoundSelect, String, bindparam, cast, literal, null, select, union_all

from portal.access.finding import Findable
from portal.access.openings import note_opened
from portal.core.clock import local_day
from portal.core.db import db
from portal.core.errors import NotVisible
from portal.dyads.service import dyads_of
from portal.dyads.shapes import DyadCard
from portal.search.rules import line_around, texts_in
from portal.search.shapes import Found, Hit
from portal.vault.models import Part
from portal.vault.viewer import Viewer

FINDABLE: list[Findable] = []
"""Everything in which words lie; the factory fills this in."""

READS = 10_000
SHOWS = 50
_PARTS = tuple(part for part in Part if part is not Part.DYAD)


def search(viewer: Viewer, wanted: str) -> Found:
    """The newest places in which the viewer may read these words.

    Three queries; a worker's own keys take a fourth.
    """
    dyads = dyads_of(viewer, opening=_PARTS)
    viewer.box.prefetch(*((viewer.person_id, part) for part in _PARTS))
    today = local_day(viewer.now, viewer.zone)
    asked = {"viewer_id": viewer.person_id, "today": today, "most": READS}
    rows = db.session.execute(_statement(), asked).all()
    pairs = {dyad.owner_id: dyad for dyad in dyads if dyad.is_live and not dyad.is_owner}
    hits: list[Hit] = []
    for row in rows:
        hit = _hit(viewer, row, wanted, pairs)
        if hit is not None:
            hits.append(hit)
        if len(hits) > SHOWS:
            break
    return Found(tuple(hits[:SHOWS]), len(hits) > SHOWS, len(rows) == READS)


def _hit(viewer: Viewer, row: Any, wanted: str, pairs: dict[UUID, DyadCard]) -> Hit | None:
    kind = FINDABLE[row.kind]
    try:
        body = viewer.box.open(row, kind.body, table=kind.table)
    except NotVisible:
        return None  # a row that does not open is said in the log, and is not found
    if kind.within is not None:
        body = kind.within(row.id, body)
    texts = kind.words(body) if kind.words else texts_in(body, kind.silent)
    line = _first_line(texts, wanted)
    if line is None:
        return None
    pair = pairs.get(row.owner_id) if row.owner_id != viewer.person_id else None
    if pair is not None and kind.table.__part__ is not Part.DYAD:
        note_opened(viewer, row.owner_id, kind.table.__part__)
    place = (kind.of(body) if kind.of else None) or row.named or row.place
    path = kind.path(place, pair.id if pair else None)
    return Hit(kind.name, *line, path, row.changed_at, pair.owner_name if pair else "")


def _first_line(texts: Iterable[str], wanted: str) -> tuple[str, str, str] | None:
    found = (line_around(text, wanted) for text in texts)
    return next((line for line in found if line), None)


@cache
def _statement() -> Any:
    """Everything that the viewer may open, the last changed first; one statement."""
    whole: CompoundSelect[Any] = union_all(
        *(
            select(
                literal(number).label("kind"),
                kind.table.id,
                kind.table.owner_id,
                kind.table.data_key_id,
                kind.table.author_id,
                kind.table.changed_at,
                kind.table.sealed,
                kind.place.label("place"),
                cast(null() if kind.named is None else kind.named, String).label("named"),
            ).where(kind.visible)
            for number, kind in enumerate(FINDABLE)
        )
    )
    rows = whole.subquery()
    return select(rows).order_by(rows.c.changed_at.desc(), rows.c.id).limit(bindparam("most"))

"""Who opened what, in which hour: one line an hour, which only the owner reads."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import cast
from uuid import UUID

from sqlalchemy import Table, select

from portal.access.models import Opening
from portal.core.db import db, insert_into
from portal.core.guard import after_answer
from portal.core.row_ids import new_id
from portal.vault.models import Part
from portal.vault.viewer import Viewer

PAGE = 50
REMEMBERED = 10_000
_openings = cast("Table", Opening.__table__)

_seen: dict[tuple[UUID, UUID, Part], datetime] = {}
"""Hours whose line this process has found in the database, so that it need not look again."""


@dataclass(frozen=True)
class OpeningCard:
    """One line of the log: who, which part, in the hour from ``hour_at`` (UTC)."""

    id: UUID
    viewer_id: UUID
    part: Part
    hour_at: datetime


def note_opened(viewer: Viewer, owner_id: UUID, part: Part) -> None:
    """Note, after the answer, that the viewer opened somebody else's part."""
    if viewer.person_id != owner_id:
        person_id, hour = viewer.person_id, viewer.now.replace(minute=0, second=0, microsecond=0)
        if _seen.get((person_id, owner_id, part)) != hour:
            after_answer(lambda: write_opening(person_id, owner_id, part, hour))


def write_opening(viewer_id: UUID, owner_id: UUID, part: Part, hour_at: datetime) -> None:
    """Write the line for this hour, unless it is there; one statement."""
    line = {"owner_id": owner_id, "viewer_id": viewer_id, "part": part, "hour_at": hour_at}
    insert = insert_into(_openings).values(id=new_id(), **line).on_conflict_do_nothing()
    if db.session.connection().execute(insert).rowcount == 0:
        _remember((viewer_id, owner_id, part), hour_at)


def _remember(line: tuple[UUID, UUID, Part], hour_at: datetime) -> None:
    """Keep in mind that a line is there: only one that was found, never one just written."""
    if len(_seen) >= REMEMBERED:
        _seen.clear()
    _seen[line] = hour_at


def openings_of(viewer: Viewer, *, before: UUID | None = None) -> Sequence[OpeningCard]:
    """The viewer's own log, newest first, up to 50 lines older than ``before`` (a line's id)."""
    rows = select(Opening).where(Opening.owner_id == viewer.person_id)
    if before is not None:
        rows = rows.where(Opening.id < before)
    found = db.session.scalars(rows.order_by(Opening.id.desc()).limit(PAGE))
    return [OpeningCard(row.id, row.viewer_id, row.part, row.hour_at) for row in found]


def last_opened(viewer: Viewer, owner_id: UUID, part: Part) -> datetime | None:
    """The start of the last hour, before this one, in which the viewer opened an owner's part."""
    hour = viewer.now.replace(minute=0, second=0, microsecond=0)
    return db.session.scalar(
        select(Opening.hour_at)
        .where(
            Opening.owner_id == owner_id,
            Opening.hour_at < hour,
            Opening.viewer_id == viewer.person_id,
            Opening.part == part,
        )
        .order_by(Opening.hour_at.desc())
        .limit(1)
    )

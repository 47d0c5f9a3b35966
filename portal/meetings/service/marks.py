"""Saying of a thing that it is kept for a meeting already, and for which one."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from sqlalchemy import Select, func, select

from portal.core.db import db
from portal.meetings.models import Kept, Meeting
from portal.meetings.service.coming import is_for_next, moments
from portal.meetings.shapes import CopyMark, KeptBody, KeptFrom, KeptMark, MeetingState
from portal.vault.viewer import Viewer


def kept_marks(viewer: Viewer, dyad_ids: Collection[UUID], source_id: UUID) -> dict[UUID, KeptMark]:
    """For which of the viewer's pairs a thing is kept for the next meeting (at most one query).

    The pairs are those that the viewer's page has found already.
    """
    if not dyad_ids:
        return {}
    over_at = moments(viewer)["over_at"]
    rows = select(Kept.dyad_id, Kept.id, _meets_at(over_at).scalar_subquery()).where(
        Kept.dyad_id.in_(dyad_ids),
        Kept.source_id == source_id,
        is_for_next(Kept.dyad_id, over_at),
    )
    return {dyad_id: KeptMark(*mark) for dyad_id, *mark in db.session.execute(rows)}


def copy_marks(
    viewer: Viewer, dyad_ids: Collection[UUID], source: KeptFrom
) -> dict[UUID, CopyMark]:
    """For which of the viewer's pairs a dated copy is on the list: the newest (at most one query).

    What is kept without a copy comes from the same source; only its words tell them apart.
    """
    if not dyad_ids:
        return {}
    rows = db.session.scalars(
        select(Kept)
        .where(
            Kept.dyad_id.in_(dyad_ids),
            Kept.source == source,
            is_for_next(Kept.dyad_id, moments(viewer)["over_at"]),
        )
        .order_by(Kept.kept_at, Kept.id)
    ).all()
    copies = viewer.box.each(rows, lambda row: (row, viewer.box.open(row, KeptBody).sheet))
    return {row.dyad_id: CopyMark(row.id, row.kept_at) for row, sheet in copies if sheet}


def on_lists(
    viewer: Viewer, dyad_ids: Collection[UUID], source_ids: Collection[UUID]
) -> frozenset[tuple[UUID, UUID | None]]:
    """Which things (pair, source) stand on a list for a next meeting still (at most one query)."""
    if not dyad_ids or not source_ids:
        return frozenset()
    standing = select(Kept.dyad_id, Kept.source_id).where(
        Kept.dyad_id.in_(dyad_ids),
        Kept.source_id.in_(source_ids),
        is_for_next(Kept.dyad_id, moments(viewer)["over_at"]),
    )
    return frozenset((dyad_id, source_id) for dyad_id, source_id in db.session.execute(standing))


def _meets_at(over_at: Any) -> Select[Any]:
    """When the pair of a kept thing meets next, if the two have said yes to a time."""
    return select(func.min(Meeting.starts_at)).where(
        Meeting.dyad_id == Kept.dyad_id,
        Meeting.state == MeetingState.AGREED,
        Meeting.starts_at > over_at,
    )

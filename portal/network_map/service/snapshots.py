"""Dated snapshots: the whole map kept as it is on a day, and set beside today."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace as with_values
from uuid import UUID

import msgspec
from msgspec.structs import replace
from sqlalchemy import func, select

from portal.core.clock import local_day
from portal.core.db import db
from portal.core.errors import FieldError
from portal.core.languages import _
from portal.network_map.models import SnapshotRow
from portal.network_map.service.reading import here_of, in_order, own_drawing, the_closest
from portal.network_map.shapes import (
    Change,
    KeptNode,
    Node,
    SnapshotBody,
    SnapshotCard,
    SnapshotList,
    SnapshotPage,
)
from portal.network_map.words import differences
from portal.toolbox import service as toolbox
from portal.vault.models import Audience, Part
from portal.vault.viewer import Viewer

MOST = 100


class SnapshotHead(msgspec.Struct, frozen=True):
    """The words of a snapshot without its nodes: a list needs no more."""

    why: str
    is_away: bool = False


def keep_snapshot(viewer: Viewer, why: str, *, once: str | None) -> UUID:
    """Keep the map as it is now, with a line of why, if any. A press twice keeps one."""
    there = select(func.count()).where(SnapshotRow.owner_id == viewer.person_id)
    if (db.session.scalar(there) or 0) >= MOST:
        raise FieldError("why", _("There are many already. Delete one to make room."))
    nodes = tuple(KeptNode(node.id, node.body) for node in here_of(viewer))
    if not nodes:
        raise FieldError("why", _("There is nothing on the map yet."))
    row = SnapshotRow(id=toolbox.id_of_press(viewer, once), owner_id=viewer.person_id)
    toolbox.add_once(viewer, row, SnapshotBody(why, nodes), Audience.ONLY_ME)
    return row.id


def snapshots_of(viewer: Viewer) -> SnapshotList:
    """The viewer's own snapshots, newest first."""
    viewer.box.prefetch((viewer.person_id, Part.NETWORK_MAP))
    rows = toolbox.rows_of(viewer, SnapshotRow, viewer.person_id, most=MOST)
    newest = (row for row, _audience in reversed(rows))
    cards = _told_apart(viewer, list(viewer.box.each(newest, lambda row: _card(viewer, row))))
    return SnapshotList(
        here=tuple(card for card in cards if not card.is_away),
        away=tuple(card for card in cards if card.is_away),
    )


def snapshot_page(viewer: Viewer, snapshot_id: UUID) -> SnapshotPage:
    """One of the viewer's snapshots beside the map of today."""
    viewer.box.prefetch((viewer.person_id, Part.NETWORK_MAP))
    row, body, _audience = toolbox.own_row(viewer, SnapshotRow, snapshot_id, SnapshotBody)
    then = [Node(each.id, each.body, row.made_at) for each in body.nodes]
    now = here_of(viewer)
    return SnapshotPage(
        card=_card(viewer, row),
        then=own_drawing(the_closest(then)),
        now=own_drawing(the_closest(now)),
        changes=changes_between(then, now),
    )


def put_snapshot_away(viewer: Viewer, snapshot_id: UUID, *, is_away: bool) -> None:
    """Put a snapshot away, or bring it back."""
    row, body, audience = toolbox.own_row(viewer, SnapshotRow, snapshot_id, SnapshotBody)
    toolbox.keep_row(viewer, row, replace(body, is_away=is_away), audience)


def delete_snapshot(viewer: Viewer, snapshot_id: UUID) -> None:
    """Delete a snapshot that was put away, for good."""
    row, head, _audience = toolbox.own_row(viewer, SnapshotRow, snapshot_id, SnapshotHead)
    toolbox.refuse_unless_away(is_away=head.is_away)
    db.session.delete(row)
    toolbox.flush()


def changes_between(then: Sequence[Node], now: Sequence[Node]) -> tuple[Change, ...]:
    """Everything that stood or stands on the map, by sector and circle, then and now."""
    before = {node.id: node.body for node in then}
    after = {node.id: node.body for node in now}
    every = {node.id: node for node in (*then, *now)}
    changes = []
    for node in in_order(list(every.values())):
        was, is_now = before.get(node.id), after.get(node.id)
        found = differences(was, is_now) if was and is_now else ()
        changes.append(Change(node.body.name, was, is_now, found))
    return tuple(changes)


def _card(viewer: Viewer, row: SnapshotRow) -> SnapshotCard:
    head = viewer.box.open(row, SnapshotHead)
    return SnapshotCard(row.id, head.why, row.made_at, head.is_away)


def _told_apart(viewer: Viewer, cards: Sequence[SnapshotCard]) -> list[SnapshotCard]:
    """The cards, with those marked that would go by the same day."""
    days = [local_day(card.kept_at, viewer.zone) for card in cards]
    by_day = Counter(day for card, day in zip(cards, days, strict=True) if not card.why)
    return [
        with_values(card, is_twin=not card.why and by_day[day] > 1)
        for card, day in zip(cards, days, strict=True)
    ]

"""What could stand on a page, in one statement: the worker's view of the owner's rows.

Every table is asked for what the *worker* may see (a live grant, a shared key). What matters to the
owner is asked for once more as the owner's own.
"""

from typing import Any

from sqlalchemy import (
    ColumnElement,
    Integer,
    Select,
    String,
    bindparam,
    func,
    literal_column,
    select,
    union_all,
)

from portal.access.service import may_see
from portal.core.db import Instant, RowId
from portal.goals.models import Activity, Goal
from portal.life_domains.models import DomainRow, EntryRow
from portal.life_domains.service.statements import DOMAIN
from portal.meetings.models import Kept
from portal.meetings.service.coming import is_for_next
from portal.vault.sealed import SealedRow, columns_of
from portal.what_matters.models import MatterRow

GOAL, PIECE, ENTRY, MATTER, OWN_MATTER, KEPT = (
    "goal",
    "piece",
    "entry",
    "matter",
    "own_matter",
    "kept",
)
"""The kinds of rows, in the last column; and ``DOMAIN``, the name of a part of life."""

MOST_GOALS = 40
MOST_KEPT = 40
LAST_ENTRIES = 5
"""How many entries of a part of life are looked at: the newest that has words is offered."""

_OWNER = bindparam("owner_id", type_=RowId())
_WORKER = bindparam("worker_id", type_=RowId())
_DYAD = bindparam("dyad_id", type_=RowId())
_OVER_AT = bindparam("over_at", type_=Instant())


def _rows(table: type[SealedRow], kind: str, of: Any, place: Any = None) -> Select[Any]:
    place = literal_column("0", Integer()) if place is None else place
    named: ColumnElement[str] = literal_column(f"'{kind}'", String())
    columns = (*columns_of(table), of.label("of_id"), place.label("place"), named.label("kind"))
    return select(*columns).where(table.owner_id == _OWNER)


def _seen(table: type[SealedRow], kind: str, of: Any, place: Any = None) -> Select[Any]:
    """The owner's rows as far as the worker may see them."""
    return _rows(table, kind, of, place).where(may_see(table, _WORKER))


_goals = (
    _seen(Goal, GOAL, Goal.id)
    .order_by(Goal.changed_at.desc(), Goal.id.desc())
    .limit(MOST_GOALS)
    .cte("seen_goals")
)
_pieces = _seen(Activity, PIECE, Activity.goal_id).where(Activity.goal_id.in_(select(_goals.c.id)))
_newest_first = func.row_number().over(
    partition_by=EntryRow.domain_id, order_by=(EntryRow.made_at.desc(), EntryRow.id.desc())
)
_entries = _seen(EntryRow, ENTRY, EntryRow.domain_id, _newest_first).cte("seen_entries")
_kept = (
    _rows(Kept, KEPT, Kept.id, Kept.position)
    .where(is_for_next(_DYAD, _OVER_AT))
    .order_by(Kept.position, Kept.id)
    .limit(MOST_KEPT)
    .cte("kept_lines")
)
_now = MatterRow.former_of.is_(None)

OFFERED = union_all(
    select(*_goals.c),
    _pieces,
    select(*_entries.c).where(_entries.c.place <= LAST_ENTRIES),
    _seen(DomainRow, DOMAIN, DomainRow.id),
    _seen(MatterRow, MATTER, MatterRow.id).where(_now),
    _rows(MatterRow, OWN_MATTER, MatterRow.id).where(_now),
    select(*_kept.c),
)

"""The statements that read goals, built once. All start from what the viewer may see.

A page with pieces and offers is one statement: the page of goals, and what lies within them.
"""

from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    String,
    bindparam,
    literal,
    literal_column,
    null,
    select,
    tuple_,
    type_coerce,
    union_all,
)
from sqlalchemy.sql.selectable import CompoundSelect

from portal.access.service import may_see
from portal.core.db import Instant, RowId
from portal.goals.models import Activity, Goal, Offer, Wish
from portal.life_domains.models import ArrangementRow, DomainRow
from portal.life_domains.service.statements import ARRANGEMENT, DOMAIN
from portal.night.models import NightRow
from portal.reminders.models import Reminder
from portal.reminders.service.asking import is_asking
from portal.vault.models import DataKey
from portal.vault.sealed import SealedRow, columns_of
from portal.what_matters.models import MatterRow

ASKS = "asks:"
"""The kind of a row that is no goal but a reminder that asks whether to go on, before its key."""

MATTER = "matter"
"""The kind of a row that is a line of what matters to the owner."""

NIGHT = "night"
"""The kind of a row that is a line put down at night."""

WISH = "wish"
"""The kind of the row that says how much others may push on all goals."""

_VIEWER = bindparam("viewer_id", type_=RowId())
_BY_CHANGE = (Goal.changed_at.desc(), Goal.id.desc())


_GOALS = (
    select(*columns_of(Goal), DataKey.audience.label("audience"))
    .join(DataKey, DataKey.id == Goal.data_key_id)
    .where(Goal.owner_id == bindparam("owner_id", type_=RowId()), may_see(Goal, _VIEWER))
)
_OLDER = tuple_(Goal.changed_at, Goal.id) < tuple_(
    bindparam("before_at", type_=Instant()), bindparam("before_id", type_=RowId())
)

_NEWEST = _GOALS.order_by(*_BY_CHANGE).limit(bindparam("size"))
_NEWEST_OLDER = _GOALS.where(_OLDER).order_by(*_BY_CHANGE).limit(bindparam("size"))
_NO_AUDIENCE = type_coerce(null(), DataKey.audience.type)


def _kind(name: str) -> ColumnElement[str]:
    """The name of a kind of rows, written into the statement: nothing is handed over for it."""
    return literal_column(f"'{name}'", String())


def _beside(table: type[SealedRow], kind: str, seer: Any = _VIEWER) -> Select[Any]:
    """What an owner has in another table, as far as the viewer (or another) may see it."""
    return select(*columns_of(table), _NO_AUDIENCE, table.id, _kind(kind)).where(
        table.owner_id == bindparam("owner_id", type_=RowId()), may_see(table, seer)
    )


_WISH = _beside(Wish, WISH)
_BESIDE = (_beside(DomainRow, DOMAIN), _beside(ArrangementRow, ARRANGEMENT), _WISH)
_MATTERS = _beside(MatterRow, MATTER).where(MatterRow.former_of.is_(None))
_LAST_NIGHT = _beside(NightRow, NIGHT).where(
    NightRow.made_at >= bindparam("night_from", type_=Instant())
)


def _with_domains(goals: Select[Any]) -> CompoundSelect[Any]:
    """The goals of a statement, not in order, the owner's life domains and wish for all goals."""
    page = goals.cte("page")
    whole = (page.c.id.label("goal_id"), _kind("goal").label("kind"))
    return union_all(select(*page.c, *whole), *_BESIDE)


def _with_all(goals: Select[Any], *more: Select[Any]) -> CompoundSelect[Any]:
    """The goals of a statement, their pieces and offers; the last column says which is which."""
    page = goals.cte("page")
    whole = (page.c.id.label("goal_id"), _kind("goal").label("kind"))
    parts = [
        select(*columns_of(table), _NO_AUDIENCE, table.goal_id, _kind(kind)).where(
            table.goal_id.in_(select(page.c.id)), may_see(table, _VIEWER)
        )
        for table, kind in ((Activity, "piece"), (Offer, "offer"))
    ]
    return union_all(select(*page.c, *whole), *parts, *more)


_ASKING_COLUMNS: tuple[Any, ...] = (
    Reminder.id,
    Reminder.person_id,
    *(null(), null()),
    *(Reminder.made_at, Reminder.due_at),
    *(null(), _NO_AUDIENCE, null()),
    literal(ASKS).concat(Reminder.dedupe_key),
)
_ASKING = select(*_ASKING_COLUMNS).where(is_asking(_VIEWER))

GOALS = _with_domains(_NEWEST)
OLDER_GOALS = _with_domains(_NEWEST_OLDER)
GOALS_WITH_ALL = _with_all(_NEWEST, *_BESIDE)
GOALS_FOR_TODAY = _with_all(_NEWEST, _ASKING, _MATTERS, _LAST_NIGHT)
OLDER_GOALS_WITH_ALL = _with_all(_NEWEST_OLDER, *_BESIDE)
ONE_WITH_ALL = _with_all(_GOALS.where(Goal.id == bindparam("goal_id", type_=RowId())), *_BESIDE)
THESE_WITH_ALL = _with_all(
    _GOALS.where(Goal.id.in_(bindparam("goal_ids", type_=RowId(), expanding=True))),
    _beside(DomainRow, DOMAIN, bindparam("reader_id", type_=RowId())),
    _WISH,
)

"""The statements that read goals, built once. All start from what the viewer may see.

A page with pieces and offers is one statement: the page of goals, and what lies within them.
"""

from typing import Any

from sqlalchemy import Select, bindparam, literal, null, select, tuple_, union_all
from sqlalchemy.sql.selectable import CompoundSelect

from portal.access.service import may_see
from portal.core.db import Instant, RowId
from portal.goals.models import Activity, Goal, Offer
from portal.reminders.models import Reminder
from portal.reminders.service.asking import is_asking
from portal.vault.models import Audience, DataKey
from portal.vault.sealed import SealedRow

ASKS = "asks:"
"""The kind of a row that is no goal but a reminder that asks whether to go on, before its key."""

_VIEWER = bindparam("viewer_id", type_=RowId())
_BY_CHANGE = (Goal.changed_at.desc(), Goal.id.desc())


def _columns(table: type[SealedRow]) -> tuple[Any, ...]:
    return (
        table.id,
        table.owner_id,
        table.data_key_id,
        table.author_id,
        table.made_at,
        table.changed_at,
        table.sealed,
    )


_GOALS = (
    select(*_columns(Goal), DataKey.audience.label("audience"))
    .join(DataKey, DataKey.id == Goal.data_key_id)
    .where(Goal.owner_id == bindparam("owner_id", type_=RowId()), may_see(Goal, _VIEWER))
)
_OLDER = tuple_(Goal.changed_at, Goal.id) < tuple_(
    bindparam("before_at", type_=Instant()), bindparam("before_id", type_=RowId())
)

GOALS = _GOALS.order_by(*_BY_CHANGE).limit(bindparam("size"))
OLDER_GOALS = _GOALS.where(_OLDER).order_by(*_BY_CHANGE).limit(bindparam("size"))


_NO_AUDIENCE = literal(Audience.ONLY_ME, DataKey.audience.type)


def _with_all(goals: Select[Any], *more: Select[Any]) -> CompoundSelect[Any]:
    """The goals of a statement, their pieces and offers; the last column says which is which."""
    page = goals.cte("page")
    whole = (page.c.id.label("goal_id"), literal("goal").label("kind"))
    parts = [
        select(*_columns(table), _NO_AUDIENCE, table.goal_id, literal(kind)).where(
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

GOALS_WITH_ALL = _with_all(GOALS)
GOALS_WITH_ALL_THAT_ASKS = _with_all(GOALS, _ASKING)
OLDER_GOALS_WITH_ALL = _with_all(OLDER_GOALS)
ONE_WITH_ALL = _with_all(_GOALS.where(Goal.id == bindparam("goal_id", type_=RowId())))
THESE_WITH_ALL = _with_all(
    _GOALS.where(Goal.id.in_(bindparam("goal_ids", type_=RowId(), expanding=True)))
)

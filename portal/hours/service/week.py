"""A worker's week, and the calendar that the clocks ask."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from functools import lru_cache
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import bindparam, select

from portal.accounts.chosen import settings
from portal.accounts.models import Person
from portal.core.clock import Absence, WorkCalendar
from portal.core.db import db
from portal.core.errors import FieldError, NotVisible
from portal.core.languages import _
from portal.dyads.service import dyad_for, room_of
from portal.hours import hooks
from portal.hours.models import AwayTime, WorkHours
from portal.hours.service.absence import absences_of, absences_shown
from portal.hours.shapes import (
    STANDARD_READING,
    STANDARD_WORKING,
    HoursPage,
    HoursShown,
    WeekBody,
)
from portal.vault.viewer import Viewer

_zone = lru_cache(maxsize=64)(ZoneInfo)
_MOST_ABSENCES = 60
_CALENDAR = (
    select(Person.zone, WorkHours.working, WorkHours.reading, AwayTime.from_on, AwayTime.until_on)
    .select_from(Person)
    .outerjoin(WorkHours, WorkHours.worker_id == Person.id)
    .outerjoin(AwayTime, AwayTime.owner_id == Person.id)
    .where(Person.id == bindparam("worker_id", type_=Person.id.type))
    .order_by(AwayTime.from_on.desc())
    .limit(_MOST_ABSENCES)
)
_CALENDARS = (
    select(
        Person.id,
        Person.zone,
        WorkHours.working,
        WorkHours.reading,
        AwayTime.from_on,
        AwayTime.until_on,
    )
    .select_from(Person)
    .outerjoin(WorkHours, WorkHours.worker_id == Person.id)
    .outerjoin(AwayTime, AwayTime.owner_id == Person.id)
)


def calendar_of(worker_id: UUID) -> WorkCalendar:
    """A worker's time (one query): zone, country, days away, weekdays, and their usual reading.

    An agreement's own windows replace the usual ones. NotVisible when there is no such person.
    """
    rows = db.session.execute(_CALENDAR, {"worker_id": worker_id}).all()
    if not rows:
        raise NotVisible
    return calendar_from(rows)


def calendars_of(worker_ids: Collection[UUID]) -> dict[UUID, WorkCalendar]:
    """The same for many workers (one query), by their id."""
    rows = defaultdict(list)
    for row in db.session.execute(_CALENDARS.where(Person.id.in_(worker_ids))):
        rows[row.id].append(row)
    return {worker_id: calendar_from(theirs) for worker_id, theirs in rows.items()}


def calendar_from(rows: Sequence[Any]) -> WorkCalendar:
    """The same from rows that another query brought along, one for each absence.

    Each has ``zone``, ``working``, ``reading``, ``from_on`` and ``until_on``. Where no day is a
    working day the usual ones count, or an answer would be promised in a year or two.
    """
    week = _week(rows[0].working, rows[0].reading)
    working = week.working or STANDARD_WORKING
    return WorkCalendar(
        windows=week.reading,
        absences=tuple(Absence(row.from_on, row.until_on) for row in rows if row.from_on),
        country=settings().country,
        zone=_zone(rows[0].zone),
        weekdays=frozenset(window.weekday for window in working),
    )


def week_of(worker_id: UUID) -> WeekBody:
    """A worker's week, or the usual one until they choose."""
    row = db.session.get(WorkHours, worker_id)
    return _week(row.working, row.reading) if row else _week(None, None)


def change_week(viewer: Viewer, week: WeekBody) -> None:
    """Keep the viewer's week. It counts for everything that is due from now on.

    FieldError for reading without a working day: answers are promised in working days.
    """
    if week.reading and not week.working:
        raise FieldError(
            "working_days",
            _("Please pick a working day too. Answers are counted in working days."),
        )
    db.session.merge(
        WorkHours(worker_id=viewer.person_id, working=week.working, reading=week.reading)
    )
    db.session.flush()
    hooks.changed(viewer.person_id, viewer.now)


def hours_page(viewer: Viewer) -> HoursPage:
    """The worker's own page."""
    room = room_of(viewer.person_id)
    return HoursPage(week_of(viewer.person_id), absences_of(viewer), room.cap, room.in_use)


def hours_shown(viewer: Viewer, dyad_id: UUID) -> HoursShown:
    """The worker's time as both of a pair see it."""
    card = dyad_for(viewer, dyad_id)
    week = week_of(card.worker_id)
    return HoursShown(
        card.id, card.worker_name, week.working, absences_shown(viewer, card.id, card.worker_id)
    )


def _week(working: object, reading: object) -> WeekBody:
    return WeekBody(
        working if isinstance(working, tuple) else STANDARD_WORKING,
        reading if isinstance(reading, tuple) else STANDARD_READING,
    )

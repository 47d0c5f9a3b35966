"""The two people of a thread, what they agreed, and the clock that follows from it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import and_, bindparam, select

from portal.accounts.models import Person
from portal.agreements.models import Agreement
from portal.agreements.service.terms import COLUMNS, STANDS, terms_in
from portal.agreements.shapes import NoAgreement, Terms
from portal.core.clock import (
    Absence,
    WorkCalendar,
    answer_due,
    at_local,
    coming_reading,
    local_day,
    reading_now,
)
from portal.core.languages import _
from portal.core.rows import read
from portal.dyads.models import Dyad
from portal.dyads.service import dyad_for, dyad_key, hold
from portal.dyads.shapes import DyadCard
from portal.hours.models import AwayTime, WorkHours
from portal.hours.service import calendar_from
from portal.messaging.shapes import ReadingTimes
from portal.vault.viewer import Viewer

MOST_ABSENCES = 60
_A_DAY = timedelta(days=1)
_dyads: Any = Dyad.__table__
_agreements: Any = Agreement.__table__
_workers: Any = Person.__table__
_hours: Any = WorkHours.__table__
_away: Any = AwayTime.__table__
CLOCK = (_workers.c.zone, _hours.c.working, _hours.c.reading, _away.c.from_on, _away.c.until_on)
"""What a worker's calendar is made of."""

_AGREED = (
    select(_dyads.c.id.label("dyad_id"), *COLUMNS, *CLOCK)
    .select_from(_dyads)
    .outerjoin(_agreements, and_(_agreements.c.dyad_id == _dyads.c.id, STANDS))
    .outerjoin(_workers, _workers.c.id == _dyads.c.worker_id)
    .outerjoin(_hours, _hours.c.worker_id == _dyads.c.worker_id)
    .outerjoin(_away, _away.c.owner_id == _dyads.c.worker_id)
    .where(_dyads.c.id == bindparam("dyad_id", type_=_dyads.c.id.type))
    .order_by(_away.c.from_on.desc())
    .limit(MOST_ABSENCES)
)


@dataclass(frozen=True, slots=True)
class Pair:
    """A dyad as messaging needs it. Without an agreement there are no terms and no calendar."""

    dyad: DyadCard
    terms: Terms | None
    calendar: WorkCalendar | None

    @property
    def may_write(self) -> bool:
        """Messaging opens with the first agreement and closes when the dyad ends."""
        return self.dyad.may_write and self.terms is not None


def pair_for(viewer: Viewer, dyad_id: UUID) -> Pair:
    """The dyad with its terms and clock (three queries); raises NotVisible for anybody else."""
    dyad = dyad_for(viewer, dyad_id)
    rows = read(_AGREED, {"dyad_id": dyad_id})
    if rows[0].version is None:
        return Pair(dyad, None, None)
    terms = terms_in(rows[0])
    return Pair(dyad, terms, replace(calendar_from(rows), windows=terms.windows))


def writing_pair(viewer: Viewer, dyad_id: UUID) -> Pair:
    """The same for writing, held: raises Conflict after the end, NoAgreement before there is one.

    For whoever decides on something that they read next.
    """
    pair = sending_pair(viewer, dyad_id)
    hold(dyad_id)
    return pair


def sending_pair(viewer: Viewer, dyad_id: UUID) -> Pair:
    """The same, not held yet: for words that are sealed first and held when they are written."""
    pair = pair_for(viewer, dyad_id)
    dyad_key(viewer, pair.dyad)
    if pair.terms is None:
        raise NoAgreement(_("You two can write once both have accepted your agreement."))
    return pair


def due_for(pair: Pair, arrives_at: datetime) -> datetime | None:
    """By when words that arrive at this moment are answered; None when at the next meeting."""
    if pair.terms is None or pair.calendar is None:
        return None
    days = pair.terms.answer_within_days
    return None if days is None else answer_due(pair.calendar, arrives_at, days)


def reading_times(pair: Pair, now: datetime, notes: Mapping[Absence, str]) -> ReadingTimes | None:
    """When the worker reads and answers, seen from now; None before the first agreement."""
    if pair.calendar is None:
        return None
    reading = coming_reading(pair.calendar, now)
    answer_at = due_for(pair, now)
    today = local_day(now, pair.calendar.zone)
    until = local_day(answer_at, pair.calendar.zone) if answer_at else today
    away = next(
        (a for a in sorted(pair.calendar.absences) if a.until_on >= today and a.from_on <= until),
        None,
    )
    return ReadingTimes(
        is_reading=reading_now(pair.calendar, now) is not None,
        next_at=reading.starts_at if reading else None,
        answer_at=answer_at,
        away_from=away.from_on if away else None,
        away_until=away.until_on if away else None,
        back_at=at_local(away.until_on + _A_DAY, time.min, pair.calendar.zone) if away else None,
        away_note=notes.get(away, "") if away else "",
    )

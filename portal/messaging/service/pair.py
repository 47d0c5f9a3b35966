"""The two people of a thread, what they agreed, and the clock that follows from it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from portal.agreements.service import terms_for
from portal.agreements.shapes import NoAgreement, Terms
from portal.core.clock import (
    Absence,
    WorkCalendar,
    answer_due,
    coming_reading,
    local_day,
    reading_now,
)
from portal.core.languages import _
from portal.dyads.service import dyad_for, dyad_key, hold
from portal.dyads.shapes import DyadCard
from portal.hours.service import calendar_of
from portal.messaging.shapes import ReadingTimes
from portal.vault.viewer import Viewer


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
    """The dyad with its terms and clock; raises NotVisible for anybody else."""
    dyad = dyad_for(viewer, dyad_id)
    try:
        terms = terms_for(viewer, dyad_id)
    except NoAgreement:
        return Pair(dyad, None, None)
    calendar = replace(calendar_of(dyad.worker_id), windows=terms.windows)
    return Pair(dyad, terms, calendar)


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
        away_note=notes.get(away, "") if away else "",
    )

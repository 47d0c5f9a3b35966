"""The agreed hello: when it is due, for the worker's pages and for the job (Friction 5)."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import Row, bindparam, select

from portal.accounts.models import Person
from portal.agreements.models import Agreement
from portal.agreements.service import terms_of_dyads
from portal.agreements.service.terms import NO_AGREEMENT, terms_in
from portal.agreements.shapes import NoAgreement, Terms
from portal.core.clock import coming_reading, local_day, reading_now
from portal.core.db import db
from portal.core.errors import NotAllowed
from portal.dyads.models import IS_LIVE, Dyad
from portal.dyads.service import dyad_for, dyad_key
from portal.hours.models import AwayTime, WorkHours
from portal.hours.service import calendar_from, calendar_of, phrases_of
from portal.messaging.models import Thread
from portal.messaging.rules.prompts import day_at_work, hello_due_on
from portal.messaging.service.pair import CLOCK, MOST_ABSENCES
from portal.messaging.shapes import HelloPage
from portal.notifications.service import tell
from portal.notifications.shapes import NoticeKind
from portal.vault.viewer import Viewer


def hello_for(viewer: Viewer, dyad_id: UUID) -> HelloPage:
    """What the worker needs to send the hello: two taps, their own words. Workers only."""
    dyad = dyad_for(viewer, dyad_id)
    if dyad.is_owner:
        raise NotAllowed
    dyad_key(viewer, dyad)
    rows = db.session.execute(_AGREED_AND_WROTE, {"dyad_id": dyad_id}).all()
    if not rows:
        raise NoAgreement(NO_AGREEMENT)
    terms = terms_in(rows[0].Agreement)
    due_on = hello_day(terms, viewer.zone, rows[0].worker_wrote_at)
    due_on = due_on and day_at_work(calendar_from(rows), due_on)
    is_due = due_on is not None and due_on <= local_day(viewer.now, viewer.zone)
    return HelloPage(dyad, terms, due_on, is_due, tuple(phrases_of(viewer)))


def tell_hellos(now: datetime) -> int:
    """Tell workers of the hellos that are due, once each, at their next reading; gives how many."""
    dyads = _with_hello(now)
    terms = terms_of_dyads([row.dyad_id for row in dyads])
    told = 0
    for row in dyads:
        agreed = terms[row.dyad_id]
        calendar = replace(calendar_of(row.worker_id), windows=agreed.windows)
        due_on = hello_day(agreed, calendar.zone, row.worker_wrote_at)
        due_on = due_on and day_at_work(calendar, due_on)
        reading = reading_now(calendar, now) or coming_reading(calendar, now)
        if due_on is None or reading is None or due_on > local_day(now, calendar.zone):
            continue
        key = f"hello:{row.dyad_id}:{due_on.isoformat()}"
        tell(row.worker_id, NoticeKind.HELLO_DUE, at=reading.starts_at, key=key, now=now)
        told += 1
    return told


def hello_day(terms: Terms, zone: ZoneInfo, worker_wrote_at: datetime | None) -> date | None:
    """The day of the next agreed hello, in the worker's zone, as if they were never away."""
    wrote_on = local_day(worker_wrote_at, zone) if worker_wrote_at else None
    return hello_due_on(
        every_weeks=terms.hello_every_weeks,
        weekday=terms.hello_weekday,
        agreed_on=local_day(terms.accepted_at, zone),
        wrote_on=wrote_on,
    )


_AGREED_AND_WROTE = (
    select(Agreement, Thread.worker_wrote_at, *CLOCK)
    .join(Dyad, Dyad.id == Agreement.dyad_id)
    .join(Person, Person.id == Dyad.worker_id)
    .outerjoin(Thread, Thread.dyad_id == Agreement.dyad_id)
    .outerjoin(WorkHours, WorkHours.worker_id == Dyad.worker_id)
    .outerjoin(AwayTime, AwayTime.owner_id == Dyad.worker_id)
    .where(
        Agreement.dyad_id == bindparam("dyad_id", type_=Agreement.id.type),
        Agreement.ended_at.is_(None),
    )
    .order_by(AwayTime.from_on.desc())
    .limit(MOST_ABSENCES)
)


def _with_hello(now: datetime) -> Sequence[Row[UUID, UUID, datetime | None]]:
    """Living dyads with an agreed hello whose worker has not written for some days."""
    quiet_since = now - timedelta(days=4)
    return db.session.execute(
        select(Agreement.dyad_id, Dyad.worker_id, Thread.worker_wrote_at)
        .join(Dyad, Dyad.id == Agreement.dyad_id)
        .outerjoin(Thread, Thread.dyad_id == Agreement.dyad_id)
        .where(
            Agreement.ended_at.is_(None),
            Agreement.hello_every_weeks.is_not(None),
            IS_LIVE,
            Thread.worker_wrote_at.is_(None) | (Thread.worker_wrote_at < quiet_since),
        )
    ).all()

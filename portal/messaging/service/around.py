"""All that stands around a page of messages, in one query: terms, clock, the thread's own row.

The thread page is what people load all day; asking the slices one by one would cost three queries.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, and_, bindparam, select

from portal.accounts.models import Person
from portal.agreements.models import Agreement
from portal.agreements.service.terms import terms_in
from portal.core.clock import local_day
from portal.core.db import db
from portal.dyads.models import Dyad
from portal.dyads.service import dyad_for
from portal.hours.models import AwayTime, WorkHours
from portal.hours.service import calendar_from
from portal.messaging.models import Thread
from portal.messaging.service.pair import Pair
from portal.vault.models import Part
from portal.vault.viewer import Viewer

MOST_ABSENCES = 20


@dataclass(frozen=True, slots=True)
class Top:
    """A thread's own row, as a page needs it: the sealed end and the marks of what is new."""

    id: UUID
    data_key_id: UUID
    author_id: UUID
    sealed: bytes
    last_number: int
    owner_read_to: int
    reply_news_at: datetime | None
    outcome_news_at: datetime | None
    waits_unopened_since: datetime | None


def pair_with_top(viewer: Viewer, dyad_id: UUID) -> tuple[Pair, Top | None]:
    """The dyad with its terms and clock, and its thread's row (None before the first message).

    Afterwards the viewer's drafts open too. Raises NotVisible for anybody else.
    """
    dyad = dyad_for(viewer, dyad_id, opening=Part.DRAFTS)
    wanted = {"dyad_id": dyad_id, "today": local_day(viewer.now, viewer.zone)}
    rows = db.session.execute(_AROUND, wanted).all()
    row = rows[0]
    top = None if row.id is None else _top(row)
    if row.version is None:
        return Pair(dyad, None, None), top
    terms = terms_in(row)
    return Pair(dyad, terms, replace(calendar_from(rows), windows=terms.windows)), top


def _top(row: Row[*tuple[Any, ...]]) -> Top:
    return Top(*row[: len(_TOP)])


_TOP: tuple[Any, ...] = (
    Thread.id,
    Thread.data_key_id,
    Thread.author_id,
    Thread.sealed,
    Thread.last_number,
    Thread.owner_read_to,
    Thread.reply_news_at,
    Thread.outcome_news_at,
    Thread.waits_unopened_since,
)
_TERMS = (
    Agreement.version,
    Agreement.accepted_at,
    Agreement.windows,
    Agreement.answer_within,
    Agreement.depth,
    Agreement.who_starts,
    Agreement.hello_every_weeks,
    Agreement.hello_weekday,
    Agreement.review_on,
    Agreement.is_light,
    Agreement.try_until,
)
_CLOCK = (Person.zone, WorkHours.working, WorkHours.reading, AwayTime.from_on, AwayTime.until_on)
_AROUND = (
    select(*_TOP, Dyad.id.label("dyad_id"), *_TERMS, *_CLOCK)
    .select_from(Dyad)
    .outerjoin(Thread, Thread.dyad_id == Dyad.id)
    .outerjoin(Agreement, and_(Agreement.dyad_id == Dyad.id, Agreement.ended_at.is_(None)))
    .outerjoin(Person, Person.id == Dyad.worker_id)
    .outerjoin(WorkHours, WorkHours.worker_id == Dyad.worker_id)
    .outerjoin(
        AwayTime,
        and_(
            AwayTime.owner_id == Dyad.worker_id,
            AwayTime.until_on >= bindparam("today", type_=AwayTime.until_on.type),
        ),
    )
    .where(Dyad.id == bindparam("dyad_id", type_=Dyad.id.type))
    .order_by(AwayTime.from_on)
    .limit(MOST_ABSENCES)
)

"""All that stands around a page of messages, in one query: terms, clock, the thread's own row.

The thread page is what people load all day; asking the slices one by one would cost four queries.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, Select, and_, bindparam, select

from portal.accounts.models import Person
from portal.agreements.models import Agreement
from portal.agreements.service.terms import terms_in
from portal.agreements.shapes import AgreementBody, Answers
from portal.core.clock import Absence, local_day
from portal.core.db import db
from portal.core.errors import NotVisible
from portal.dyads.models import Dyad
from portal.dyads.service import dyad_for
from portal.dyads.shapes import DyadCard
from portal.hours.models import AwayNote, AwayTime, WorkHours
from portal.hours.service import calendar_from
from portal.hours.shapes import NoteBody
from portal.messaging.models import Thread
from portal.messaging.service.pair import Pair
from portal.vault.box import SealedFields
from portal.vault.models import Part
from portal.vault.viewer import Viewer

MOST_ABSENCES = 20
_Row = Row[*tuple[Any, ...]]


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


@dataclass(frozen=True, slots=True)
class Around:
    """A dyad with its terms and clock, its thread's row, and the words that both may read.

    ``top`` is None before the first message, ``agreed`` before the first agreement. ``notes`` are
    the worker's lines about coming days away.
    """

    pair: Pair
    top: Top | None
    agreed: Answers | None
    notes: Mapping[Absence, str]


def around(viewer: Viewer, dyad_id: UUID) -> Around:
    """All of it for one dyad of the viewer's; NotVisible for anybody else.

    Afterwards the viewer's drafts open too.
    """
    dyad = dyad_for(viewer, dyad_id, opening=Part.DRAFTS)
    wanted = {"dyad_id": dyad_id, "today": local_day(viewer.now, viewer.zone)}
    rows = db.session.execute(_AROUND, wanted).all()
    row = rows[0]
    top = None if row.id is None else _top(row)
    if row.version is None:
        return Around(Pair(dyad, None, None), top, None, {})
    terms = terms_in(row)
    pair = Pair(dyad, terms, replace(calendar_from(rows), windows=terms.windows))
    return Around(pair, top, _agreed(viewer, dyad, row), _notes(viewer, dyad, rows))


def _agreed(viewer: Viewer, dyad: DyadCard, row: _Row) -> Answers | None:
    fields = SealedFields(
        row.agreement_id, dyad.owner_id, row.agreement_key, row.agreement_author, row.agreement
    )
    try:
        return viewer.box.open(fields, AgreementBody, table=Agreement).agreed
    except NotVisible:
        return None


def _notes(viewer: Viewer, dyad: DyadCard, rows: Iterable[_Row]) -> dict[Absence, str]:
    found = {}
    for row in rows:
        if row.note is None:
            continue
        fields = SealedFields(row.note_id, dyad.owner_id, row.note_key, row.note_author, row.note)
        try:
            note = viewer.box.open(fields, NoteBody, table=AwayNote).note
        except NotVisible:
            continue
        found[Absence(row.from_on, row.until_on)] = note
    return found


def _top(row: _Row) -> Top:
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
_WORDS = (
    Agreement.id.label("agreement_id"),
    Agreement.data_key_id.label("agreement_key"),
    Agreement.author_id.label("agreement_author"),
    Agreement.sealed.label("agreement"),
    AwayNote.id.label("note_id"),
    AwayNote.data_key_id.label("note_key"),
    AwayNote.author_id.label("note_author"),
    AwayNote.sealed.label("note"),
)
_AROUND: Select[*tuple[Any, ...]] = (
    select(*_TOP, Dyad.id.label("dyad_id"), *_TERMS, *_CLOCK, *_WORDS)
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
    .outerjoin(AwayNote, and_(AwayNote.away_time_id == AwayTime.id, AwayNote.dyad_id == Dyad.id))
    .where(Dyad.id == bindparam("dyad_id", type_=Dyad.id.type))
    .order_by(AwayTime.from_on)
    .limit(MOST_ABSENCES)
)

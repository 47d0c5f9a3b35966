"""All that stands around a page of messages, in one query: terms, clock, the thread's own row.

The thread page is what people load all day; asking the slices one by one would cost four queries.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, and_, bindparam, select

from portal.accounts.models import Person
from portal.agreements.models import Agreement
from portal.agreements.service.terms import COLUMNS, STANDS, terms_in
from portal.agreements.shapes import AgreementBody, Answers
from portal.core.clock import Absence, QuietHours, local_day
from portal.core.errors import NotVisible
from portal.core.rows import read
from portal.dyads.models import Dyad
from portal.dyads.service import dyad_for
from portal.dyads.shapes import DyadCard
from portal.hours.models import AwayNote, AwayTime, WorkHours
from portal.hours.service import calendar_from
from portal.hours.shapes import NoteBody
from portal.messaging.models import Thread
from portal.messaging.service.pair import CLOCK, Pair
from portal.notifications.models import NoticeSettings
from portal.vault.box import SealedFields
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


@dataclass(frozen=True, slots=True)
class Around:
    """A dyad with its terms and clock, its thread's row, and the words that both may read.

    ``top`` is None before the first message, ``agreed`` before the first agreement. ``notes`` are
    the worker's lines about coming days away, ``quiet`` the viewer's own quiet hours.
    """

    pair: Pair
    top: Top | None
    agreed: Answers | None
    notes: Mapping[Absence, str]
    quiet: QuietHours


def around(viewer: Viewer, dyad_id: UUID) -> Around:
    """All of it for one dyad of the viewer's; NotVisible for anybody else.

    Afterwards the viewer's drafts open too.
    """
    dyad = dyad_for(viewer, dyad_id, opening=Part.DRAFTS)
    today = local_day(viewer.now, viewer.zone)
    wanted = {"dyad_id": dyad_id, "me": viewer.person_id, "today": today}
    rows = read(_AROUND, wanted)
    row = rows[0]
    top = None if row.id is None else _top(row)
    quiet = _quiet(viewer, row)
    if row.version is None:
        return Around(Pair(dyad, None, None), top, None, {}, quiet)
    terms = terms_in(row)
    pair = Pair(dyad, terms, replace(calendar_from(rows), windows=terms.windows))
    return Around(pair, top, _agreed(viewer, dyad, row), _notes(viewer, dyad, rows), quiet)


def _quiet(viewer: Viewer, row: Any) -> QuietHours:
    if row.quiet_from is None or row.quiet_until is None:
        return QuietHours(viewer.zone)
    return QuietHours(viewer.zone, row.quiet_from, row.quiet_until)


def _agreed(viewer: Viewer, dyad: DyadCard, row: Any) -> Answers | None:
    fields = SealedFields(
        row.agreement_id, dyad.owner_id, row.agreement_key, row.agreement_author, row.agreement
    )
    try:
        return viewer.box.open(fields, AgreementBody, table=Agreement).agreed
    except NotVisible:
        return None


def _notes(viewer: Viewer, dyad: DyadCard, rows: Iterable[Any]) -> dict[Absence, str]:
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


def _top(row: Any) -> Top:
    return Top(*row[: len(TOP)])


_DYAD, _THREAD, _AGREED = Dyad.__table__, Thread.__table__, Agreement.__table__
_WORKER, _HOURS = Person.__table__, WorkHours.__table__
_AWAY, _NOTE = AwayTime.__table__, AwayNote.__table__
_CHOSEN = NoticeSettings.__table__
TOP: tuple[Any, ...] = (
    _THREAD.c.id,
    _THREAD.c.data_key_id,
    _THREAD.c.author_id,
    _THREAD.c.sealed,
    _THREAD.c.last_number,
    _THREAD.c.owner_read_to,
    _THREAD.c.reply_news_at,
    _THREAD.c.outcome_news_at,
    _THREAD.c.waits_unopened_since,
)
_QUIET = (_CHOSEN.c.quiet_from, _CHOSEN.c.quiet_until)
_WORDS = (
    _AGREED.c.id.label("agreement_id"),
    _AGREED.c.data_key_id.label("agreement_key"),
    _AGREED.c.author_id.label("agreement_author"),
    _AGREED.c.sealed.label("agreement"),
    _NOTE.c.id.label("note_id"),
    _NOTE.c.data_key_id.label("note_key"),
    _NOTE.c.author_id.label("note_author"),
    _NOTE.c.sealed.label("note"),
)
_AROUND: Select[*tuple[Any, ...]] = (
    select(*TOP, _DYAD.c.id.label("dyad_id"), *COLUMNS, *CLOCK, *_WORDS, *_QUIET)
    .select_from(_DYAD)
    .outerjoin(_THREAD, _THREAD.c.dyad_id == _DYAD.c.id)
    .outerjoin(_AGREED, and_(_AGREED.c.dyad_id == _DYAD.c.id, STANDS))
    .outerjoin(_WORKER, _WORKER.c.id == _DYAD.c.worker_id)
    .outerjoin(_HOURS, _HOURS.c.worker_id == _DYAD.c.worker_id)
    .outerjoin(
        _AWAY,
        and_(
            _AWAY.c.owner_id == _DYAD.c.worker_id,
            _AWAY.c.until_on >= bindparam("today", type_=_AWAY.c.until_on.type),
        ),
    )
    .outerjoin(_CHOSEN, _CHOSEN.c.person_id == bindparam("me", type_=_CHOSEN.c.person_id.type))
    .outerjoin(_NOTE, and_(_NOTE.c.away_time_id == _AWAY.c.id, _NOTE.c.dyad_id == _DYAD.c.id))
    .where(_DYAD.c.id == bindparam("dyad_id", type_=_DYAD.c.id.type))
    .order_by(_AWAY.c.from_on)
    .limit(MOST_ABSENCES)
)

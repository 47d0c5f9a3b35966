"""Gathering: what is due is folded into letters, by the rules of each person's day.

One transaction a batch: a job that is killed leaves everything as it was. Two jobs that meet at
the same person are told apart by the letter's unique place in the person's day; the one that was
later leaves its notices waiting, and folds them at its next look.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import lru_cache
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import bindparam, or_, select, update

from portal.accounts.models import Person
from portal.core.clock import Reading, local_day
from portal.core.db import insert_into
from portal.core.row_ids import new_id
from portal.notifications import hooks
from portal.notifications.models import Letter, Notice, NoticeSettings
from portal.notifications.rules import Decision, Today, Verdict, decide
from portal.notifications.service.choosing import CHOSEN, choices_in, zone_named
from portal.notifications.service.statements import MANY, run, table_of, take
from portal.notifications.shapes import LetterState, NoticeChoices, NoticeKind, NoticeState
from portal.vault.viewer import Role

_notices, _letters = table_of(Notice), table_of(Letter)
_persons, _settings = table_of(Person), table_of(NoticeSettings)
_HOLD = (
    update(_notices)
    .where(_notices.c.id == bindparam("notice_id"))
    .values(state=NoticeState.WAITING, look_at=bindparam("until"))
)
_Taken = list[tuple[UUID, UUID, NoticeKind]]
_TWO_DAYS = timedelta(days=2)
_INTO_A_LETTER = (Verdict.WRITE, Verdict.FOLD)


@dataclass(slots=True)
class _Due:
    """What is due for one person, and what decides about it."""

    person_id: UUID
    role: Role
    zone: ZoneInfo
    choices: NoticeChoices
    notices: dict[UUID, NoticeKind] = field(default_factory=dict)
    readings: Sequence[Reading] = ()
    counted: int = 0
    last_number: int = 0
    has_unsolicited: bool = False
    letter_id: UUID | None = None

    def decision(self, now: datetime) -> Decision:
        today = Today(self.counted, self.has_unsolicited, self.letter_id is not None)
        kinds = self.notices.values()
        return decide(kinds, self.choices, self.zone, today, now, self.readings)


@lru_cache(maxsize=512)
def _day(now: datetime, zone: ZoneInfo) -> date:
    """The local day at that moment; most people of a batch live in the same zone."""
    return local_day(now, zone)


def gather_due(now: datetime) -> int:
    """Look at a batch of notices that are due; gives how many, 0 when none is left."""
    taken = _take_due(now)
    if not taken:
        return 0
    people = _people(taken)
    _read_letters(people, now)
    _ask_when_they_read(people, now)
    decisions = [(due, due.decision(now)) for due in people.values()]
    _write_letters(decisions, now)
    _hold(decisions)
    _drop(decisions, taken)
    _fold([due for due, decision in decisions if decision.verdict in _INTO_A_LETTER], now)
    return len(taken)


def _take_due(now: datetime) -> _Taken:
    """Take a batch, as if all were told; those that are not are put back below."""
    is_due = (_notices.c.state == NoticeState.WAITING, _notices.c.look_at <= now)
    rows = run(
        update(_notices)
        .where(_notices.c.id.in_(take(_notices, *is_due, by="look_at", size=MANY)))
        .values(state=NoticeState.TOLD)
        .returning(_notices.c.id, _notices.c.person_id, _notices.c.kind)
    )
    return [(notice_id, person_id, kind) for notice_id, person_id, kind in rows.all()]


def _people(taken: _Taken) -> dict[UUID, _Due]:
    """The people behind the notices, in the order of their ids, without closed accounts."""
    notices: dict[UUID, dict[UUID, NoticeKind]] = defaultdict(dict)
    for notice_id, person_id, kind in taken:
        notices[person_id][notice_id] = kind
    rows = run(
        select(_persons.c.id, _persons.c.role, _persons.c.zone, *CHOSEN)
        .outerjoin(_settings, _settings.c.person_id == _persons.c.id)
        .where(_persons.c.id.in_(notices), _persons.c.is_active.is_(True))
        .order_by(_persons.c.id)
    )
    return {
        person_id: _Due(person_id, role, zone_named(zone), choices_in(*chosen), notices[person_id])
        for person_id, role, zone, *chosen in rows.all()
    }


def _ask_when_they_read(people: dict[UUID, _Due], now: datetime) -> None:
    """Note when the workers among these people read; the others are told by day."""
    workers = [each.person_id for each in people.values() if each.role is Role.WORKER]
    for worker_id, readings in hooks.readings_of(workers, now).items():
        people[worker_id].readings = readings


def _read_letters(people: dict[UUID, _Due], now: datetime) -> None:
    """Note which letters these people have had today, and which are still on their way."""
    is_recent = or_(_letters.c.state == LetterState.WAITING, _letters.c.made_at > now - _TWO_DAYS)
    rows = run(select(_letters).where(_letters.c.person_id.in_(people), is_recent))
    for row in rows:
        due = people[row.person_id]
        if row.state is LetterState.WAITING:
            due.letter_id = row.id
        if row.on_day != _day(now, due.zone):
            continue
        due.last_number = max(due.last_number, row.number)
        if row.state is not LetterState.DROPPED:
            due.counted += row.is_counted
            due.has_unsolicited |= row.is_unsolicited


def _write_letters(decisions: Iterable[tuple[_Due, Decision]], now: datetime) -> None:
    """Write the letters. Where another job was earlier, the notices go back to wait."""
    writing = [each for each in decisions if each[1].verdict is Verdict.WRITE]
    if not writing:
        return
    ids = [new_id() for _ in writing]
    rows = [
        {
            "id": row_id,
            "person_id": due.person_id,
            "on_day": _day(now, due.zone),
            "number": due.last_number + 1,
            "is_unsolicited": decision.is_unsolicited,
            "is_counted": decision.is_counted,
            "state": LetterState.WAITING,
            "due_at": now,
            "attempts": 0,
            "made_at": now,
        }
        for (due, decision), row_id in zip(writing, ids, strict=True)
    ]
    inserted = run(insert_into(_letters).on_conflict_do_nothing(), rows).rowcount
    written = {due.person_id: row_id for (due, _), row_id in zip(writing, ids, strict=True)}
    if inserted != len(rows):
        written = _those_of_ours(ids)
    for due, _decision in writing:
        due.letter_id = written.get(due.person_id)
    late = [notice_id for due, _ in writing if not due.letter_id for notice_id in due.notices]
    _set_state(late, NoticeState.WAITING)


def _those_of_ours(letter_ids: Collection[UUID]) -> dict[UUID, UUID]:
    """By person, those of the letters that could be written."""
    rows = run(select(_letters.c.person_id, _letters.c.id).where(_letters.c.id.in_(letter_ids)))
    return {row.person_id: row.id for row in rows}


def _hold(decisions: Iterable[tuple[_Due, Decision]]) -> None:
    held = [
        {"notice_id": notice_id, "until": decision.until}
        for due, decision in decisions
        if decision.verdict is Verdict.HOLD
        for notice_id in due.notices
    ]
    if held:
        run(_HOLD, held)


def _drop(
    decisions: Iterable[tuple[_Due, Decision]],
    taken: _Taken,
) -> None:
    """Set aside what people do not want to hear of, and what was for closed accounts."""
    known = set()
    unwanted: list[UUID] = []
    for due, decision in decisions:
        known.add(due.person_id)
        if decision.verdict is Verdict.DROP:
            unwanted.extend(due.notices)
    unwanted += [notice_id for notice_id, person_id, _ in taken if person_id not in known]
    _set_state(unwanted, NoticeState.NOT_WANTED)


def _fold(people: Iterable[_Due], now: datetime) -> None:
    """Fold what was taken, and what these people had waiting, into their letters."""
    with_letter = [due for due in people if due.letter_id]
    if not with_letter:
        return
    taken = [notice_id for due in with_letter for notice_id in due.notices]
    _put_into_letters(taken, with_letter)
    waiting = (
        select(_notices.c.id)
        .where(
            _notices.c.person_id.in_([due.person_id for due in with_letter]),
            _notices.c.state == NoticeState.WAITING,
            _notices.c.due_at <= now,
        )
        .with_for_update(skip_locked=True)
    )
    _put_into_letters([notice_id for (notice_id,) in run(waiting)], with_letter)


def _put_into_letters(notice_ids: Collection[UUID], people: Iterable[_Due]) -> None:
    if not notice_ids:
        return
    run(
        update(_notices)
        .where(
            _letters.c.id.in_([due.letter_id for due in people]),
            _letters.c.person_id == _notices.c.person_id,
            _notices.c.id.in_(notice_ids),
        )
        .values(state=NoticeState.TOLD, letter_id=_letters.c.id)
    )


def _set_state(notice_ids: Collection[UUID], state: NoticeState) -> None:
    if notice_ids:
        run(update(_notices).where(_notices.c.id.in_(notice_ids)).values(state=state))

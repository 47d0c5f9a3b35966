"""Telling: a notice is a row, written in the same transaction as its cause."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, exists, literal, select, true, update
from sqlalchemy.orm import aliased

from portal.accounts.shapes import SecurityEvent
from portal.core.db import db, insert_into
from portal.core.jobs import enqueue
from portal.core.row_ids import new_id
from portal.notifications.models import Letter, Notice
from portal.notifications.service.statements import (
    made_id,
    run,
    table_of,
    unless_there,
)
from portal.notifications.shapes import LetterState, NoticeKind, NoticeState, Telling

SEND_JOB = "notifications.send_due"
_notices = table_of(Notice)
_AGAIN: dict[str, Any] = {
    "unique": ["dedupe_key", "person_id"],
    "change": ["due_at", "look_at", "state"],
    "only_if": (_notices.c.state == NoticeState.WAITING)
    | (_notices.c.state == NoticeState.WITHDRAWN),
}


def tell(person_id: UUID, kind: NoticeKind, *, at: datetime, key: str, now: datetime) -> None:
    """Tell a person, from a moment on, that there is something new.

    The key names the cause (letters, digits, `:`; at most 200). Telling the same person with the
    same key again moves a notice that waits, wakes one that was withdrawn, and leaves one that
    was told: nothing goes out twice.
    """
    tell_all([Telling(person_id, kind, at, key)], now=now)


def tell_all(tellings: Sequence[Telling], *, now: datetime) -> None:
    """Tell many at once; each as `tell` does."""
    if not tellings:
        return
    rows = [
        {
            "id": new_id(),
            "person_id": each.person_id,
            "kind": each.kind,
            "dedupe_key": each.key,
            "due_at": each.at,
            "look_at": each.at,
            "state": NoticeState.WAITING,
            "made_at": now,
        }
        for each in tellings
    ]
    run(unless_there(insert_into(_notices), **_AGAIN), rows)
    if any(each.at <= now for each in tellings):
        enqueue(SEND_JOB)


def tell_found(found: Select[Any], *, now: datetime) -> None:
    """Tell all that a statement finds; each as `tell` does, without a round through Python.

    It finds the columns `person_id`, `kind`, `at` and `key`, with `at` not later than now.
    """
    each = found.subquery().c
    constants = [
        literal(NoticeState.WAITING, _notices.c.state.type),
        literal(now, _notices.c.made_at.type),
    ]
    rows = select(made_id(), each.person_id, each.kind, each.key, each.at, each.at, *constants)
    names = ["id", "person_id", "kind", "dedupe_key", "due_at", "look_at", "state", "made_at"]
    run(unless_there(insert_into(_notices).from_select(names, rows.where(true())), **_AGAIN))
    enqueue(SEND_JOB)


def bring_forward(key: str, person_id: UUID, *, now: datetime) -> None:
    """What waits to be told to a person under this key is told from now on.

    What was told or taken back stays so; asking for what is not there changes nothing.
    """
    brought = db.session.execute(
        update(Notice)
        .where(
            Notice.dedupe_key == key,
            Notice.person_id == person_id,
            Notice.state == NoticeState.WAITING,
            Notice.due_at > now,
        )
        .values(due_at=now, look_at=now)
        .returning(Notice.id)
    )
    if brought.first() is not None:
        enqueue(SEND_JOB)


def withdraw(key: str, *, person_id: UUID | None = None) -> None:
    """The cause is gone: nobody is told any more, or this person is not.

    Takes back a notice that waits or whose letter has not gone out; a letter left with nothing to
    tell goes with it. Asking for what is not there changes nothing.
    """
    ours = [Notice.dedupe_key == key]
    if person_id is not None:
        ours.append(Notice.person_id == person_id)
    unsent = select(Letter.id).where(Letter.state == LetterState.WAITING)
    taken_back = db.session.execute(
        update(Notice)
        .where(
            *ours,
            (Notice.state == NoticeState.WAITING)
            | ((Notice.state == NoticeState.TOLD) & Notice.letter_id.in_(unsent)),
        )
        .values(state=NoticeState.WITHDRAWN)
        .returning(Notice.letter_id)
    ).scalars()
    if letter_ids := {each for each in taken_back if each}:
        _drop_empty(letter_ids)


def tell_of_security(person_id: UUID, event: SecurityEvent, now: datetime) -> None:
    """Something about a person's account changed; they hear of it, whatever they turned off."""
    key = f"security:{event.value}:{now:%Y%m%dT%H%M%S}"
    tell(person_id, NoticeKind.SECURITY, at=now, key=key, now=now)


def _drop_empty(letter_ids: set[UUID]) -> None:
    told = aliased(Notice)
    something_to_tell = exists().where(told.letter_id == Letter.id, told.state == NoticeState.TOLD)
    db.session.execute(
        update(Letter)
        .where(Letter.id.in_(letter_ids), Letter.state == LetterState.WAITING, ~something_to_tell)
        .values(state=LetterState.DROPPED)
        .execution_options(synchronize_session=False)
    )

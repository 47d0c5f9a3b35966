"""Sessions: the cookie's token opens the person's bundle; the database alone opens nothing.

The token is 32 random bytes that live only in the cookie. From it come, separately, the look-up id
(stored as a hash) and the key under which the bundle and the person's own name are closed.
"""

import base64
import secrets
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import delete, select, update

from portal.core.db import db
from portal.core.errors import Locked
from portal.core.row_ids import new_id
from portal.vault.canonical import canonical
from portal.vault.envelope import DoesNotOpen, close, unclose
from portal.vault.keys import Bundle, derive, fingerprint
from portal.vault.models import Session, Stage

TOUCH_EVERY = timedelta(minutes=1)


class Inside(msgspec.Struct, frozen=True):
    """What a session keeps closed under its token.

    ``lacks_code``: its person has not said yet that they keep their recovery code.
    ``has_way_out``: they want the button that takes them away at once.
    """

    bundle: Bundle
    name: str
    lacks_code: bool = False
    has_way_out: bool = False


class Lifetime(msgspec.Struct, frozen=True):
    """How long a session may rest unused, and how long it lasts at the most."""

    idle: timedelta
    absolute: timedelta
    is_kept: bool = False


def start_session(
    person_id: UUID, inside: Inside, *, lifetime: Lifetime, stage: Stage, device: str, now: datetime
) -> str:
    """Sign a person in on one device; gives the cookie's value."""
    token = secrets.token_bytes(32)
    row = Session(
        id=new_id(),
        look_up=_look_up(token),
        person_id=person_id,
        stage=stage,
        device=device,
        is_kept=lifetime.is_kept,
        made_at=now,
        seen_at=now,
        idle_seconds=int(lifetime.idle.total_seconds()),
        ends_at=now + lifetime.absolute,
    )
    known = msgspec.structs.replace(inside, bundle=inside.bundle.with_public())
    row.wrapped = _wrap(row, token, known)
    db.session.add(row)
    db.session.flush()
    return base64.urlsafe_b64encode(token).decode().rstrip("=")


def look_up_of(cookie: str) -> bytes:
    """The stored look-up hash for a cookie's value; Locked when the cookie is malformed."""
    return _look_up(_token(cookie))


def open_session(row: Any, cookie: str, now: datetime) -> Inside:
    """Open what a found session keeps, or Locked when it has ended or rested too long.

    The row is a Session, or its columns as a query brought them along.
    """
    if now >= row.ends_at or now >= row.seen_at + timedelta(seconds=row.idle_seconds):
        raise Locked
    token = _token(cookie)
    try:
        body = unclose(derive(token, info="session wrap"), row.wrapped, _place(row))[1]
    except DoesNotOpen as problem:
        raise Locked from problem
    return msgspec.msgpack.decode(body, type=Inside)


def keep_in_session(row: Session, cookie: str, inside: Inside) -> None:
    """Keep something new in this session."""
    row.wrapped = _wrap(row, _token(cookie), inside)


def touch_session(session_id: UUID, now: datetime) -> None:
    """Note that a session is in use."""
    db.session.execute(update(Session).where(Session.id == session_id).values(seen_at=now))


def end_session(person_id: UUID, session_id: UUID) -> None:
    """Sign one device out at once."""
    db.session.execute(
        delete(Session).where(Session.id == session_id, Session.person_id == person_id)
    )


def end_sessions(person_id: UUID, *, but: UUID | None = None) -> None:
    """Sign a person out everywhere, or everywhere else."""
    db.session.execute(
        delete(Session).where(Session.person_id == person_id, Session.id != but)
        if but
        else delete(Session).where(Session.person_id == person_id)
    )


def sessions_of(person_id: UUID, now: datetime) -> list[Session]:
    """The devices on which a person is signed in, newest first."""
    rows = db.session.scalars(
        select(Session)
        .where(Session.person_id == person_id, Session.ends_at > now, Session.stage == Stage.FULL)
        .order_by(Session.made_at.desc())
    )
    return [r for r in rows if now < r.seen_at + timedelta(seconds=r.idle_seconds)]


def _wrap(row: Session, token: bytes, inside: Inside) -> bytes:
    return close(derive(token, info="session wrap"), msgspec.msgpack.encode(inside), _place(row))


def _place(row: Any) -> bytes:
    return canonical("session", row.id, row.person_id, row.stage.value)


def _look_up(token: bytes) -> bytes:
    return fingerprint(derive(token, info="session look-up"), b"session")


def _token(cookie: str) -> bytes:
    try:
        token = base64.urlsafe_b64decode(cookie + "=" * (-len(cookie) % 4))
    except ValueError as problem:
        raise Locked from problem
    if len(token) != 32:
        raise Locked
    return token

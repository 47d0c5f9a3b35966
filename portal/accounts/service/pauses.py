"""Pauses after wrong tries, kept in a table, so that a restart does not forget them."""

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import delete, update

from portal.accounts.models import Tries
from portal.accounts.rules.pauses import (
    CODE_LIMIT,
    FORGOTTEN_AFTER,
    PASSWORD_LIMIT,
    pause_after,
    still_counts,
)
from portal.core.db import db
from portal.core.errors import TooMany
from portal.core.languages import ngettext
from portal.vault.canonical import canonical
from portal.vault.server_seal import address_index, server_mac

_PURPOSE = b"sign-in tries"


def password_place(address: str, network: str) -> bytes:
    """The place of wrong passwords: one account, tried from one network address."""
    return server_mac(canonical("password", address_index(address), network), purpose=_PURPOSE)


def own_password_place(person_id: UUID) -> bytes:
    """The place of wrong passwords of somebody who is signed in: their account, wherever from."""
    return server_mac(canonical("own password", person_id), purpose=_PURPOSE)


def code_place(person_id: UUID) -> bytes:
    """The place of wrong codes of the second factor: one account, wherever they come from."""
    return server_mac(canonical("code", person_id), purpose=_PURPOSE)


def mailbox_key(address: str) -> str:
    """A name for a mailbox under which letters to it can be counted; it tells no address."""
    return address_index(address).hex()


def refuse_while_waiting(place: bytes, now: datetime) -> None:
    """Raise TooMany while the pause after the last wrong try lasts. Nothing is hashed meanwhile."""
    row = db.session.get(Tries, place)
    if row is not None and now < row.wait_until:
        seconds = int((row.wait_until - now).total_seconds()) + 1
        raise TooMany(
            str(
                ngettext(
                    "That did not fit a few times. Please wait %(num)s second.",
                    "That did not fit a few times. Please wait %(num)s seconds.",
                    seconds,
                )
            ),
            wait_seconds=seconds,
        )


def note_wrong_password(address: str, network: str, now: datetime) -> None:
    """Count a wrong password, and set the pause before the next try."""
    _note_wrong(password_place(address, network), PASSWORD_LIMIT, now)


def note_wrong_own_password(person_id: UUID, now: datetime) -> None:
    """Count a wrong password of somebody who is signed in, and set the pause."""
    _note_wrong(own_password_place(person_id), PASSWORD_LIMIT, now)


def note_wrong_code(person_id: UUID, now: datetime) -> None:
    """Count a wrong code of the second factor, and set the pause before the next try."""
    _note_wrong(code_place(person_id), CODE_LIMIT, now)


def forget_wrong(place: bytes) -> None:
    """It went well; earlier wrong tries no longer count."""
    db.session.execute(delete(Tries).where(Tries.place == place))


def forget_old_tries(now: datetime) -> None:
    """Delete what no longer counts."""
    db.session.execute(delete(Tries).where(Tries.changed_at < now - FORGOTTEN_AFTER))


def _note_wrong(place: bytes, limit: timedelta, now: datetime) -> None:
    row = db.session.get(Tries, place)
    if row is None:
        db.session.add(Tries(place=place, wrong=1, wait_until=now, changed_at=now))
        return
    wrong = row.wrong + 1 if still_counts(row.changed_at, now) else 1
    db.session.execute(
        update(Tries)
        .where(Tries.place == place)
        .values(
            wrong=Tries.wrong + 1 if wrong > 1 else 1,
            wait_until=now + pause_after(wrong, limit),
            changed_at=now,
        )
    )

"""Letters with a link of their own: to an address that may have no account yet.

They say the same as every notice; only the link differs. Address and link lie sealed for the server
until the letter is handed over, then the row goes.
"""

from datetime import datetime

import msgspec

from portal.accounts.shapes import Letter as AccountLetter
from portal.core.db import db
from portal.core.jobs import enqueue
from portal.core.row_ids import new_id
from portal.notifications.models import LinkLetter
from portal.notifications.service.telling import SEND_JOB
from portal.vault.server_seal import open_for_server, seal_for_server

_PURPOSE = "link letter"


class LinkBody(msgspec.Struct, frozen=True):
    """Where a letter goes and what its link opens (a path on this portal)."""

    address: str
    path: str


def send_link(address: str, path: str, *, at: datetime, now: datetime) -> None:
    """Send a letter with a link to an address, once the moment has come.

    Whoever calls decides the moment: at once for a person who has just asked for the letter,
    outside quiet hours for one who has not.
    """
    letter_id = new_id()
    body = msgspec.json.encode(LinkBody(address, path)).decode()
    sealed = seal_for_server(body, purpose=_PURPOSE, row_id=letter_id)
    db.session.add(LinkLetter(id=letter_id, sealed=sealed, due_at=at, made_at=now))
    if at <= now:
        enqueue(SEND_JOB)


def send_account_letter(letter: AccountLetter, now: datetime) -> None:
    """Send a letter of the accounts (sign-up, a new address) at once: its reader waits for it."""
    send_link(letter.address, letter.path, at=now, now=now)


def open_link(letter: LinkLetter) -> LinkBody:
    """Open address and link of a letter that is about to be handed over."""
    text = open_for_server(letter.sealed, purpose=_PURPOSE, row_id=letter.id)
    return msgspec.json.decode(text, type=LinkBody)

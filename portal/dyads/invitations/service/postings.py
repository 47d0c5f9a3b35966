"""The letters of an invitation: the first with its link, at once, and one reminder without it.

The outbox keeps address and link sealed for the server until the letter is sent, then wipes them
(`portal.notifications.service.linking`). A reminder leads to a page that says where the link is.
"""

import base64
import logging
from datetime import datetime, timedelta

from sqlalchemy import delete, func, insert, select

from portal.accounts.chosen import settings
from portal.core.clock import QuietHours, first_allowed
from portal.core.db import db
from portal.core.row_ids import new_id
from portal.dyads.invitations import rules
from portal.dyads.invitations.models import Invitation, Reminder
from portal.notifications.service import send_link
from portal.vault.canonical import canonical
from portal.vault.envelope import DoesNotOpen
from portal.vault.server_seal import open_for_server, seal_for_server, server_mac

log = logging.getLogger(__name__)

_PURPOSE = "invitation reminder"
_MARK = b"letter mailbox"
_BATCH = 200
_TRIED_AGAIN_AFTER = timedelta(days=1)
REMINDER_PATH = "/letter"


def post_letter(row: Invitation, address: str, token: str, now: datetime) -> None:
    """Send the letter with its link.

    An address gets at most three such letters a day, whoever writes them; what is more is dropped
    without a word, so that nobody learns or floods anything.
    """
    today = select(func.count(Invitation.id)).where(
        Invitation.address_index == row.address_index,
        Invitation.last_sent_at > now - rules.SENT_AGAIN_AFTER,
        Invitation.id != row.id,
    )
    if (db.session.scalar(today) or 0) < rules.LETTERS_TO_ONE_ADDRESS_A_DAY:
        send_link(address, f"/letter/{token}?to={mailbox_mark(row, address)}", at=now, now=now)


def mailbox_mark(row: Invitation, address: str) -> str:
    """What only the e-mail's link has: whoever comes with it reads that mailbox.

    The inviter's page shows the link without it; they may hand it over, but not make an account in
    the other's name.
    """
    tag = server_mac(canonical(row.id, address), purpose=_MARK)
    return base64.urlsafe_b64encode(tag).decode().rstrip("=")


def remind_later(row: Invitation, address: str, due_at: datetime) -> None:
    """Remember to remind the invited person once."""
    reminder_id = new_id()
    sealed = seal_for_server(address, purpose=_PURPOSE, row_id=reminder_id)
    db.session.add(Reminder(id=reminder_id, invitation_id=row.id, address=sealed, due_at=due_at))
    db.session.flush()


def remind_due(now: datetime) -> None:
    """Send the reminders that are due. Taking a row away and writing the letter are one step.

    Nobody is reminded at night; who has no account yet is taken to live in the portal's own zone.
    An address that does not open is tried again a day later, and holds no other up.
    """
    by_day = first_allowed(now, QuietHours(settings().zone))
    due = select(Reminder.id).where(Reminder.due_at <= now).order_by(Reminder.due_at)
    taken = db.session.execute(
        delete(Reminder)
        .where(Reminder.id.in_(due.limit(_BATCH).scalar_subquery()))
        .returning(Reminder.id, Reminder.invitation_id, Reminder.address)
    )
    for reminder_id, invitation_id, sealed in taken.all():
        try:
            address = open_for_server(sealed, purpose=_PURPOSE, row_id=reminder_id)
        except DoesNotOpen:
            log.error("reminder does not open", extra={"invitation_id": invitation_id})
            db.session.execute(
                insert(Reminder).values(
                    id=reminder_id,
                    invitation_id=invitation_id,
                    address=sealed,
                    due_at=now + _TRIED_AGAIN_AFTER,
                )
            )
        else:
            send_link(address, REMINDER_PATH, at=by_day, now=now)

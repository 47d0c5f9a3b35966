"""Tickets: links that were sent to an e-mail address. Whoever holds one reads that mailbox."""

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import delete, select, update

from portal.accounts.models import Ticket, TicketKind
from portal.core.db import db
from portal.core.errors import NotVisible
from portal.core.row_ids import new_id
from portal.vault.link_seal import link_index, link_text, new_link, read_link
from portal.vault.server_seal import open_for_server, seal_for_server
from portal.vault.viewer import Role

_LASTS = {
    TicketKind.SIGN_UP: timedelta(days=2),
    TicketKind.INVITED: timedelta(days=30),
    TicketKind.NEW_ADDRESS: timedelta(days=2),
}
_PURPOSE = "ticket"
PRESSED_TWICE = timedelta(minutes=10)
"""How long after an account began its link is still known, for the same press sent twice."""


def make_ticket(
    kind: TicketKind, address: str, role: Role, now: datetime, *, person_id: UUID | None = None
) -> str:
    """Make a ticket for an address; gives the token that goes into the link and nowhere else."""
    link, ticket_id = new_link(), new_id()
    db.session.add(
        Ticket(
            id=ticket_id,
            kind=kind,
            look_up=link_index(link),
            address=seal_for_server(address, purpose=_PURPOSE, row_id=ticket_id),
            role=role,
            person_id=person_id,
            made_at=now,
            ends_at=now + _LASTS[kind],
        )
    )
    db.session.flush()
    return link_text(link)


def find_ticket(token: str, now: datetime, *kinds: TicketKind, even_used: bool = False) -> Ticket:
    """The living ticket of a token; NotVisible when it is used, too old or of another kind.

    With ``even_used`` also one by which an account began some minutes ago, or whose new address
    was taken in.
    """
    row = db.session.scalar(
        select(Ticket).where(Ticket.look_up == link_index(read_link(token)), Ticket.ends_at > now)
    )
    if row is None or row.kind not in kinds or (is_used(row) and not even_used):
        raise NotVisible
    return row


def is_used(row: Ticket) -> bool:
    """Whether an account began by this link, or its new address was taken in."""
    if row.kind is TicketKind.NEW_ADDRESS:
        return row.accepted_at is not None
    return row.person_id is not None


def ticket_address(row: Ticket) -> str:
    """The address that a ticket was sent to."""
    return open_for_server(row.address, purpose=_PURPOSE, row_id=row.id)


def take_in_by_ticket(row: Ticket, now: datetime) -> bool:
    """The address of this link is taken in; False when the same press was a moment earlier.

    It works no more, but is known until its time is over: pressed again, it can say so.
    """
    used = db.session.execute(
        update(Ticket)
        .where(Ticket.id == row.id, Ticket.accepted_at.is_(None))
        .values(accepted_at=now)
        .returning(Ticket.id)
    )
    return used.first() is not None


def begin_by_ticket(row: Ticket, person_id: UUID, now: datetime) -> None:
    """An account began by this link; NotVisible when somebody was a moment earlier.

    It works no more, but is known for some minutes: of a double press the second finds it.
    """
    begun = db.session.execute(
        update(Ticket)
        .where(Ticket.id == row.id, Ticket.person_id.is_(None))
        .values(person_id=person_id, ends_at=now + PRESSED_TWICE)
        .returning(Ticket.id)
    )
    if begun.first() is None:
        raise NotVisible


def forget_old_tickets(now: datetime) -> None:
    """Delete the tickets whose time is over."""
    db.session.execute(delete(Ticket).where(Ticket.ends_at <= now))

"""Tickets: links that were sent to an e-mail address. Whoever holds one reads that mailbox."""

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import delete, select

from portal.accounts.models import Ticket, TicketKind
from portal.core.db import db, new_id
from portal.core.errors import NotVisible
from portal.vault.link_seal import link_index, link_text, new_link, read_link
from portal.vault.server_seal import open_for_server, seal_for_server
from portal.vault.viewer import Role

_LASTS = {
    TicketKind.SIGN_UP: timedelta(days=2),
    TicketKind.INVITED: timedelta(days=30),
    TicketKind.NEW_ADDRESS: timedelta(days=2),
}
_PURPOSE = "ticket"


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


def find_ticket(token: str, now: datetime, *kinds: TicketKind) -> Ticket:
    """The living ticket of a token; NotVisible when it is used, too old or of another kind."""
    row = db.session.scalar(
        select(Ticket).where(Ticket.look_up == link_index(read_link(token)), Ticket.ends_at > now)
    )
    if row is None or row.kind not in kinds:
        raise NotVisible
    return row


def ticket_address(row: Ticket) -> str:
    """The address that a ticket was sent to."""
    return open_for_server(row.address, purpose=_PURPOSE, row_id=row.id)


def use_ticket(row: Ticket) -> None:
    """Take a ticket away, so that it works once; NotVisible when somebody was a moment earlier."""
    used = db.session.execute(delete(Ticket).where(Ticket.id == row.id).returning(Ticket.id))
    if used.first() is None:
        raise NotVisible


def forget_old_tickets(now: datetime) -> None:
    """Delete the tickets whose time is over."""
    db.session.execute(delete(Ticket).where(Ticket.ends_at <= now))

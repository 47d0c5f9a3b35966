"""Another e-mail address: it counts once the link in the letter to it was pressed."""

from portal.accounts import hooks
from portal.accounts.models import Ticket, TicketKind
from portal.accounts.service.passwords import check_password
from portal.accounts.service.people import address_of, set_address
from portal.accounts.service.tickets import (
    find_ticket,
    is_used,
    make_ticket,
    take_in_by_ticket,
    ticket_address,
)
from portal.accounts.shapes import Letter, LetterKind, NewAddress, SecurityEvent
from portal.core.errors import NotVisible
from portal.vault.viewer import Viewer


def ask_for_address(viewer: Viewer, address: str, password: str) -> Letter:
    """Send a link to the new address. The page answers the same whoever it belongs to."""
    check_password(viewer, password)
    token = make_ticket(
        TicketKind.NEW_ADDRESS, address, viewer.role, viewer.now, person_id=viewer.person_id
    )
    letter = Letter(address, LetterKind.NEW_ADDRESS, f"/settings/address/{token}")
    hooks.send(letter, viewer.now)
    return letter


def new_address_of(viewer: Viewer, token: str) -> NewAddress:
    """The address that the viewer's link is about, and whether it counts already.

    NotVisible when the link is not theirs, or another address has come after this one.
    """
    row = _link_of(viewer, token)
    found = NewAddress(ticket_address(row), is_used(row))
    if found.is_taken and address_of(viewer.person_id) != found.address:
        raise NotVisible
    return found


def take_address(viewer: Viewer, token: str) -> None:
    """From now on the viewer signs in with the new address; both mailboxes hear of it.

    The old one gets a letter of its own: a notice goes to the address that counts when it is sent.
    The same press twice takes it in once.
    """
    found, old = new_address_of(viewer, token), address_of(viewer.person_id)
    if found.is_taken or not take_in_by_ticket(_link_of(viewer, token), viewer.now):
        return
    set_address(viewer.person_id, found.address)
    hooks.send(Letter(old, LetterKind.ADDRESS_LEFT, "/sign-in"), viewer.now)
    hooks.tell_of(viewer.person_id, SecurityEvent.ADDRESS_CHANGED, viewer.now)


def _link_of(viewer: Viewer, token: str) -> Ticket:
    row = find_ticket(token, viewer.now, TicketKind.NEW_ADDRESS, even_used=True)
    if row.person_id != viewer.person_id:
        raise NotVisible
    return row

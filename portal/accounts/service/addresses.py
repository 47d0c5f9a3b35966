"""Another e-mail address: it counts once the link in the letter to it was pressed."""

from portal.accounts import hooks
from portal.accounts.models import TicketKind
from portal.accounts.service.passwords import check_password
from portal.accounts.service.people import address_of, set_address
from portal.accounts.service.tickets import find_ticket, make_ticket, ticket_address, use_ticket
from portal.accounts.shapes import Letter, LetterKind, SecurityEvent
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


def new_address_of(viewer: Viewer, token: str) -> str:
    """The address that the viewer's link is about; NotVisible when the link is not theirs."""
    row = find_ticket(token, viewer.now, TicketKind.NEW_ADDRESS)
    if row.person_id != viewer.person_id:
        raise NotVisible
    return ticket_address(row)


def take_address(viewer: Viewer, token: str) -> None:
    """From now on the viewer signs in with the new address; both mailboxes hear of it.

    The old one gets a letter of its own: a notice goes to the address that counts when it is sent.
    """
    address = new_address_of(viewer, token)
    hooks.send(
        Letter(address_of(viewer.person_id), LetterKind.ADDRESS_LEFT, "/sign-in"), viewer.now
    )
    hooks.tell_of(viewer.person_id, SecurityEvent.ADDRESS_CHANGED, viewer.now)
    set_address(viewer.person_id, address)
    use_ticket(find_ticket(token, viewer.now, TicketKind.NEW_ADDRESS))

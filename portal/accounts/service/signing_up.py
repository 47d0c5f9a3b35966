"""Signing up: an address first, then what one should know, then a name and a password.

The page answers the same whether the address has an account or not; only the letter tells.
"""

from datetime import datetime
from urllib.parse import quote

from sqlalchemy.exc import IntegrityError

from portal.accounts import hooks
from portal.accounts.chosen import settings
from portal.accounts.models import Ticket, TicketKind
from portal.accounts.reading import Terms, terms
from portal.accounts.rules import codes
from portal.accounts.service import sessions
from portal.accounts.service.passwords import refuse_weak
from portal.accounts.service.pauses import note_wrong_password
from portal.accounts.service.people import person_by_address, set_up_person
from portal.accounts.service.signing_in import sign_in
from portal.accounts.service.tickets import (
    begin_by_ticket,
    find_ticket,
    is_used,
    make_ticket,
    ticket_address,
)
from portal.accounts.shapes import (
    Caller,
    Letter,
    LetterKind,
    ProfileBody,
    SignedIn,
    SignInBody,
    SignUpBody,
    TicketCard,
)
from portal.core.errors import Conflict, FieldError, NotAllowed
from portal.core.guard import after_answer
from portal.core.languages import _
from portal.core.work import undo_work
from portal.vault.identity import set_recovery_code
from portal.vault.viewer import Role

_LONGEST_ONWARD = 80
_KINDS = (TicketKind.SIGN_UP, TicketKind.INVITED)


def ask_to_sign_up(address: str, now: datetime, *, onward: str = "") -> Letter:
    """Send a letter with the link by which an account begins, or one that says there is one.

    ``onward`` is the page on this site to go on to; a long one is left out. The ticket is made in
    either case, so that both take the same time. The letter is given back for the demo, which shows
    its link.
    """
    if not settings().sign_up_open:
        raise NotAllowed
    token, tail = make_ticket(TicketKind.SIGN_UP, address, Role.OWNER, now), _tail(onward)
    letter = Letter(address, LetterKind.SIGN_UP, f"/sign-up/{token}{tail}")
    if person_by_address(address) is not None:
        letter = Letter(address, LetterKind.ALREADY_HERE, f"/sign-in{tail}")
    hooks.send(letter, now)
    return letter


def invite_to_sign_up(address: str, role: Role, now: datetime) -> str:
    """The path at which an invited person may begin, even when sign-up is closed.

    For invitations between people: the letter is theirs, and it leads here. Hand the path only to
    who came by the mail that was sent to this address; others get ``send_to_sign_up``.
    """
    return f"/sign-up/{make_ticket(TicketKind.INVITED, address, role, now)}"


def send_to_sign_up(address: str, role: Role, now: datetime, *, onward: str) -> Letter:
    """Send an invited person their own link to begin, or to sign in where there is an account.

    For those who hold an invitation but did not come by the mail that went to this address.
    """
    tail, token = _tail(onward), make_ticket(TicketKind.INVITED, address, role, now)
    letter = Letter(address, LetterKind.SIGN_UP, f"/sign-up/{token}{tail}")
    if person_by_address(address) is not None:
        letter = Letter(address, LetterKind.ALREADY_HERE, f"/sign-in{tail}")
    hooks.send(letter, now)
    return letter


def invite_worker(address: str, now: datetime) -> Letter:
    """An administrator invites a worker by e-mail; the letter holds the link."""
    path = invite_to_sign_up(address, Role.WORKER, now)
    letter = Letter(address, LetterKind.WORKER_INVITED, path)
    hooks.send(letter, now)
    return letter


def ticket_card(token: str, now: datetime, *, even_used: bool = False) -> TicketCard:
    """What the page behind a sign-up link needs; NotVisible when the link no longer works.

    With ``even_used`` also where its account began some minutes ago.
    """
    row = find_ticket(token, now, *_KINDS, even_used=even_used)
    return TicketCard(ticket_address(row), row.role is Role.WORKER, row.accepted_at is not None)


def terms_for(language: str, *, is_worker: bool) -> Terms:
    """What one reads and accepts before an account begins."""
    return terms(language, settings().service_name, for_worker=is_worker)


def accept_terms(token: str, now: datetime) -> None:
    """Somebody read what they should know, and goes on."""
    find_ticket(token, now, *_KINDS).accepted_at = now


def sign_up(token: str, body: SignUpBody, caller: Caller, now: datetime) -> SignedIn:
    """Make the account, with a recovery code, and sign its person in.

    Raises FieldError for a weak password, NotVisible for a used link, NotAllowed before the terms
    are accepted, Conflict when the address has got an account meanwhile. Where that account was
    made by the same press, sent twice, its person comes in here too.
    """
    row = find_ticket(token, now, *_KINDS, even_used=True)
    if row.accepted_at is None:
        raise NotAllowed
    address = ticket_address(row)
    if is_used(row):
        return _come_in(address, body.password, caller, now)
    refuse_weak(body.password, own_words=[body.name, address])
    profile = _profile(row, body)
    try:
        made = set_up_person(address, profile, body.password, row.role, now)
    except (Conflict, IntegrityError):
        undo_work()
        return _come_in(address, body.password, caller, now)
    set_recovery_code(made.person_id, made.bundle, codes.new_code())
    begin_by_ticket(row, made.person_id, now)
    who = sessions.opened(made.person_id, made.bundle)
    return sessions.begin(who, caller, now, is_kept=False)


def _tail(onward: str) -> str:
    """The end of a letter's link: where to go on to, in plain signs; nobody writes letters here."""
    path = quote(onward, safe="/")
    return f"?next={path}" if onward not in ("", "/") and len(path) <= _LONGEST_ONWARD else ""


def _come_in(address: str, password: str, caller: Caller, now: datetime) -> SignedIn:
    """Come into the account that is there. A wrong password counts as it does at any sign-in."""
    try:
        return sign_in(SignInBody(address, password, is_own_device=False), caller, now)
    except FieldError as problem:
        after_answer(lambda: note_wrong_password(address, caller.network, now))
        raise Conflict(str(_("This e-mail address has an account already."))) from problem


def _profile(row: Ticket, body: SignUpBody) -> ProfileBody:
    is_worker = row.role is Role.WORKER
    read = terms_for(settings().language, is_worker=is_worker)
    return ProfileBody(
        name=body.name,
        title=body.title if is_worker else "",
        terms=read.version,
        accepted_at=row.accepted_at,
    )

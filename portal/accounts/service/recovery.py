"""The recovery code: made, kept on paper, printed again, and used once.

It is the first rung of the ladder by which nobody loses what they wrote. It stands in for the
password *and* for a lost phone: using it takes the authenticator app off the account.
"""

from datetime import datetime

import msgspec

from portal.accounts import hooks
from portal.accounts.rules import codes
from portal.accounts.rules.steps import is_signing_up
from portal.accounts.service import sessions
from portal.accounts.service.factor import drop_factor
from portal.accounts.service.passwords import check_password, refuse_weak
from portal.accounts.service.pauses import forget_wrong, password_place, refuse_while_waiting
from portal.accounts.service.people import (
    active_person_by_address,
    profile_body,
    reseal_profile,
)
from portal.accounts.service.pictures import qr_picture
from portal.accounts.shapes import Caller, CodeCard, RecoveryBody, SecurityEvent, SignedIn
from portal.core.errors import FieldError, NotVisible
from portal.core.languages import _
from portal.vault import identity
from portal.vault.session import end_sessions
from portal.vault.viewer import Viewer


def new_code_card(viewer: Viewer) -> CodeCard:
    """The viewer's code while they have not yet said that they keep it; else NotVisible."""
    body = profile_body(viewer.box)
    if body.code_kept_at is not None:
        raise NotVisible
    return _card(viewer)._replace(is_first=is_signing_up(body, viewer.now))


def code_card(viewer: Viewer, password: str) -> CodeCard:
    """The viewer's code, to be printed once more. Asks for the password first."""
    check_password(viewer, password)
    try:
        return _card(viewer)
    except NotVisible as problem:
        sentence = _("You have no code yet. Press “Make a new code”.")
        raise FieldError("password", str(sentence)) from problem


def confirm_code(viewer: Viewer, group: str) -> None:
    """The viewer typed one group of their code: they have it on paper or saved."""
    card = new_code_card(viewer)
    try:
        typed = codes.plain(group)
    except codes.Mistyped:
        typed = ""
    if typed != card.groups[card.number - 1]:
        sentence = _("This is not group %(number)s. Please look once more.", number=card.number)
        raise FieldError("code", str(sentence))
    body = profile_body(viewer.box)
    reseal_profile(viewer, msgspec.structs.replace(body, code_kept_at=viewer.now))


def make_new_code(viewer: Viewer, password: str) -> None:
    """Give the viewer a new code; the old one opens nothing any more. Asks for the password."""
    check_password(viewer, password)
    identity.set_recovery_code(viewer.person_id, viewer.box.bundle_for_rewrap(), codes.new_code())
    body = profile_body(viewer.box)
    reseal_profile(viewer, msgspec.structs.replace(body, code_kept_at=None))


def recover(body: RecoveryBody, caller: Caller, now: datetime) -> SignedIn:
    """Come back in with the recovery code: a new password, a new code, every device signed out.

    Raises FieldError with the same words for a wrong code and an unknown address.
    """
    place = password_place(body.address, caller.network)
    refuse_while_waiting(place, now)
    refuse_weak(body.new_password, own_words=[body.address], field="new_password")
    try:
        who = _recovered(body, now)
    except identity.WrongPassword as problem:
        sentence = _("E-mail and recovery code do not fit. A code works once.")
        raise FieldError("code", str(sentence)) from problem
    forget_wrong(place)
    hooks.tell_of(who.person.id, SecurityEvent.RECOVERY_USED, now)
    return sessions.begin(who, caller, now, is_kept=False)


def _recovered(body: RecoveryBody, now: datetime) -> sessions.Opened:
    """Open the person's keys with their code, and use the code up."""
    person_id = active_person_by_address(body.address)
    used = identity.open_with_recovery_code(person_id, _typed_code(body))
    if person_id is None:
        raise AssertionError("a decoy never opens")
    who = sessions.opened(person_id, used.bundle)
    _renew(who, used, body.new_password, now)
    return who


def _typed_code(body: RecoveryBody) -> bytes:
    try:
        return codes.read_code(body.code)
    except codes.Mistyped as problem:
        sentence = _("This is not a whole recovery code. Please look at each group once more.")
        raise FieldError("code", str(sentence)) from problem


def _renew(who: sessions.Opened, used: identity.ByCode, password: str, now: datetime) -> None:
    """Close everything anew, so that neither the old password nor the used code opens it."""
    person_id = who.person.id
    identity.change_password(person_id, used.bundle, password)
    identity.use_recovery_code(person_id, used, codes.new_code())
    end_sessions(person_id)
    hooks.signed_out_everywhere(person_id, now)
    drop_factor(who.person)
    viewer = sessions.viewer_for(who, now)
    reseal_profile(viewer, msgspec.structs.replace(profile_body(who.box), code_kept_at=None))


def _card(viewer: Viewer) -> CodeCard:
    code = identity.recovery_code_of(viewer.person_id, viewer.box.bundle_for_rewrap())
    groups = codes.groups_of(code)
    picture = qr_picture("-".join(groups), str(_("Your recovery code as a picture to scan")))
    return CodeCard(groups, picture, viewer.person_id.int % codes.GROUPS + 1, is_first=False)


__all__ = [
    "code_card",
    "confirm_code",
    "make_new_code",
    "new_code_card",
    "recover",
]

"""Signing in with a password, and changing it.

An address without an account costs the same time and is answered with the same words.
"""

from datetime import datetime

from portal.accounts import hooks
from portal.accounts.service import sessions
from portal.accounts.service.passwords import check_password, refuse_weak
from portal.accounts.service.pauses import forget_wrong, password_place, refuse_while_waiting
from portal.accounts.service.people import active_person_by_address, address_of
from portal.accounts.shapes import Caller, NextStep, SecurityEvent, SignedIn, SignInBody
from portal.core.errors import FieldError
from portal.core.languages import _
from portal.vault import identity
from portal.vault.viewer import Viewer


def sign_in(body: SignInBody, caller: Caller, now: datetime) -> SignedIn:
    """Open a person's keys with their password and start a session.

    Raises TooMany during a pause, before anything is hashed, and FieldError when address and
    password do not belong together.
    """
    place = password_place(body.address, caller.network)
    refuse_while_waiting(place, now)
    person_id = active_person_by_address(body.address)
    try:
        bundle = identity.open_identity(person_id, body.password)
    except identity.WrongPassword as problem:
        raise FieldError("password", str(_("E-mail and password do not fit."))) from problem
    if person_id is None:
        raise AssertionError("a decoy never opens")
    forget_wrong(place)
    who = sessions.opened(person_id, bundle)
    return sessions.begin(who, caller, now, is_kept=body.is_own_device)


def change_password(viewer: Viewer, present: str, new: str, caller: Caller) -> SignedIn:
    """Close the viewer's keys under a new password; every other device is signed out."""
    address = address_of(viewer.person_id)
    refuse_weak(new, own_words=[viewer.name, address], field="new_password")
    check_password(viewer, present)
    identity.change_password(viewer.person_id, viewer.box.bundle_for_rewrap(), new)
    hooks.tell_of(viewer.person_id, SecurityEvent.PASSWORD_CHANGED, viewer.now)
    return sessions.replace(viewer, caller, step=NextStep.DONE, ends_others=True)

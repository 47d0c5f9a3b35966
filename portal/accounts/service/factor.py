"""The second factor: codes of an authenticator app, each of which works once.

Sources: RFC 6238; OWASP ASVS 5.0, 6.5. The app's secret lies sealed under the person's own key. A
person of this house can be reset by the service (``reset_factor``): that removes the app, and opens
nothing.
"""

import base64
import hashlib
from datetime import datetime
from uuid import UUID

import pyotp
from pyotp.exceptions import OTPVerificationError
from sqlalchemy import delete, select, update

from portal.accounts import hooks
from portal.accounts.chosen import settings
from portal.accounts.models import Factor, Person
from portal.accounts.rules.steps import is_signing_up
from portal.accounts.service import sessions
from portal.accounts.service.passwords import check_password
from portal.accounts.service.pauses import (
    code_place,
    forget_wrong,
    refuse_while_waiting,
)
from portal.accounts.service.people import address_of, person_row, profile_body
from portal.accounts.service.pictures import qr_picture
from portal.accounts.shapes import (
    Caller,
    FactorBody,
    FactorCard,
    FactorState,
    NextStep,
    SecurityEvent,
    SignedIn,
)
from portal.core.db import db
from portal.core.errors import FieldError, NotAllowed, NotVisible
from portal.core.languages import _
from portal.core.row_ids import new_id
from portal.vault.canonical import canonical
from portal.vault.models import Audience, Part
from portal.vault.session import end_sessions
from portal.vault.viewer import Viewer

_SECRET_BYTES = 20
_WINDOW = 1  # a clock may be off by half a minute


def factor_state(viewer: Viewer) -> FactorState:
    """Whether the viewer has an app set up, needs one, and whether this portal asks at all."""
    person = person_row(viewer.person_id)
    return FactorState(
        is_on=person.needs_factor,
        is_required=settings().requires_second_factor(person.role.value),
        is_demo=settings().demo,
    )


def factor_card(viewer: Viewer) -> FactorCard:
    """What the viewer scans, opens or types into their app; the same until it is confirmed."""
    if factor_state(viewer).is_on:
        raise NotVisible
    secret, address = _offered_secret(viewer), address_of(viewer.person_id)
    uri = pyotp.TOTP(secret).provisioning_uri(name=address, issuer_name=settings().service_name)
    groups = [secret[start : start + 4] for start in range(0, len(secret), 4)]
    picture = qr_picture(uri, str(_("A picture for your app to scan")))
    is_first = is_signing_up(profile_body(viewer.box), viewer.now)
    return FactorCard(groups, address, picture, uri, is_first)


def set_up_factor(viewer: Viewer, code: str, caller: Caller) -> SignedIn:
    """Take the app in once it shows the right code. The session changes; other devices end."""
    if factor_state(viewer).is_on or settings().demo:
        raise NotAllowed
    refuse_while_waiting(code_place(viewer.person_id), viewer.now)
    secret = _offered_secret(viewer)
    step = _step_of(secret, code, viewer)
    row = Factor(id=new_id(), owner_id=viewer.person_id, last_step=step)
    key = viewer.box.own_key(Part.PROFILE, Audience.ONLY_ME, now=viewer.now)
    viewer.box.seal(row, FactorBody(secret), key, now=viewer.now)
    db.session.add(row)
    person_row(viewer.person_id).needs_factor = True
    db.session.flush()
    return _done(viewer, caller, ends_others=True)


def pass_factor(viewer: Viewer, code: str, caller: Caller) -> SignedIn:
    """The second step of a sign-in. A code that was used before is refused."""
    place = code_place(viewer.person_id)
    refuse_while_waiting(place, viewer.now)
    row = _factor_row(viewer.person_id)
    step = _step_of(viewer.box.open(row, FactorBody).secret, code, viewer)
    taken = db.session.execute(
        update(Factor)
        .where(Factor.id == row.id, Factor.last_step < step)
        .values(last_step=step)
        .returning(Factor.id)
    )
    if taken.first() is None:
        raise FieldError("code", str(_("This code was used. Please wait for the next one.")))
    forget_wrong(place)
    return sessions.replace(viewer, caller, step=NextStep.DONE)


def end_factor(viewer: Viewer, password: str) -> None:
    """Take the app off the viewer's account, where it is not required. Asks for the password."""
    if factor_state(viewer).is_required:
        raise NotAllowed
    check_password(viewer, password)
    drop_factor(person_row(viewer.person_id))
    hooks.tell_of(viewer.person_id, SecurityEvent.FACTOR_CHANGED, viewer.now)


def drop_factor(person: Person) -> None:
    """Take the app off an account: its phone is lost. It opens nothing."""
    db.session.execute(delete(Factor).where(Factor.owner_id == person.id))
    person.needs_factor = False


def reset_factor(person_id: UUID, now: datetime) -> None:
    """For the administrator's command: the next sign-in sets up an app anew where one is needed.

    Every device is signed out, because the phone may be in other hands; the person hears of it.
    """
    drop_factor(person_row(person_id))
    end_sessions(person_id)
    hooks.signed_out_everywhere(person_id, now)
    hooks.tell_of(person_id, SecurityEvent.FACTOR_CHANGED, now)


def _done(viewer: Viewer, caller: Caller, *, ends_others: bool) -> SignedIn:
    hooks.tell_of(viewer.person_id, SecurityEvent.FACTOR_CHANGED, viewer.now)
    return sessions.replace(viewer, caller, step=NextStep.DONE, ends_others=ends_others)


def _step_of(secret: str, code: str, viewer: Viewer) -> int:
    """The number of the half minute that a code belongs to; FieldError when it is none of now."""
    digits = "".join(code.split())
    try:
        return pyotp.TOTP(secret).verify_and_get_timecode(
            digits, for_time=viewer.now, valid_window=_WINDOW
        )
    except OTPVerificationError as problem:
        sentence = _("This code does not fit. Please type the one that your app shows now.")
        raise FieldError("code", str(sentence)) from problem


def _offered_secret(viewer: Viewer) -> str:
    """A secret that only this person's keys can make, so that showing it writes nothing."""
    statement = canonical("second factor", viewer.person_id, str(viewer.session_id))
    digest = hashlib.sha256(viewer.box.sign(statement)).digest()
    return base64.b32encode(digest[:_SECRET_BYTES]).decode()


def _factor_row(person_id: UUID) -> Factor:
    row = db.session.scalar(select(Factor).where(Factor.owner_id == person_id))
    if row is None:
        raise NotVisible
    return row

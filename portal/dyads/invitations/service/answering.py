"""Answering a letter: yes, not now, or no. Each is told to the inviter in kind words."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select, update

from portal.core.db import db
from portal.core.errors import Conflict, NotAllowed
from portal.core.languages import _
from portal.core.row_ids import new_id
from portal.dyads import hooks
from portal.dyads.invitations import rules
from portal.dyads.invitations.models import Invitation, KeptLetter
from portal.dyads.invitations.service import closing, notices
from portal.dyads.invitations.service.reading import (
    OpenLetter,
    letter_for,
    open_letter_for,
    pair_of_letter,
)
from portal.dyads.invitations.service.sending import SETTLED
from portal.dyads.invitations.shapes import OPEN, Fit, InvitationState, KeptLetterBody
from portal.dyads.service.beginning import ALREADY, make_dyad
from portal.dyads.service.rooms import NoRoom
from portal.dyads.shapes import DyadBody
from portal.vault.identity import checked_identity
from portal.vault.models import Audience, Identity, Part
from portal.vault.viewer import Viewer

_NO = frozenset({InvitationState.DECLINED, InvitationState.NO_ROOM})
OWN_ROOM_FULL = _("You have as many people as you chose to take on. You can change the number.")


def accept(viewer: Viewer, token: str, *, name: str, title: str = "") -> UUID | None:
    """Say yes: the pair begins, and its id is given; None when the worker has no room left.

    ``name`` and ``title`` are how the viewer calls themselves towards the other. Raises NotAllowed
    for a role that does not fit and Conflict when somebody was earlier. Twice gives the same pair.
    """
    begun_before = pair_of_letter(viewer, token)
    if begun_before is not None:
        return begun_before
    letter = open_letter_for(viewer, token, viewer.now)
    _refuse_misfit(letter.fit)
    inviter = _inviter(letter)
    names = _names(viewer, letter, name, title)
    try:
        make_dyad(viewer, inviter, dyad_id=letter.body.dyad_id, link=letter.link, names=names)
    except NoRoom:
        _answer(letter, InvitationState.NO_ROOM, viewer.now)
        return None
    _answer(letter, InvitationState.ACCEPTED, viewer.now)
    sides = (viewer.person_id, inviter.person_id)
    owner_id, worker_id = sides if viewer.is_owner else sides[::-1]
    hooks.begun(hooks.Pair(letter.body.dyad_id, owner_id, worker_id), viewer.now)
    return letter.body.dyad_id


def decline(viewer: Viewer | None, token: str, now: datetime) -> None:
    """Say no. Whoever holds the letter may, with or without an account.

    A worker who takes on nobody more says so, and the portal tells it as what it is (Friction 18).
    """
    if letter_for(viewer, token, now).state in _NO:
        return
    letter = open_letter_for(viewer, token, now)
    is_full = letter.fit is Fit.NO_ROOM
    _answer(letter, InvitationState.NO_ROOM if is_full else InvitationState.DECLINED, now)


def put_off(viewer: Viewer | None, token: str, now: datetime) -> None:
    """Say not now. The letter stays open for three months; signed in, one finds it again."""
    letter = open_letter_for(viewer, token, now)
    changed = db.session.execute(
        update(Invitation)
        .where(Invitation.id == letter.row.id, Invitation.state.in_(OPEN))
        .values(
            state=InvitationState.LATER,
            answered_at=now,
            ends_at=now + rules.LASTS_AFTER_NOT_NOW,
        )
        .returning(Invitation.id)
    )
    if changed.first() is None:
        raise Conflict(SETTLED)
    notices.forget(letter.row.id)
    notices.tell_answered(letter.row, now)
    closing.forget_reminder(letter.row.id)
    if viewer is not None and letter.fit is not Fit.OWN_LETTER:
        _keep_letter(viewer, letter)


def _refuse_misfit(fit: Fit) -> None:
    if fit is Fit.PAIR_ALREADY:
        raise Conflict(ALREADY)
    if fit is Fit.NO_ROOM:
        raise Conflict(OWN_ROOM_FULL)
    if fit is not Fit.YES:
        raise NotAllowed


def _inviter(letter: OpenLetter) -> Identity:
    """The inviter's identity, if it is still the one that the letter named."""
    identity = checked_identity(letter.body.inviter_id)
    named = (letter.body.opening_public, letter.body.signing_public)
    if named != (identity.opening_public, identity.signing_public):
        raise NotAllowed
    return identity


def _names(viewer: Viewer, letter: OpenLetter, name: str, title: str) -> DyadBody:
    if viewer.is_worker:
        return DyadBody(owner_name=letter.body.name, worker_name=name, worker_title=title)
    return DyadBody(owner_name=name, worker_name=letter.body.name, worker_title=letter.body.title)


def _answer(letter: OpenLetter, state: InvitationState, now: datetime) -> None:
    if not closing.settle(letter.row, state, now):
        raise Conflict(SETTLED)
    notices.tell_answered(letter.row, now)


def _keep_letter(viewer: Viewer, letter: OpenLetter) -> None:
    known = select(KeptLetter.id).where(
        KeptLetter.owner_id == viewer.person_id, KeptLetter.invitation_id == letter.row.id
    )
    if db.session.scalar(known) is not None:
        return
    row = KeptLetter(id=new_id(), owner_id=viewer.person_id, invitation_id=letter.row.id)
    body = KeptLetterBody(letter.link, letter.body.name, letter.body.title, letter.body.greeting)
    key = viewer.box.own_key(Part.PROFILE, Audience.ONLY_ME, now=viewer.now)
    viewer.box.seal(row, body, key, now=viewer.now)
    db.session.add(row)

"""Writing an invitation, sending its letter again, taking it back."""

from uuid import UUID

import msgspec
from sqlalchemy import func, select, update
from sqlalchemy.exc import IntegrityError

from portal.accounts.models import Person
from portal.core.db import db
from portal.core.errors import Conflict, FieldError, NotVisible
from portal.core.languages import _
from portal.core.row_ids import new_id
from portal.dyads.invitations import rules
from portal.dyads.invitations.models import Invitation
from portal.dyads.invitations.service import closing, notices, postings
from portal.dyads.invitations.shapes import (
    OPEN,
    InvitationBody,
    InvitationState,
    LetterBody,
    NewInvitation,
    SentInvitation,
)
from portal.dyads.models import IS_LIVE, Dyad
from portal.dyads.service.beginning import link_of, pin_link
from portal.vault.identity import checked_identity
from portal.vault.link_seal import close_letter, link_index, link_text, new_link
from portal.vault.models import Audience, Part
from portal.vault.server_seal import address_index
from portal.vault.viewer import Role, Viewer

_encode = msgspec.msgpack.encode

TOO_MANY = _("That is many invitations for one day. Please go on tomorrow.")
OWN_ADDRESS = _("This is your own address. Please write the other person’s.")
ON_ITS_WAY = _("You have invited this address already. You can see it in your list.")
PAIR_ALREADY = _("You use the portal with this person already.")
SETTLED = _("This invitation is settled. The page shows how it stands now.")


def invite(viewer: Viewer, new: NewInvitation) -> SentInvitation:
    """Invite somebody by e-mail. Whether the address has an account makes no difference.

    The same within a minute is a double press: it gives the first one. Raises FieldError for
    one's own address, a second letter to the same one, somebody one is a pair with, and too many
    in a day.
    """
    index = address_index(new.address)
    just_sent = _just_sent(viewer, index)
    if just_sent is not None:
        return SentInvitation(just_sent.id, link_text(link_of(viewer, just_sent.dyad_id)))
    _check(viewer, index)
    link = new_link()
    row = _row(viewer, new, link, index)
    _keep(viewer, row, InvitationBody(new.address, new.greeting))
    pin_link(viewer, row.dyad_id, link)
    postings.post_letter(row, new.address, link_text(link), viewer.now)
    postings.remind_later(row, new.address, viewer.now + rules.REMINDED_AFTER)
    notices.tell_when_quiet(row)
    return SentInvitation(row.id, link_text(link))


def send_again(viewer: Viewer, invitation_id: UUID) -> None:
    """Send the same letter once more; Conflict when that is not possible (any more).

    The same press twice sends it once.
    """
    row = own_row(viewer, invitation_id)
    if row.letters_sent > 1 and viewer.now - row.last_sent_at < rules.DOUBLE_PRESS:
        return
    state = rules.state_at(row.state, row.ends_at, viewer.now)
    if not rules.may_send_again(state, row.letters_sent, row.last_sent_at, viewer.now):
        raise Conflict(SETTLED)
    body = viewer.box.open(row, InvitationBody)
    claimed = db.session.execute(
        update(Invitation)
        .where(Invitation.id == row.id, Invitation.letters_sent == row.letters_sent)
        .values(letters_sent=row.letters_sent + 1, last_sent_at=viewer.now)
        .returning(Invitation.id)
    )
    if claimed.first() is None:
        raise Conflict(SETTLED)
    token = link_text(link_of(viewer, row.dyad_id))
    postings.post_letter(row, body.address, token, viewer.now)


def withdraw_invitation(viewer: Viewer, invitation_id: UUID) -> None:
    """Take an invitation back; its link opens nothing any more. Twice changes nothing."""
    row = own_row(viewer, invitation_id)
    if row.state is InvitationState.WITHDRAWN:
        return
    if not closing.settle(row, InvitationState.WITHDRAWN, viewer.now):
        raise Conflict(SETTLED)


def own_row(viewer: Viewer, invitation_id: UUID) -> Invitation:
    """The viewer's own invitation; NotVisible when it is not theirs."""
    row = db.session.get(Invitation, invitation_id)
    if row is None or row.owner_id != viewer.person_id:
        raise NotVisible
    return row


def _just_sent(viewer: Viewer, index: bytes) -> Invitation | None:
    return db.session.scalar(
        select(Invitation).where(
            Invitation.owner_id == viewer.person_id,
            Invitation.address_index == index,
            Invitation.state == InvitationState.SENT,
            Invitation.made_at > viewer.now - rules.DOUBLE_PRESS,
        )
    )


def _row(viewer: Viewer, new: NewInvitation, link: bytes, index: bytes) -> Invitation:
    row_id, dyad_id = new_id(), new_id()
    letter = _encode(_letter(viewer, new, dyad_id))
    return Invitation(
        id=row_id,
        owner_id=viewer.person_id,
        link_index=link_index(link),
        letter=close_letter(link, letter, row_id=row_id),
        address_index=index,
        asked_role=Role.WORKER if viewer.is_owner else Role.OWNER,
        dyad_id=dyad_id,
        state=InvitationState.SENT,
        ends_at=viewer.now + rules.LASTS,
        letters_sent=1,
        last_sent_at=viewer.now,
    )


def _letter(viewer: Viewer, new: NewInvitation, dyad_id: UUID) -> LetterBody:
    mine = checked_identity(viewer.person_id)
    return LetterBody(
        inviter_id=viewer.person_id,
        opening_public=mine.opening_public,
        signing_public=mine.signing_public,
        dyad_id=dyad_id,
        address=new.address,
        name=new.name,
        title=new.title if viewer.is_worker else "",
        greeting=new.greeting,
    )


def _check(viewer: Viewer, index: bytes) -> None:
    own = select(Person.address_index).where(Person.id == viewer.person_id)
    if db.session.scalar(own) == index:
        raise FieldError("address", OWN_ADDRESS)
    if _is_partner(viewer, index):
        raise FieldError("address", PAIR_ALREADY)
    closing.expire_old(viewer.now, owner_id=viewer.person_id)
    open_one = select(Invitation.id).where(
        Invitation.owner_id == viewer.person_id,
        Invitation.address_index == index,
        Invitation.state.in_(OPEN),
    )
    if db.session.scalar(open_one) is not None:
        raise FieldError("address", ON_ITS_WAY)
    today = select(func.count(Invitation.id)).where(
        Invitation.owner_id == viewer.person_id,
        Invitation.made_at > viewer.now - rules.SENT_AGAIN_AFTER,
    )
    if (db.session.scalar(today) or 0) >= rules.INVITATIONS_A_DAY:
        raise FieldError("address", TOO_MANY)


def _is_partner(viewer: Viewer, index: bytes) -> bool:
    mine, theirs = (
        (Dyad.owner_id, Dyad.worker_id) if viewer.is_owner else (Dyad.worker_id, Dyad.owner_id)
    )
    found = (
        select(Dyad.id)
        .join(Person, Person.id == theirs)
        .where(
            mine == viewer.person_id,
            IS_LIVE,
            Person.address_index == index,
        )
    )
    return db.session.scalar(found) is not None


def _keep(viewer: Viewer, row: Invitation, body: InvitationBody) -> None:
    key = viewer.box.own_key(Part.PROFILE, Audience.ONLY_ME, now=viewer.now)
    viewer.box.seal(row, body, key, now=viewer.now)
    try:
        with db.session.begin_nested():
            db.session.add(row)
    except IntegrityError as problem:  # the same press twice
        raise FieldError("address", ON_ITS_WAY) from problem


__all__ = ["invite", "own_row", "send_again", "withdraw_invitation"]

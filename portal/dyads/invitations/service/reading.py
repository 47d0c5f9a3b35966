"""Reading a letter with its link, signed in or not."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import msgspec
from sqlalchemy import select

from portal.core.db import db
from portal.core.errors import NotVisible
from portal.dyads.invitations.models import Invitation
from portal.dyads.invitations.rules import state_at
from portal.dyads.invitations.shapes import OPEN, Fit, Letter, LetterBody
from portal.dyads.models import Dyad, DyadState
from portal.dyads.service.rooms import room_of
from portal.vault.link_seal import link_index, open_letter, read_link
from portal.vault.viewer import Role, Viewer


@dataclass(frozen=True, repr=False)
class OpenLetter:
    """A letter with its row and its link; for the verbs of answering only."""

    row: Invitation
    link: bytes
    body: LetterBody


def letter_for(viewer: Viewer | None, token: str, now: datetime) -> Letter:
    """The letter that a link opens; NotVisible for a link that opens nothing.

    A settled letter has no name and greeting any more, only its state.
    """
    row, link = _row(token)
    state = state_at(row.state, row.ends_at, now)
    body = _body(row, link) if state in OPEN else None
    return Letter(
        token=token,
        name=body.name if body else "",
        title=body.title if body else "",
        greeting=body.greeting if body else "",
        asks_worker=row.asked_role is Role.WORKER,
        state=state,
        ends_at=row.ends_at,
        fit=_fit(viewer, row) if state in OPEN else Fit.SIGNED_OUT,
    )


def open_letter_for(token: str, now: datetime) -> OpenLetter:
    """The letter and its row while it can be answered; NotVisible otherwise."""
    row, link = _row(token)
    if state_at(row.state, row.ends_at, now) not in OPEN:
        raise NotVisible
    return OpenLetter(row, link, _body(row, link))


def ticket_for(token: str, now: datetime) -> tuple[str, Role]:
    """The address that a letter went to and the role it asks for, for making an account."""
    letter = open_letter_for(token, now)
    return letter.body.address, letter.row.asked_role


def fit_of(viewer: Viewer, row: Invitation) -> Fit:
    """Whether this person can say yes to this letter."""
    if row.owner_id == viewer.person_id:
        return Fit.OWN_LETTER
    if row.asked_role is not viewer.role:
        return Fit.OTHER_ROLE
    if _is_pair(viewer, row.owner_id):
        return Fit.PAIR_ALREADY
    if viewer.is_worker and room_of(viewer.person_id).is_full:
        return Fit.NO_ROOM
    return Fit.YES


def _fit(viewer: Viewer | None, row: Invitation) -> Fit:
    return fit_of(viewer, row) if viewer else Fit.SIGNED_OUT


def _row(token: str) -> tuple[Invitation, bytes]:
    link = read_link(token)
    row = db.session.scalar(select(Invitation).where(Invitation.link_index == link_index(link)))
    if row is None:
        raise NotVisible
    return row, link


def _body(row: Invitation, link: bytes) -> LetterBody:
    if row.letter is None:
        raise NotVisible
    opened = open_letter(link, row.letter, row_id=row.id)
    body = msgspec.msgpack.decode(opened, type=LetterBody)
    if (body.inviter_id, body.dyad_id) != (row.owner_id, row.dyad_id):
        raise NotVisible
    return body


def _is_pair(viewer: Viewer, other_id: UUID) -> bool:
    sides = (other_id, viewer.person_id) if viewer.is_worker else (viewer.person_id, other_id)
    found = select(Dyad.id).where(
        Dyad.owner_id == sides[0], Dyad.worker_id == sides[1], Dyad.state == DyadState.LIVE
    )
    return db.session.scalar(found) is not None


__all__ = [
    "OpenLetter",
    "fit_of",
    "letter_for",
    "open_letter_for",
    "ticket_for",
]

"""Reading a letter with its link, signed in or not."""

import hmac
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

import msgspec
from sqlalchemy import and_, exists, or_, select

from portal.core.db import db
from portal.core.errors import NotVisible
from portal.dyads.invitations.models import Invitation
from portal.dyads.invitations.rules import state_at
from portal.dyads.invitations.service.postings import mailbox_mark
from portal.dyads.invitations.shapes import OPEN, Fit, Letter, LetterBody
from portal.dyads.models import IS_LIVE, Dyad
from portal.dyads.service.pairs import is_member
from portal.dyads.service.rooms import room_of
from portal.vault.link_seal import link_index, open_letter, read_link
from portal.vault.viewer import Role, Viewer


@dataclass(frozen=True, repr=False)
class OpenLetter:
    """A letter with its row and its link; for the verbs of answering only."""

    row: Invitation
    link: bytes
    body: LetterBody
    fit: Fit


class Reader(NamedTuple):
    """The address that a letter went to, the role it asks for, and whether it came by that mail."""

    address: str
    role: Role
    came_by_mail: bool

    def __repr__(self) -> str:
        return f"<Reader {self.role.value}>"


def letter_for(viewer: Viewer | None, token: str, now: datetime) -> Letter:
    """The letter that a link opens; NotVisible for a link that opens nothing.

    A settled letter has no name and greeting any more, only its state.
    """
    row, link, is_pair = _found(token, viewer)
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
        fit=_fit(viewer, row, is_pair=is_pair) if state in OPEN else Fit.SIGNED_OUT,
    )


def open_letter_for(viewer: Viewer | None, token: str, now: datetime) -> OpenLetter:
    """The letter and its row while it can be answered; NotVisible otherwise."""
    row, link, is_pair = _found(token, viewer)
    if state_at(row.state, row.ends_at, now) not in OPEN:
        raise NotVisible
    return OpenLetter(row, link, _body(row, link), _fit(viewer, row, is_pair=is_pair))


def pair_of_letter(viewer: Viewer, token: str) -> UUID | None:
    """The pair of the viewer's that began with this letter, or None."""
    found = (
        select(Dyad.id)
        .join(Invitation, Invitation.dyad_id == Dyad.id)
        .where(Invitation.link_index == link_index(read_link(token)), is_member(viewer.person_id))
    )
    return db.session.scalar(found)


def reader_of(token: str, mark: str, now: datetime) -> Reader:
    """For whom a letter was written; ``mark`` is what the e-mail's own link carries."""
    letter = open_letter_for(None, token, now)
    address = letter.body.address
    came_by_mail = hmac.compare_digest(mark.encode(), mailbox_mark(letter.row, address).encode())
    return Reader(address, letter.row.asked_role, came_by_mail)


def _fit(viewer: Viewer | None, row: Invitation, *, is_pair: bool) -> Fit:
    """Whether this person can say yes to this letter."""
    if viewer is None:
        return Fit.SIGNED_OUT
    if row.owner_id == viewer.person_id:
        return Fit.OWN_LETTER
    if row.asked_role is not viewer.role:
        return Fit.OTHER_ROLE
    if is_pair:
        return Fit.PAIR_ALREADY
    if viewer.is_worker and room_of(viewer.person_id).is_full:
        return Fit.NO_ROOM
    return Fit.YES


def _found(token: str, viewer: Viewer | None) -> tuple[Invitation, bytes, bool]:
    """The row that a link names, the link's secret, and whether viewer and inviter are a pair."""
    link = read_link(token)
    me = viewer.person_id if viewer else None
    either_way = or_(
        and_(Dyad.owner_id == Invitation.owner_id, Dyad.worker_id == me),
        and_(Dyad.owner_id == me, Dyad.worker_id == Invitation.owner_id),
    )
    is_pair = exists().where(either_way, IS_LIVE)
    found = db.session.execute(
        select(Invitation, is_pair).where(Invitation.link_index == link_index(link))
    ).first()
    if found is None:
        raise NotVisible
    return found[0], link, found[1]


def _body(row: Invitation, link: bytes) -> LetterBody:
    if row.letter is None:
        raise NotVisible
    opened = open_letter(link, row.letter, row_id=row.id)
    body = msgspec.msgpack.decode(opened, type=LetterBody)
    if (body.inviter_id, body.dyad_id) != (row.owner_id, row.dyad_id):
        raise NotVisible
    return body


__all__ = [
    "OpenLetter",
    "Reader",
    "letter_for",
    "open_letter_for",
    "pair_of_letter",
    "reader_of",
]

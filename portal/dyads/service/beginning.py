"""A pair begins: the one who accepts makes the key for both and pins the other's public keys."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from portal.accounts.models import Person
from portal.core.db import db
from portal.core.errors import Conflict, NotAllowed
from portal.core.languages import _
from portal.core.row_ids import new_id
from portal.dyads.models import IS_LIVE, Dyad, DyadState, Pin
from portal.dyads.service.rooms import take_room
from portal.dyads.shapes import DyadBody, PinBody
from portal.vault.identity import checked_identity
from portal.vault.link_seal import acceptance_proof
from portal.vault.models import Audience, Identity, Part
from portal.vault.viewer import Role, Viewer

ALREADY = _("You two use the portal together already.")


def pin_link(viewer: Viewer, dyad_id: UUID, link: bytes) -> None:
    """Remember the secret of an invitation's link; it will prove who accepted with it."""
    _pin(viewer, PinBody(dyad_id=dyad_id, link=link))


def link_of(viewer: Viewer, dyad_id: UUID) -> bytes:
    """The secret that ``pin_link`` remembered; empty when there is none any more."""
    row = db.session.scalar(
        select(Pin).where(Pin.owner_id == viewer.person_id, Pin.dyad_id == dyad_id)
    )
    return viewer.box.open(row, PinBody).link if row is not None else b""


def make_dyad(
    viewer: Viewer, inviter: Identity, *, dyad_id: UUID, link: bytes, names: DyadBody
) -> UUID:
    """The viewer accepts an invitation: the pair begins. Gives its id.

    ``inviter`` is the identity that the letter named. Raises Conflict when the two are a pair
    already or the worker's room is full.
    """
    owner_id, worker_id = _sides(viewer, inviter.person_id)
    if _is_pair(owner_id, worker_id):
        raise Conflict(ALREADY)
    take_room(worker_id)
    key = viewer.box.make_dyad_key(dyad_id, owner_id=owner_id, partner_id=worker_id, now=viewer.now)
    mine = checked_identity(viewer.person_id)
    row = Dyad(
        id=dyad_id,
        owner_id=owner_id,
        worker_id=worker_id,
        state=DyadState.LIVE,
        proof=acceptance_proof(link, dyad_id=dyad_id, accepted_by=mine),
    )
    viewer.box.seal(row, names, key, now=viewer.now)
    _keep(row)
    partner_name = names.owner_name if viewer.is_worker else names.worker_name
    _pin(viewer, _pin_body(dyad_id, inviter, partner_name))
    return dyad_id


def _pin_body(dyad_id: UUID, partner: Identity, name: str) -> PinBody:
    return PinBody(
        dyad_id=dyad_id,
        partner_name=name,
        partner_id=partner.person_id,
        opening_public=partner.opening_public,
        signing_public=partner.signing_public,
    )


def _pin(viewer: Viewer, body: PinBody) -> None:
    key = viewer.box.own_key(Part.PROFILE, Audience.ONLY_ME, now=viewer.now)
    row = Pin(id=new_id(), owner_id=viewer.person_id, dyad_id=body.dyad_id)
    viewer.box.seal(row, body, key, now=viewer.now)
    db.session.add(row)
    db.session.flush()


def _sides(viewer: Viewer, inviter_id: UUID) -> tuple[UUID, UUID]:
    """Owner and worker of the pair to be; refuses two of one kind."""
    role = db.session.scalar(
        select(Person.role).where(Person.id == inviter_id, Person.is_active.is_(True))
    )
    if viewer.role is Role.WORKER and role is Role.OWNER:
        return inviter_id, viewer.person_id
    if viewer.role is Role.OWNER and role is Role.WORKER:
        return viewer.person_id, inviter_id
    raise NotAllowed


def _is_pair(owner_id: UUID, worker_id: UUID) -> bool:
    found = select(Dyad.id).where(Dyad.owner_id == owner_id, Dyad.worker_id == worker_id, IS_LIVE)
    return db.session.scalar(found) is not None


def _keep(row: Dyad) -> None:
    try:
        with db.session.begin_nested():
            db.session.add(row)
    except IntegrityError as problem:  # the two accepted two letters at the same moment
        raise Conflict(ALREADY) from problem

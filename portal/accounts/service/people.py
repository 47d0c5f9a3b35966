"""People: made, found by their address, and what they say about themselves."""

from datetime import datetime
from typing import NamedTuple
from uuid import UUID
from zoneinfo import ZoneInfo

import msgspec
from sqlalchemy import select, update

from portal.accounts import hooks
from portal.accounts.chosen import settings
from portal.accounts.models import Person, Profile
from portal.accounts.shapes import ProfileBody, ProfileCard
from portal.core.db import db
from portal.core.errors import Conflict, NotVisible
from portal.core.languages import _
from portal.core.row_ids import new_id
from portal.vault.box import Box
from portal.vault.identity import make_identity
from portal.vault.keys import Bundle
from portal.vault.models import Audience, Part
from portal.vault.server_seal import address_index, open_for_server, seal_for_server
from portal.vault.viewer import Role, Viewer

_ADDRESS = "address"


class NewPerson(NamedTuple):
    """Somebody who has just got an account, with their keys still open."""

    person_id: UUID
    bundle: Bundle

    def __repr__(self) -> str:
        return f"<NewPerson {self.person_id}>"


def set_up_person(
    address: str, profile: ProfileBody, password: str, role: Role, now: datetime
) -> NewPerson:
    """Make an account: the person, their keys and their sealed profile.

    Raises Conflict when the address has an account already.
    """
    if person_by_address(address) is not None:
        raise Conflict(str(_("This e-mail address has an account already.")))
    person_id, chosen = new_id(), settings()
    person = Person(
        id=person_id,
        role=role,
        address=seal_for_server(address, purpose=_ADDRESS, row_id=person_id),
        address_index=address_index(address),
        zone=chosen.zone.key,
        language=chosen.language,
        made_at=now,
    )
    db.session.add(person)
    bundle = make_identity(person_id, password)
    db.session.flush()
    box = Box(person_id, bundle)
    row = Profile(id=new_id(), owner_id=person_id)
    box.seal(row, profile, box.own_key(Part.PROFILE, Audience.ONLY_ME, now=now), now=now)
    db.session.add(row)
    db.session.flush()
    return NewPerson(person_id, bundle)


def person_by_address(address: str) -> UUID | None:
    """Whose address this is, or None. Nobody outside may learn the answer."""
    return db.session.scalar(
        select(Person.id).where(Person.address_index == address_index(address))
    )


def active_person_by_address(address: str) -> UUID | None:
    """Who may sign in with this address, or None."""
    return db.session.scalar(
        select(Person.id).where(
            Person.address_index == address_index(address), Person.is_active.is_(True)
        )
    )


def address_of(person_id: UUID) -> str:
    """A person's e-mail address, for the jobs that send; raises NotVisible when there is none."""
    sealed = db.session.scalar(select(Person.address).where(Person.id == person_id))
    if sealed is None:
        raise NotVisible
    return open_for_server(sealed, purpose=_ADDRESS, row_id=person_id)


def set_address(person_id: UUID, address: str) -> None:
    """Give a person another e-mail address; raises Conflict when it belongs to somebody else."""
    if person_by_address(address) not in (None, person_id):
        raise Conflict(str(_("This e-mail address has an account already.")))
    sealed = seal_for_server(address, purpose=_ADDRESS, row_id=person_id)
    db.session.execute(
        update(Person)
        .where(Person.id == person_id)
        .values(address=sealed, address_index=address_index(address))
    )


def person_row(person_id: UUID) -> Person:
    """A person's row; raises NotVisible when the account is gone or closed."""
    row = db.session.get(Person, person_id)
    if row is None or not row.is_active:
        raise NotVisible
    return row


def profile_row(person_id: UUID) -> Profile:
    """The sealed profile of a person."""
    row = db.session.scalar(select(Profile).where(Profile.owner_id == person_id))
    if row is None:
        raise NotVisible
    return row


def profile_body(box: Box) -> ProfileBody:
    """A person's own profile, opened with their keys."""
    return box.open(profile_row(box.person_id), ProfileBody)


def profile_of(viewer: Viewer) -> ProfileCard:
    """The viewer's own settings, for their page."""
    person, body = person_row(viewer.person_id), profile_body(viewer.box)
    address = open_for_server(person.address, purpose=_ADDRESS, row_id=person.id)
    return ProfileCard(
        name=body.name,
        title=body.title,
        address=address,
        zone=person.zone,
        language=person.language,
        has_code=body.code_kept_at is not None,
    )


def change_profile(viewer: Viewer, *, name: str, title: str, zone: str, language: str) -> None:
    """Keep a new name, title, zone and language."""
    row = profile_row(viewer.person_id)
    body = viewer.box.open(row, ProfileBody)
    if (name, title) != (body.name, body.title):
        hooks.renamed(viewer, name, title)
    reseal_profile(viewer, msgspec.structs.replace(body, name=name, title=title))
    person = person_row(viewer.person_id)
    move = hooks.Move(person.id, ZoneInfo(person.zone), ZoneInfo(zone))
    person.zone, person.language = zone, language
    db.session.flush()
    if move.before != move.after:
        hooks.moved(move, viewer.now)


def want_way_out(viewer: Viewer, *, is_wanted: bool) -> None:
    """Put the button on every page that takes its owner away at once, or take it off again."""
    body = profile_body(viewer.box)
    reseal_profile(viewer, msgspec.structs.replace(body, has_way_out=is_wanted))


def reseal_profile(viewer: Viewer, body: ProfileBody) -> None:
    """Keep a changed profile."""
    key = viewer.box.own_key(Part.PROFILE, Audience.ONLY_ME, now=viewer.now)
    viewer.box.seal(profile_row(viewer.person_id), body, key, now=viewer.now)

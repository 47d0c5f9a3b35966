"""Accounts that an administrator makes at the command line."""

from datetime import datetime
from uuid import UUID

from portal.accounts.service.passwords import refuse_weak
from portal.accounts.service.people import set_up_person
from portal.accounts.shapes import ProfileBody
from portal.vault.viewer import Role


def create_worker(
    address: str, name: str, password: str, now: datetime, *, title: str = ""
) -> UUID:
    """Make a worker's account with a first password; FieldError when the password is weak."""
    return _create(address, ProfileBody(name=name, title=title), password, Role.WORKER, now)


def create_administrator(address: str, name: str, password: str, now: datetime) -> UUID:
    """Make an administrator's account; FieldError when the password is weak."""
    return _create(address, ProfileBody(name=name), password, Role.ADMINISTRATOR, now)


def _create(address: str, profile: ProfileBody, password: str, role: Role, now: datetime) -> UUID:
    refuse_weak(password, own_words=[profile.name, address])
    return set_up_person(address, profile, password, role, now).person_id

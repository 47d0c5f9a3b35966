"""Creating people from the command line: administrators and workers."""

import argparse
import getpass
import sys
from datetime import UTC, datetime

from config import Settings
from portal import create_app
from portal.accounts.service import person_by_address, reset_factor
from portal.accounts.service.signing_up import invite_worker
from portal.accounts.service.workers import create_administrator, create_worker
from portal.commands.lock import serving_at
from portal.commands.prepare import migrate
from portal.commands.serve import CannotStart, make_folders
from portal.core.errors import PortalError
from portal.core.typed import can_be_seen, is_address
from portal.core.work import unit_of_work
from portal.vault.viewer import Role


def create_person_from(settings: Settings, chosen: argparse.Namespace) -> int:
    """Create a person as the arguments say, with a password that is asked for; returns 0."""
    _refuse_no_address(chosen.email)
    if not can_be_seen(chosen.name):
        raise CannotStart("A name is needed: what to be called.")
    make_folders(settings)
    migrate(settings.database_url)
    app = create_app(settings)
    password = _read_password() if chosen.password_from_input else _ask_password()
    try:
        with unit_of_work(app):
            _create(chosen, password, datetime.now(UTC))
    except PortalError as problem:
        raise CannotStart(problem.message) from problem
    address = serving_at(settings.home) or (settings.public_url if settings.is_secure else "")
    where = f"now at {address}" if address else "at the address that the portal prints as it starts"
    print(f"{chosen.name} can sign in {where}, as {chosen.role}.")
    return 0


def _create(chosen: argparse.Namespace, password: str, now: datetime) -> None:
    if Role(chosen.role) is Role.WORKER:
        create_worker(chosen.email, chosen.name, password, now, title=chosen.title)
    else:
        create_administrator(chosen.email, chosen.name, password, now)


def invite_worker_from(settings: Settings, chosen: argparse.Namespace) -> int:
    """Invite a worker by e-mail to make an account of their own; returns 0."""
    _refuse_no_address(chosen.email)
    make_folders(settings)
    migrate(settings.database_url)
    try:
        with unit_of_work(create_app(settings)):
            invite_worker(chosen.email, datetime.now(UTC))
    except PortalError as problem:
        raise CannotStart(problem.message) from problem
    print(f"An invitation is on its way to {chosen.email}. It leaves while the portal runs.")
    if not settings.smtp_host:
        print(f"No mail server is set, so it will lie as a file in {settings.mail_dir}.")
    return 0


def reset_factor_from(settings: Settings, chosen: argparse.Namespace) -> int:
    """Take a lost authenticator app off an account and sign every device out; returns 0."""
    make_folders(settings)
    migrate(settings.database_url)
    try:
        with unit_of_work(create_app(settings)):
            person_id = person_by_address(chosen.email)
            if person_id is None:
                raise CannotStart(f"Nobody here has the e-mail address {chosen.email}.")
            reset_factor(person_id, datetime.now(UTC))
    except PortalError as problem:
        raise CannotStart(problem.message or "This account is closed.") from problem
    print(f"The app of {chosen.email} is off, and every device is signed out.")
    print("Their password stays. Where an app is needed, they set one up at the next sign-in.")
    print("Do this only for somebody whom you have spoken with.")
    return 0


def _refuse_no_address(text: str) -> None:
    if not is_address(text):
        raise CannotStart(f"{text} is not a whole e-mail address.")


def _read_password() -> str:
    return sys.stdin.readline().rstrip("\r\n")


def _ask_password() -> str:
    password = getpass.getpass("Password (at least 10 characters): ")
    if getpass.getpass("The same once more: ") != password:
        raise CannotStart("The two were not the same. Nothing was created.")
    return password

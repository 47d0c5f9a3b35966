"""Creating people from the command line: administrators and workers."""

import argparse
import getpass
import sys
from datetime import UTC, datetime

from config import Settings
from portal import create_app
from portal.accounts.service import create_person
from portal.accounts.service.passwords import refuse_weak
from portal.accounts.service.signing_up import invite_worker
from portal.commands.prepare import migrate
from portal.commands.serve import CannotStart, make_folders
from portal.core.errors import PortalError
from portal.core.work import unit_of_work
from portal.vault.viewer import Role


def create_person_from(settings: Settings, chosen: argparse.Namespace) -> int:
    """Create a person as the arguments say, with a password that is asked for; returns 0."""
    make_folders(settings)
    migrate(settings.database_url)
    app = create_app(settings)
    password = _read_password() if chosen.password_from_input else _ask_password()
    try:
        with unit_of_work(app):
            refuse_weak(password, own_words=[chosen.email, chosen.name])
            create_person(chosen.email, chosen.name, password, Role(chosen.role), datetime.now(UTC))
    except PortalError as problem:
        raise CannotStart(problem.message) from problem
    print(f"{chosen.name} can sign in now at {settings.public_url} as {chosen.role}.")
    return 0


def invite_worker_from(settings: Settings, chosen: argparse.Namespace) -> int:
    """Invite a worker by e-mail to make an account of their own; returns 0."""
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


def _read_password() -> str:
    return sys.stdin.readline().rstrip("\r\n")


def _ask_password() -> str:
    password = getpass.getpass("Password (at least 10 characters): ")
    if getpass.getpass("The same once more: ") != password:
        raise CannotStart("The two were not the same. Nothing was created.")
    return password

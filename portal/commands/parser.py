"""The commands and their arguments. Each command's work lies in a file of its own.

The work is imported only when it is asked for, so that the supervisor stays small.
"""

import argparse
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from config import SettingsError, load_settings
from portal.commands.serve import CannotStart, serve_from_arguments

Command = Callable[[argparse.Namespace], int]


def main(arguments: Sequence[str] | None = None) -> int:
    """Carry out one command; returns the exit code: 0 well, 1 not, 2 not understood."""
    chosen = make_parser().parse_args(arguments)
    try:
        command: Command = chosen.command
        return command(chosen)
    except SettingsError as problem:
        print(*problem.sentences, sep="\n", file=sys.stderr)
    except CannotStart as problem:
        print(problem, file=sys.stderr)
    return 1


def make_parser() -> argparse.ArgumentParser:
    """Describe every command."""
    parser = argparse.ArgumentParser(
        prog="python -m portal", description="Run and look after Tandem."
    )
    commands = parser.add_subparsers(required=True, metavar="command")

    serve = _add(commands, "serve", _serve, "start everything and keep it running")
    serve.add_argument("--port", type=int, help="where to listen (8000)")
    serve.add_argument("--no-demo", action="store_true", help="start with an empty portal")
    _add(commands, "check", _check, "say what is wrong with the configuration")
    _add(commands, "migrate", _migrate, "bring the database to the newest shape")
    for name, about in (
        ("create-administrator", "create an administrator of the service"),
        ("create-worker", "create a mental health worker"),
    ):
        person = _add(commands, name, _create_person, about)
        person.set_defaults(role=name.removeprefix("create-"))
        person.add_argument("--email", required=True)
        person.add_argument("--name", required=True, help="what to be called")
        person.add_argument("--title", default="", help="a worker's title, such as nurse")
        person.add_argument(
            "--password-from-input",
            action="store_true",
            help="read the password's one line from standard input instead of asking twice",
        )
    invite = _add(commands, "invite-worker", _invite_worker, "invite a worker by e-mail")
    invite.add_argument("--email", required=True)
    reset = _add(commands, "reset-factor", _reset_factor, "take a lost authenticator app off")
    reset.add_argument("--email", required=True)
    prepare = _add(commands, "prepare", _prepare, "migrate, and fill the demo on an empty portal")
    prepare.add_argument("--no-demo", action="store_true")
    _add(commands, "web", _web, "serve the pages only; jobs and broker run elsewhere")
    return parser


def _add(
    commands: "argparse._SubParsersAction[argparse.ArgumentParser]",
    name: str,
    command: Command,
    about: str,
) -> argparse.ArgumentParser:
    parser = commands.add_parser(name, help=about, description=about.capitalize() + ".")
    parser.add_argument("--home", type=Path, help="the folder that holds everything (./var)")
    parser.set_defaults(command=command)
    return parser


def _serve(chosen: argparse.Namespace) -> int:
    return serve_from_arguments(chosen.home, chosen.port, fill_demo=not chosen.no_demo)


def _check(chosen: argparse.Namespace) -> int:
    from portal.commands.check import check

    return check(load_settings(home=chosen.home))


def _migrate(chosen: argparse.Namespace) -> int:
    from portal.commands.prepare import migrate
    from portal.commands.serve import make_folders

    settings = load_settings(home=chosen.home)
    make_folders(settings)
    migrate(settings.database_url)
    print("The database has the newest shape.")
    return 0


def _create_person(chosen: argparse.Namespace) -> int:
    from portal.commands.people import create_person_from

    return create_person_from(load_settings(home=chosen.home), chosen)


def _invite_worker(chosen: argparse.Namespace) -> int:
    from portal.commands.people import invite_worker_from

    return invite_worker_from(load_settings(home=chosen.home), chosen)


def _reset_factor(chosen: argparse.Namespace) -> int:
    from portal.commands.people import reset_factor_from

    return reset_factor_from(load_settings(home=chosen.home), chosen)


def _prepare(chosen: argparse.Namespace) -> int:
    from portal.commands.prepare import prepare

    print(prepare(load_settings(home=chosen.home), fill_demo=not chosen.no_demo))
    return 0


def _web(chosen: argparse.Namespace) -> int:
    from portal.commands.web import serve_web

    serve_web(load_settings(home=chosen.home))
    return 0

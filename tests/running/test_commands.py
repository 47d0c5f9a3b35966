"""The administrator's commands say plainly what they did or why they could not."""

import io
import os
from pathlib import Path

import pytest

from config import load_settings
from portal import create_app
from portal.accounts.models import Person
from portal.accounts.service import person_by_address
from portal.accounts.service.people import profile_body
from portal.commands.lock import AlreadyRunning, lock_home, serving_at
from portal.commands.parser import main
from portal.core.db import db
from portal.core.work import unit_of_work
from portal.vault.box import Box
from portal.vault.identity import open_identity
from tests.fixtures.application import free_port
from tests.fixtures.mail import Mailbox
from tests.fixtures.postgres import PostgresServer


@pytest.fixture(autouse=True)
def _new_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TANDEM_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("TANDEM_ARGON_PROFILE", "test")


def test_check_is_content_with_the_defaults(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check"]) == 0
    assert capsys.readouterr().out == "Everything looks well.\n"


def test_check_says_what_is_wrong(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TANDEM_PUBLIC_URL", "http://clinic.example.org")
    monkeypatch.setenv("TANDEM_IDLE_MINUTES", "0")
    assert main(["check"]) == 1
    said = capsys.readouterr().out
    assert "public_url must begin with https://" in said
    assert "idle_minutes must be at least 1" in said


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("TANDEM_OWNER_IDLE_MINUTES", "0", "owner_idle_minutes must be at least 1"),
        ("TANDEM_WEB_THREADS", "0", "web_threads must be at least 1"),
        ("TANDEM_SERVICE_NUMBERS", "[]", "At least one number to call"),
        (
            "TANDEM_SERVICE_NUMBERS",
            '[{"name": "Us", "number": "call us"}]',
            "Each number to call for help needs a name and a number",
        ),
        ("TANDEM_LANGUAGE", "nb", "There is no translation to nb yet"),
        ("TANDEM_COUNTRY", "XX", "No public holidays are known for XX"),
        ("TANDEM_PUBLIC_URL", "https://clinic.example.org", "Set trusted_proxies"),
        ("TANDEM_LEAVE_TO", "www.yr.no", "leave_to must be the whole address of a page"),
        ("TANDEM_SMTP_HOST", "127.0.0.1", "mail_from must be an address of yours"),
    ],
)
def test_check_looks_at_each_setting(
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    name: str,
    value: str,
    said: str,
) -> None:
    monkeypatch.setenv("TANDEM_SMTP_PORT", str(free_port()))
    monkeypatch.setenv(name, value)
    assert main(["check"]) == 1
    assert said in capsys.readouterr().out


def test_mail_server_that_lets_nobody_in_is_said(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, mailbox: Mailbox
) -> None:
    monkeypatch.setenv("TANDEM_SMTP_HOST", mailbox.host)
    monkeypatch.setenv("TANDEM_SMTP_PORT", str(mailbox.port))
    monkeypatch.setenv("TANDEM_MAIL_FROM", "portal@example.org")
    assert main(["check"]) == 1
    assert "answers, but does not let the portal in" in capsys.readouterr().out
    monkeypatch.setenv("TANDEM_SMTP_SECURITY", "none")
    assert main(["check"]) == 0


@pytest.mark.postgres
def test_database_without_tables_is_said_until_it_has_them(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, postgres: PostgresServer
) -> None:
    monkeypatch.setenv("DATABASE_URL", postgres.create("tandem-check"))
    assert main(["check"]) == 1
    assert "Run: python -m portal migrate" in capsys.readouterr().out
    assert main(["migrate"]) == 0
    capsys.readouterr()
    code = main(["check"])
    said = capsys.readouterr().out
    postgres.drop("tandem-check")
    assert (code, said) == (0, "Everything looks well.\n")


@pytest.mark.parametrize("command", ["migrate", "create-administrator", "invite-worker", "prepare"])
def test_database_that_does_not_answer_is_said_without_a_trace(
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    command: str,
) -> None:
    monkeypatch.setenv("DATABASE_URL", f"postgresql:///none?host={tmp_path}")
    given = {
        "create-administrator": ["--email", "ada@example.org", "--name", "Ada"],
        "invite-worker": ["--email", "anna@example.org"],
    }.get(command, [])
    assert main([command, *given]) == 1
    assert capsys.readouterr().err.startswith("The database in DATABASE_URL does not answer")


def test_setting_that_cannot_be_understood_is_said(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TANDEM_PORT", "eight thousand")
    assert main(["check"]) == 1
    assert capsys.readouterr().err == "The setting port should be a whole number.\n"


def test_missing_database_is_said(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("DATABASE_URL", f"postgresql:///none?host={tmp_path}")
    monkeypatch.setenv("REDIS_URL", f"unix://{tmp_path}/none.sock")
    assert main(["check"]) == 1
    said = capsys.readouterr().out
    assert "The database in DATABASE_URL does not answer." in said
    assert "The Redis in REDIS_URL does not answer." in said


def test_administrator_is_created_once(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    line = ["create-administrator", "--email", "ada@example.org", "--name", "Ada"]
    monkeypatch.setattr("sys.stdin", io.StringIO("seven quiet herons\n" * 2))
    assert main([*line, "--password-from-input"]) == 0
    said = capsys.readouterr().out
    assert "Ada can sign in at the address that the portal prints as it starts" in said
    assert main([*line, "--password-from-input"]) == 1
    assert "has an account already" in capsys.readouterr().err


def test_who_is_created_gets_the_address_of_the_portal_that_runs(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    home = load_settings().home
    home.mkdir(parents=True, exist_ok=True)
    handle = lock_home(home, "http://127.0.0.1:8123")
    monkeypatch.setattr("sys.stdin", io.StringIO("seven quiet herons\n"))
    line = ["create-administrator", "--email", "ada@example.org", "--name", "Ada"]
    assert main([*line, "--password-from-input"]) == 0
    assert "Ada can sign in now at http://127.0.0.1:8123," in capsys.readouterr().out
    with pytest.raises(AlreadyRunning) as running:
        lock_home(home, "http://127.0.0.1:8124")
    assert running.value.pid == str(os.getpid())
    os.close(handle)
    assert serving_at(home) == ""


def test_weak_password_is_refused(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("short\n"))
    line = ["create-worker", "--email", "anna@example.org", "--name", "Anna"]
    assert main([*line, "--password-from-input"]) == 1
    assert capsys.readouterr().err == "Please use at least 10 characters.\n"


def test_worker_has_a_title(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("seven quiet herons\n"))
    line = ["create-worker", "--email", "anna@example.org", "--name", "Anna"]
    assert main([*line, "--title", "Psychiatric nurse", "--password-from-input"]) == 0
    assert "Anna can sign in" in capsys.readouterr().out
    app = create_app(load_settings())
    with unit_of_work(app):
        person_id = person_by_address("anna@example.org")
        assert person_id is not None
        box = Box(person_id, open_identity(person_id, "seven quiet herons"))
        assert profile_body(box).title == "Psychiatric nurse"


def test_nobody_is_created_without_a_name(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["create-worker", "--email", "anna@example.org", "--name", " "]) == 1
    assert capsys.readouterr().err == "A name is needed: what to be called.\n"


def test_worker_is_invited_by_mail(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert main(["invite-worker", "--email", "anna@example.org"]) == 0
    said = capsys.readouterr().out
    assert "An invitation is on its way to anna@example.org" in said
    assert f"{tmp_path}/home/mail" in said


@pytest.mark.parametrize("address", ["anna", "any<anna@example.org>", "a@b.org\nBcc: c@d.org"])
@pytest.mark.parametrize("command", ["invite-worker", "create-worker"])
def test_what_is_no_address_is_refused(
    capsys: pytest.CaptureFixture[str], command: str, address: str
) -> None:
    named = [] if command == "invite-worker" else ["--name", "Anna"]
    assert main([command, "--email", address, *named]) == 1
    assert "is not a whole e-mail address" in capsys.readouterr().err


def test_a_lost_app_is_taken_off(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    line = ["create-worker", "--email", "anna@example.org", "--name", "Anna"]
    monkeypatch.setattr("sys.stdin", io.StringIO("seven quiet herons\n"))
    assert main([*line, "--password-from-input"]) == 0
    app = create_app(load_settings())
    with unit_of_work(app):
        db.session.get_one(Person, person_by_address("anna@example.org")).needs_factor = True
    assert main(["reset-factor", "--email", "Anna@example.org"]) == 0
    assert "every device is signed out" in capsys.readouterr().out
    with unit_of_work(app):
        person = db.session.get_one(Person, person_by_address("anna@example.org"))
        assert not person.needs_factor


def test_nobodys_app_is_taken_off(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["reset-factor", "--email", "nobody@example.org"]) == 1
    assert "Nobody here has the e-mail address" in capsys.readouterr().err

"""The administrator's commands say plainly what they did or why they could not."""

import io
from pathlib import Path

import pytest

from config import load_settings
from portal import create_app
from portal.accounts.models import Person
from portal.accounts.service import person_by_address
from portal.commands.parser import main
from portal.core.db import db
from portal.core.work import unit_of_work


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
    assert "Ada can sign in now" in capsys.readouterr().out
    assert main([*line, "--password-from-input"]) == 1
    assert "has an account already" in capsys.readouterr().err


def test_weak_password_is_refused(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("short\n"))
    line = ["create-worker", "--email", "anna@example.org", "--name", "Anna"]
    assert main([*line, "--password-from-input"]) == 1
    assert capsys.readouterr().err == "Please use at least 10 characters.\n"


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

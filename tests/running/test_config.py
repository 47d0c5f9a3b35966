"""Settings: one name each, from the file or the environment, understood or refused plainly."""

import subprocess
import sys
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from config import HelpNumber, SettingsError, load_settings, socket_path
from portal.commands.sense import problems_of
from portal.commands.serve import environment_of


def test_defaults_serve_a_demo_on_this_machine(tmp_path: Path) -> None:
    settings = load_settings({}, home=tmp_path)
    assert settings.database_url == f"sqlite:///{tmp_path}/tandem.sqlite3"
    assert settings.public_url == "http://127.0.0.1:8000"
    assert settings.zone == ZoneInfo("Europe/Oslo")
    assert [each.number for each in settings.service_numbers] == ["113", "116117", "116 123"]
    assert problems_of(settings) == []


def test_environment_wins_over_the_file(tmp_path: Path) -> None:
    (tmp_path / "settings.toml").write_text(
        'service_name = "North"\nport = 9000\n'
        'service_numbers = [{name = "Duty phone", number = "55", when = "Day and night"}]\n'
    )
    settings = load_settings({"TANDEM_SERVICE_NAME": "South"}, home=tmp_path)
    assert (settings.service_name, settings.port) == ("South", 9000)
    assert settings.service_numbers == (HelpNumber("Duty phone", "55", "Day and night"),)


def test_unknown_setting_in_the_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "settings.toml").write_text("serice_name = 'North'")
    with pytest.raises(SettingsError, match="unknown: serice_name"):
        load_settings({}, home=tmp_path)


def test_cheap_passwords_are_refused_outside_tests(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="for tests only"):
        load_settings({"TANDEM_ARGON_PROFILE": "test"}, home=tmp_path)


def test_postgresql_address_names_the_driver(tmp_path: Path) -> None:
    settings = load_settings({"DATABASE_URL": "postgres://a@b/c"}, home=tmp_path)
    assert settings.database_url == "postgresql+psycopg://a@b/c"


def test_broker_of_a_deep_home_listens_where_the_path_is_short(tmp_path: Path) -> None:
    deep = tmp_path / ("deep" * 30)
    assert len(str(socket_path(deep))) < 100
    assert socket_path(deep) != socket_path(deep / "other")
    assert socket_path(Path("/srv/tandem")) == Path("/srv/tandem/broker/valkey.sock")


def test_second_factor_is_off_in_the_demo(tmp_path: Path) -> None:
    assert load_settings({}, home=tmp_path).requires_second_factor("worker")
    (tmp_path / "demo").touch()
    assert not load_settings({}, home=tmp_path).requires_second_factor("worker")


def test_mail_password_is_not_shown(tmp_path: Path) -> None:
    settings = load_settings({"TANDEM_SMTP_PASSWORD": "canary"}, home=tmp_path)
    assert "canary" not in repr(settings)


def test_children_keep_compiled_modules_in_the_home_where_nothing_may_lie_beside_the_sources(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    monkeypatch.delenv("PYTHONPYCACHEPREFIX", raising=False)
    told = environment_of(load_settings({}, home=tmp_path))
    script = "import sys, bisect; print(sys.dont_write_bytecode, bisect.__cached__)"
    command = [sys.executable, "-c", script]
    said = subprocess.run(command, env=told, capture_output=True, text=True, check=True).stdout
    assert said.startswith(f"False {tmp_path / 'bytecode'}/")


def test_children_share_one_arena_of_memory_unless_the_keeper_says_otherwise(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("MALLOC_ARENA_MAX", raising=False)
    assert environment_of(load_settings({}, home=tmp_path))["MALLOC_ARENA_MAX"] == "1"
    monkeypatch.setenv("MALLOC_ARENA_MAX", "4")
    assert environment_of(load_settings({}, home=tmp_path))["MALLOC_ARENA_MAX"] == "4"

"""Starting, stopping and being killed, with real processes."""

import json
import os
import signal
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.running.tree import RunningPortal, command_of, run_command, wait_until

pytestmark = [
    pytest.mark.skipif(sys.platform != "linux", reason="reads /proc to see processes"),
    pytest.mark.long,
]


@pytest.fixture(scope="module")
def portal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningPortal]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TANDEM_TESTING", "1")
        running = RunningPortal(tmp_path_factory.mktemp("running") / "home", "--no-demo")
        yield running.wait_until_ready()
        if command_of(running.pid):
            running.stop()


def test_portal_says_where_it_is_and_how_to_begin(portal: RunningPortal) -> None:
    assert f"Tandem is ready at http://127.0.0.1:{portal.port}\n" in portal.said
    portal.home.joinpath("broker", "valkey.sock").stat()


def test_ready_page_answers(portal: RunningPortal) -> None:
    assert wait_until(lambda: _says_ready(portal))


def test_second_start_on_one_home_is_refused(portal: RunningPortal) -> None:
    code, said = run_command("serve", "--home", str(portal.home))
    assert code == 1
    assert f"already running on {portal.home} (process {portal.pid})" in said


def test_taken_port_is_said(portal: RunningPortal, tmp_path: Path) -> None:
    assert wait_until(lambda: _says_ready(portal))
    code, said = run_command("serve", "--home", str(tmp_path), "--port", str(portal.port))
    assert code == 1
    assert f"Port {portal.port} is in use" in said


@pytest.mark.parametrize("word", ["workers.running", "portal web", "workers.beat", "valkey"])
def test_killed_child_is_started_again(portal: RunningPortal, word: str) -> None:
    first = portal.child(word)
    os.kill(first, signal.SIGKILL)
    assert wait_until(lambda: portal.child(word) not in (0, first))
    logs = portal.home / "logs"
    assert wait_until(lambda: any("started again" in log.read_text() for log in logs.glob("*.log")))


def test_everything_lies_closed_to_others(portal: RunningPortal) -> None:
    for name in (".", "secrets", "logs", "mail", "broker"):
        assert (portal.home / name).stat().st_mode & 0o077 == 0, name


def test_stopping_ends_everything_in_time(tmp_path: Path) -> None:
    running = RunningPortal(tmp_path / "home", "--no-demo").wait_until_ready()
    family = [running.pid, *running.children()]
    assert len(family) == 5
    assert running.stop() < 10
    assert not [pid for pid in family if command_of(pid)]
    assert not list(running.home.glob("broker/*.sock"))


def test_nothing_outlives_a_killed_supervisor(tmp_path: Path) -> None:
    running = RunningPortal(tmp_path / "home", "--no-demo").wait_until_ready()
    family = [running.pid, *running.children()]
    running.kill()
    assert wait_until(lambda: not [pid for pid in family if command_of(pid)], 10)


def test_port_that_cannot_be_had_is_said_as_what_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TANDEM_LISTEN_ON", "192.0.2.7")
    code, said = run_command("serve", "--home", str(tmp_path))
    assert code == 1
    assert "This machine has no address 192.0.2.7 to listen on" in said


def _says_ready(portal: RunningPortal) -> bool:
    """Whether all its parts answer; a part that a test has just killed needs a moment."""
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{portal.port}/readyz") as answer:
            found = json.load(answer)
    except OSError:
        return False
    age = found.pop("seconds_since_look")
    return bool(0 <= age < 120) and found == {"broker": True, "database": True, "jobs": True}

"""A portal started as an administrator would start it, for tests of starting and stopping."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Self

from tests.fixtures.application import free_port

ROOT = Path(__file__).resolve().parents[2]


class RunningPortal:
    """``python -m portal serve`` on a home of its own; what it says is in ``said``."""

    def __init__(self, home: Path, *options: str) -> None:
        self.home = home
        self.port = free_port()
        self.said = ""
        command = ["serve", "--home", str(home), "--port", str(self.port), *options]
        self._process = start_command(*command)

    @property
    def pid(self) -> int:
        """The supervisor's process id."""
        return self._process.pid

    def wait_until_ready(self) -> Self:
        """Read until the portal says that it is ready."""
        assert self._process.stdout is not None
        for line in self._process.stdout:
            self.said += line
            if "is ready at" in line:
                return self
        raise AssertionError(f"the portal ended: {self.said}")

    def children(self) -> dict[int, str]:
        """The processes that the supervisor keeps, with their commands."""
        listed = Path(f"/proc/{self.pid}/task/{self.pid}/children").read_text().split()
        return {int(pid): command_of(int(pid)) for pid in listed}

    def child(self, word: str) -> int:
        """The id of the child whose command has this word in it."""
        return next((pid for pid, command in self.children().items() if word in command), 0)

    def stop(self) -> float:
        """Ask it to stop; returns after how many seconds it had."""
        began = time.monotonic()
        self._process.send_signal(signal.SIGTERM)
        self._process.wait(30)
        return time.monotonic() - began

    def kill(self) -> None:
        """End the supervisor, and only it, without a chance to tidy up."""
        self._process.kill()
        self._process.wait(30)


def start_command(*arguments: str) -> "subprocess.Popen[str]":
    """Start one of the commands of ``python -m portal``."""
    return subprocess.Popen(
        [sys.executable, "-m", "portal", *arguments],
        cwd=ROOT,
        env=os.environ | {"TANDEM_ARGON_PROFILE": "test"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def run_command(*arguments: str) -> tuple[int, str]:
    """Run a command to its end; returns its exit code and all that it said.

    One that does not end within a minute is asked to, so that it outlives no test.
    """
    process = start_command(*arguments)
    try:
        said, _ = process.communicate(timeout=60)
    except subprocess.TimeoutExpired:
        process.terminate()
        said, _ = process.communicate(timeout=30)
    return process.returncode, said


def command_of(pid: int) -> str:
    """The command line of a process; empty when it is gone."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode()
    except OSError:
        return ""


def wait_until(is_so: Callable[[], bool], seconds: float = 20) -> bool:
    """Wait until something is so; False when it never was."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if is_so():
            return True
        time.sleep(0.1)
    return False

"""One child process of the supervisor: started, watched, started again, never left behind."""

import ctypes
import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

_PR_SET_PDEATHSIG = 1
_LONGEST_PAUSE = 30.0
_STEADY_SECONDS = 60.0
_libc = ctypes.CDLL(None) if sys.platform == "linux" else None


def die_with_parent(number: signal.Signals = signal.SIGTERM) -> Callable[[], None]:
    """Make a function, to be run in a new child, that ends it when its parent is gone.

    Linux only; elsewhere it does nothing. Call it after any change of user, which clears the wish.
    """
    parent = os.getpid()

    def ask() -> None:
        if _libc is not None:
            _libc.prctl(_PR_SET_PDEATHSIG, int(number), 0, 0, 0)
            if os.getppid() != parent:
                os.kill(os.getpid(), number)

    return ask


class Child:
    """A named process that should be running until it is told to end."""

    def __init__(
        self, name: str, command: Sequence[str], *, env: dict[str, str], cwd: Path, logs: Path
    ) -> None:
        self.name = name
        self._command = list(command)
        self._env = env
        self._cwd = cwd
        self._log = logs / f"{name}.log"
        self._process: subprocess.Popen[str] | None = None
        self._started = 0.0
        self._pause = 0.5
        self._start_again_at = 0.0

    @property
    def pid(self) -> int | None:
        """The process id, or None while it is not running."""
        return self._process.pid if self._process and self._process.poll() is None else None

    def start(self) -> None:
        """Start the process in a session of its own, so that Ctrl-C reaches only the supervisor."""
        self._process = subprocess.Popen(
            self._command,
            env=self._env,
            cwd=self._cwd,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            start_new_session=True,
            preexec_fn=die_with_parent(),
        )
        self._started = time.monotonic()
        self._start_again_at = 0.0
        threading.Thread(target=self._note_output, args=[self._process.stdout], daemon=True).start()

    def watch(self) -> None:
        """Start an ended process again, after a pause that grows while it keeps ending."""
        if self._process is None or self._process.poll() is None:
            return
        now = time.monotonic()
        if not self._start_again_at:
            if now - self._started > _STEADY_SECONDS:
                self._pause = 0.5
            self.note("ended", code=self._process.returncode, again_in=self._pause)
            self._start_again_at = now + self._pause
            self._pause = min(self._pause * 2, _LONGEST_PAUSE)
        elif now >= self._start_again_at:
            self.start()
            self.note("started again")

    def ask_to_end(self) -> None:
        """Ask the process to finish what it is doing and end."""
        if self._process is not None and self._process.poll() is None:
            self._process.terminate()

    def wait(self, deadline: float) -> None:
        """Wait for the end until ``deadline`` (monotonic seconds), then end it by force."""
        if self._process is None:
            return
        try:
            self._process.wait(max(0.0, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            self.note("ended by force")
            self._process.kill()
            self._process.wait()

    def note(self, event: str, **facts: object) -> None:
        """Write one line about this process into its log."""
        line = {"at": datetime.now(UTC).isoformat(), "from": self.name, "event": event, **facts}
        with self._log.open("a", encoding="utf-8") as log:
            log.write(json.dumps(line) + "\n")

    def _note_output(self, output: IO[str]) -> None:
        for line in output:
            if line.strip():
                self.note("output", line=line.rstrip())

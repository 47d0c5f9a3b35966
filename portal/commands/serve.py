"""``python -m portal serve``: one process tree with everything that the portal needs.

The supervisor holds the home's lock, starts the broker, prepares the database, then keeps the web
server, the job worker and beat running. Asked to stop, it ends them in the order that loses
nothing: first the door, then beat and the jobs, last the broker.
"""

import errno
import os
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path

from config import Settings, load_settings, socket_path
from portal.commands.broker import broker_command, is_answering
from portal.commands.child import Child, die_with_parent
from portal.commands.lock import AlreadyRunning, lock_home
from portal.commands.sense import problems_of
from portal.commands.state import demo_words, is_prepared

ROOT = Path(__file__).resolve().parents[2]
_READY_WITHIN = 180.0
_STOPPED_WITHIN = 9.0


class CannotStart(Exception):
    """The portal cannot start; the message says why and what to do."""


def serve(settings: Settings, *, fill_demo: bool) -> int:
    """Run the portal until it is told to stop; returns the exit code."""
    make_folders(settings)
    try:
        lock_home(settings.home, settings.public_url)
    except AlreadyRunning as taken:
        raise CannotStart(
            f"The portal is already running on {settings.home} (process {taken.pid}).\n"
            "Stop it first, or choose another folder with --home."
        ) from taken
    _refuse_taken_port(settings)
    stopping = _stop_on_signal()
    tree = Tree(settings)
    try:
        tree.start_broker()
        if is_prepared(settings):
            to_say = demo_words(settings)
        else:
            to_say = _prepare(settings, stopping, fill_demo=fill_demo)
        if not stopping.is_set():
            tree.start_the_rest()
            tree.wait_until_ready(stopping)
        if not stopping.is_set():
            ready = f"Tandem is ready at {_own_address(settings)}"
            print(*filter(None, (ready, to_say)), sep="\n", flush=True)
        while not stopping.wait(0.2):
            tree.watch()
    finally:
        tree.stop()
    return 0


def make_folders(settings: Settings) -> None:
    """Make the home folder and what lies in it; only its owner may look inside."""
    for folder in (settings.home, settings.logs_dir, settings.mail_dir, settings.home / "broker"):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)


class Tree:
    """The processes of a running portal."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._env = environment_of(settings)
        self.broker: Child | None = None
        if settings.has_own_broker:
            self.broker = self._child("broker", broker_command(settings))
        celery = [sys.executable, "-m", "celery", "-q", "-A"]
        quiet = ["--without-gossip", "--without-mingle", "--without-heartbeat"]
        self.web = self._child("web", [sys.executable, "-m", "portal", "web"])
        self.jobs = self._child(
            "jobs", [*celery, "workers.running", "worker", "--pool=solo", *quiet]
        )
        schedule = ["--schedule", str(settings.home / "broker" / "beat"), "--pidfile="]
        self.beat = self._child("beat", [*celery, "workers.beat", "beat", *schedule])

    def start_broker(self) -> None:
        """Start the broker; one that is just ending is waited for."""
        if self.broker is None:
            return
        path = socket_path(self._settings.home)
        _wait_for(lambda: not is_answering(path), "An earlier broker does not end.", seconds=8)
        self.broker.start()

    def start_the_rest(self) -> None:
        """Start the web server, the job worker and beat."""
        for child in (self.web, self.jobs, self.beat):
            child.start()

    def wait_until_ready(self, stopping: threading.Event) -> None:
        """Wait until pages, database, broker and jobs all answer."""
        address = f"{_own_address(self._settings)}/readyz"

        def is_ready() -> bool:
            self.watch()
            return stopping.is_set() or _answers_well(address)

        logs = self._settings.logs_dir
        _wait_for(is_ready, f"The portal did not get ready. Look in {logs}.", seconds=_READY_WITHIN)

    def watch(self) -> None:
        """Start again whatever has ended by itself."""
        for child in self._children():
            child.watch()

    def stop(self) -> None:
        """End everything within ten seconds: the door, then beat and jobs, last the broker."""
        deadline = time.monotonic() + _STOPPED_WITHIN
        for child in (self.web, self.beat, self.jobs):
            child.ask_to_end()
        self.web.wait(deadline - 3)
        self.beat.wait(deadline - 2)
        self.jobs.wait(deadline - 2)
        if self.broker is not None:
            self.broker.ask_to_end()
            self.broker.wait(deadline)

    def _child(self, name: str, command: list[str]) -> Child:
        return Child(name, command, env=self._env, cwd=ROOT, logs=self._settings.logs_dir)

    def _children(self) -> list[Child]:
        others = [self.web, self.jobs, self.beat]
        return others if self.broker is None else [self.broker, *others]


def _refuse_taken_port(settings: Settings) -> None:
    try:
        found = socket.getaddrinfo(settings.listen_on, settings.port, type=socket.SOCK_STREAM)
        with socket.socket(found[0][0]) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(found[0][4])
    except OSError as problem:
        raise CannotStart(_why_not_here(settings, problem)) from problem


def _why_not_here(settings: Settings, problem: OSError) -> str:
    if problem.errno == errno.EADDRINUSE:
        return f"Port {settings.port} is in use. Choose another with --port."
    if problem.errno == errno.EACCES:
        return f"Port {settings.port} may not be opened by you. Choose one above 1023 with --port."
    return f"This machine has no address {settings.listen_on} to listen on (setting listen_on)."


def _own_address(settings: Settings) -> str:
    """Where this machine itself reaches the portal."""
    everywhere = {"0.0.0.0": "127.0.0.1", "::": "::1", "": "127.0.0.1"}  # nosec B104  # no binding
    host = everywhere.get(settings.listen_on, settings.listen_on)
    return f"http://{f'[{host}]' if ':' in host else host}:{settings.port}"


def environment_of(settings: Settings) -> dict[str, str]:
    """What the children are told; all else they read as the supervisor did.

    Where nothing is to be written beside the modules, they keep compiled ones in the home folder:
    each start would compile more than a thousand anew, four times over. One arena of memory is
    enough for threads that take turns anyway, and holds a tenth less (decision 7).
    """
    told = os.environ.copy()
    if told.pop("PYTHONDONTWRITEBYTECODE", ""):
        told.setdefault("PYTHONPYCACHEPREFIX", str(settings.home / "bytecode"))
    return told | {
        "TANDEM_HOME": str(settings.home),
        "TANDEM_PORT": str(settings.port),
        "TANDEM_PUBLIC_URL": settings.public_url,
        "PYTHONPATH": os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")]).rstrip(":"),
        "PYTHONUNBUFFERED": "1",
        "MALLOC_ARENA_MAX": os.environ.get("MALLOC_ARENA_MAX", "1"),
    }


def _prepare(settings: Settings, stopping: threading.Event, *, fill_demo: bool) -> str:
    """Migrate, and fill the demo, in a process of its own; returns what to say when ready."""
    command = [sys.executable, "-m", "portal", "prepare", *([] if fill_demo else ["--no-demo"])]
    process = subprocess.Popen(
        command,
        env=environment_of(settings),
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
        preexec_fn=die_with_parent(),
    )
    while True:
        try:
            to_say, _ = process.communicate(timeout=0.2)
            break
        except subprocess.TimeoutExpired:
            if stopping.is_set():
                process.terminate()
    if process.returncode != 0 and not stopping.is_set():
        raise CannotStart("The database could not be prepared; the lines above say why.")
    return to_say.rstrip()


def _stop_on_signal() -> threading.Event:
    stopping = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda *_: stopping.set())
    return stopping


def _wait_for(is_so: Callable[[], bool], otherwise: str, *, seconds: float) -> None:
    deadline = time.monotonic() + seconds
    while not is_so():
        if time.monotonic() > deadline:
            raise CannotStart(otherwise)
        time.sleep(0.2)


def _answers_well(address: str) -> bool:
    try:
        with urllib.request.urlopen(address, timeout=3) as answer:  # nosec B310  # our own address
            return bool(answer.status == 200)
    except (OSError, urllib.error.URLError):
        return False


def serve_from_arguments(home: Path | None, port: int | None, *, fill_demo: bool) -> int:
    """Read the settings, refuse those that cannot work, and serve."""
    settings = load_settings(home=home, port=port)
    problems = problems_of(settings)
    if problems:
        raise CannotStart("\n".join(problems))
    return serve(settings, fill_demo=fill_demo)

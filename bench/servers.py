"""The portal and a bare Flask page, each behind waitress in a process of its own."""

import http.client
import logging
import multiprocessing
import os
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import waitress
from flask import Flask

from bench.town import Town
from portal import create_app
from portal.core.footprint import settle
from portal.core.log import log_to_file

BARE_BYTES = 2048
THREADS = 4
_start = multiprocessing.get_context("spawn")


def bare_app() -> Flask:
    """A Flask application with one page of two kilobytes and nothing else."""
    app = Flask("bare", static_folder=None)
    page = "x" * BARE_BYTES
    app.add_url_rule("/", "page", lambda: page)
    return app


@contextmanager
def serving(town: Town) -> Iterator[tuple[int, int, int]]:
    """Serve both; gives (the portal's port, the bare port, the portal's process id)."""
    ports = [_free_port(), _free_port()]
    children = [
        _child(_serve_portal, town.settings, ports[0]),
        _child(_serve_bare, ports[1]),
    ]
    try:
        _wait(ports[0], "/healthz")
        _wait(ports[1], "/")
        yield ports[0], ports[1], children[0].pid or 0
    finally:
        for child in children:
            child.terminate()
            child.join(10)


def _serve_portal(settings: Any, port: int) -> None:
    log_to_file(settings.logs_dir)  # as when it is used: a line for each answer
    app = create_app(settings)
    settle(settings.country)
    _serve(app, port)


def _serve_bare(port: int) -> None:
    logging.disable(logging.CRITICAL)
    _serve(bare_app(), port)


def _serve(app: Flask, port: int) -> None:
    waitress.serve(app, host="127.0.0.1", port=port, threads=THREADS, _quiet=True)


def _child(target: Callable[..., None], *args: Any) -> Any:
    os.environ.setdefault("MALLOC_ARENA_MAX", "1")  # as the supervisor tells its children
    process = _start.Process(target=target, args=args, daemon=True)
    process.start()
    return process


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _wait(port: int, path: str) -> None:
    for _ in range(1200):
        try:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=2)
            connection.request("GET", path)
            connection.getresponse().read()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError(f"nothing answers on port {port}")

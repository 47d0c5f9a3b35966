"""The log: one JSON line an event, with ids, kinds and numbers, never with anybody's words.

What somebody typed can reach a log in four ways: as an argument of a message, in the text of an
exception, in a path with a token, in a library's ready-made sentence. So text is let through only
in the named facts below and only when it looks like a name of ours (a job, an endpoint, a class).
An id is handed over as a UUID and a reason as an Enum, whose values are fixed; as text both would
be hidden. Exceptions keep their class and places and lose their text; requests are logged by
endpoint.
Source: OWASP ASVS 5.0, 16.2 and 16.5.
"""

import json
import logging
import os
import re
import sys
import time
import traceback
from datetime import UTC, date, datetime, timedelta
from enum import Enum
from logging.handlers import WatchedFileHandler
from pathlib import Path
from types import TracebackType
from typing import Any
from uuid import UUID

import msgspec
from flask import Flask, Response, g, request

OUR_LOGGERS = ("portal", "workers", "wsgi", "config")
FACTS_IN_TEXT = frozenset(
    {"endpoint", "event", "job", "kind", "language", "method", "part", "problem", "state", "table"}
    | {"constraint", "file"}
)
_LOOKS_LIKE_A_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]{0,79}")
_ALWAYS_THERE = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}
_HIDDEN = "(not logged)"
_as_json = msgspec.json.encode

log = logging.getLogger(__name__)


class JsonLines(logging.Formatter):
    """Turns a log record into one JSON line that holds no words."""

    def format(self, record: logging.LogRecord) -> str:
        """Write the line: when, how grave, from where, what, and the facts beside it."""
        line: dict[str, Any] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "from": record.name,
        }
        if message := _message(record):
            line["message"] = message
        line |= _facts(record)
        if record.exc_info and record.exc_info[0] is not None:
            line["problem"], line["where"] = _problem(record.exc_info)
        try:
            return _as_json(line).decode()
        except (TypeError, ValueError, OverflowError):  # an odd sort of text or number
            return json.dumps(line)


def log_to_file(folder: Path) -> None:
    """Send everything that this process logs to ``portal.log`` in this folder.

    Several processes may write to the same file: each line is one short append. When an outside
    tool moves the file away, a new one is begun.
    """
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    path = folder / "portal.log"
    os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600))
    handler = WatchedFileHandler(path, encoding="utf-8")
    handler.setFormatter(JsonLines())
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(logging.INFO)
    logging.raiseExceptions = False  # its report would print the arguments
    logging.logThreads = logging.logProcesses = logging.logMultiprocessing = False  # no line has it
    sys.excepthook = _log_uncaught


def log_requests(app: Flask) -> None:
    """Log each answer: endpoint, method, status, milliseconds. Never the path, which has tokens."""

    @app.before_request
    def _start() -> None:
        g.began = time.perf_counter()

    @app.after_request
    def _log(response: Response) -> Response:
        if request.endpoint != "static":
            began = g.get("began", time.perf_counter())
            log.info(
                "answered",
                extra={
                    "endpoint": request.endpoint or "none",
                    "method": request.method,
                    "status": response.status_code,
                    "milliseconds": round((time.perf_counter() - began) * 1000, 1),
                },
            )
        return response


def _message(record: logging.LogRecord) -> str:
    """The sentence with its harmless arguments.

    Ours are constant sentences (the linter sees to it). A library's is kept only when it came as a
    pattern with arguments apart; otherwise somebody's words may already be in it.
    """
    if not isinstance(record.msg, str):
        return ""
    is_ours = record.name.split(".", 1)[0] in OUR_LOGGERS
    if not record.args:
        return record.msg if is_ours else ""
    try:
        return str(record.msg % _harmless_arguments(record.args))
    except (TypeError, ValueError, KeyError):
        return record.msg


def _harmless_arguments(arguments: Any) -> Any:
    if isinstance(arguments, dict):
        return {name: _harmless(value) for name, value in arguments.items()}
    return tuple(_harmless(value) for value in arguments)


def _harmless(value: Any) -> Any:
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, int | float | UUID | datetime | date | timedelta | None):
        return value
    return _HIDDEN


def _facts(record: logging.LogRecord) -> dict[str, Any]:
    """What was given as ``extra=``: numbers, ids and times, and names of ours in named facts."""
    facts = {}
    for name, value in vars(record).items():
        if name in _ALWAYS_THERE or name.startswith("_"):
            continue
        if name in FACTS_IN_TEXT and _is_a_name(value):
            facts[name] = value
        else:
            harmless = _harmless(value)
            is_plain = isinstance(harmless, int | float | None)
            facts[name] = harmless if is_plain else str(harmless)
    return facts


def _is_a_name(value: Any) -> bool:
    return isinstance(value, str) and _LOOKS_LIKE_A_NAME.fullmatch(value) is not None


def _problem(info: Any) -> tuple[str, list[str]]:
    """The class of an exception and the places it went through; never its text."""
    kind, _, trace = info
    places = [
        f"{Path(frame.filename).name}:{frame.lineno} {frame.name}"
        for frame in traceback.extract_tb(trace)
    ]
    return kind.__name__, places


def _log_uncaught(
    kind: type[BaseException], problem: BaseException, trace: TracebackType | None
) -> None:
    if issubclass(kind, KeyboardInterrupt):
        return
    log.critical("uncaught", exc_info=(kind, problem, trace))

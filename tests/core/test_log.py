"""The log: facts and ids, never words."""

import json
import logging
import sys
import uuid
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from portal.core.log import JsonLines, log_requests, log_to_file

CANARY = "a kestrel over the fjord"
NAME_LIKE_CANARY = "kestrel"


def line_of(record: logging.LogRecord) -> tuple[dict[str, Any], str]:
    text = JsonLines().format(record)
    assert "\n" not in text
    return json.loads(text), text


def record(name: str, message: str, *args: Any, **facts: Any) -> logging.LogRecord:
    return logging.getLogger(name).makeRecord(
        name, logging.WARNING, "file.py", 1, message, args, None, extra=facts
    )


def test_ids_and_numbers_are_logged() -> None:
    person_id = uuid.uuid4()
    line, _ = line_of(record("portal.x", "%s waited %d times", person_id, 3, row_id=person_id))
    assert line["message"] == f"{person_id} waited 3 times"
    assert line["row_id"] == str(person_id)
    assert (line["level"], line["from"]) == ("warning", "portal.x")


def test_words_in_arguments_are_not_logged() -> None:
    for word in (CANARY, NAME_LIKE_CANARY):
        _, text = line_of(record("portal.x", "got %s and %(a)s", word))
        assert word not in text
        _, text = line_of(record("portal.x", "got %s", word))
        assert word not in text


def test_words_in_facts_are_not_logged_and_names_of_ours_are() -> None:
    line, text = line_of(
        record("portal.x", "asked", job="reminders.sweep", kind=CANARY, note=NAME_LIKE_CANARY)
    )
    assert line["job"] == "reminders.sweep"
    assert CANARY not in text
    assert NAME_LIKE_CANARY not in text


def test_a_librarys_finished_sentence_is_not_logged() -> None:
    line, text = line_of(record("somelibrary", f"cannot read {CANARY}"))
    assert CANARY not in text
    assert line["from"] == "somelibrary"


def test_a_librarys_pattern_is_logged_without_its_words() -> None:
    line, _ = line_of(
        record("celery.app.trace", "Task %(name)s took %(seconds)s", {"name": CANARY, "seconds": 2})
    )
    assert line["message"] == "Task (not logged) took 2"


def test_an_exception_keeps_its_class_and_places_and_loses_its_text() -> None:
    try:
        int(CANARY)
    except ValueError:
        made = logging.getLogger("portal.x").makeRecord(
            "portal.x", logging.ERROR, "f", 1, "broke", (), sys.exc_info()
        )
    line, text = line_of(made)
    assert CANARY not in text
    assert line["problem"] == "ValueError"
    assert line["where"][0].startswith("test_log.py:")


@pytest.fixture
def log_file(tmp_path: Path) -> Any:
    root = logging.getLogger()
    before = (root.handlers, root.level, logging.raiseExceptions, sys.excepthook)
    log_to_file(tmp_path / "logs")
    yield tmp_path / "logs" / "portal.log"
    for handler in root.handlers:
        handler.close()
    root.handlers, root.level, logging.raiseExceptions, sys.excepthook = before


def test_the_file_is_for_its_owner_only(log_file: Path) -> None:
    logging.getLogger("portal.x").info("started")
    assert json.loads(log_file.read_text())["message"] == "started"
    assert log_file.stat().st_mode & 0o077 == 0


def test_a_request_is_logged_by_its_endpoint_and_not_by_its_path(log_file: Path) -> None:
    app = Flask(__name__)
    log_requests(app)
    app.add_url_rule("/open/<token>", "open", lambda token: "well")
    app.test_client().get(f"/open/{CANARY}?q={CANARY}")
    line = json.loads(log_file.read_text())
    assert (line["endpoint"], line["method"], line["status"]) == ("open", "GET", 200)
    assert CANARY not in log_file.read_text()


class Odd(str):
    """A kind of text of its own, as some libraries hand over."""


@pytest.mark.parametrize("value", [10**40, float("nan"), Odd("goals.list")])
def test_an_odd_value_loses_no_line(value: object) -> None:
    line, _ = line_of(record("portal.x", "asked", endpoint=value, row=value))
    assert line["message"] == "asked"


def test_half_a_sign_in_a_place_loses_no_line() -> None:
    line, _ = line_of(record("somelibrary.\udcff", "asked"))
    assert line["level"] == "warning"

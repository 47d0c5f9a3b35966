"""Is the portal alive, and is it ready? Two answers for whoever keeps it running.

``/healthz`` says that this process answers. ``/readyz`` says that the database and the broker
answer and how long ago beat last looked, which also shows that a job worker carries hints out.
Neither says more than that.
"""

import logging
from collections.abc import Callable
from datetime import UTC, datetime

from flask import jsonify
from flask.typing import ResponseReturnValue
from redis.exceptions import RedisError
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from portal.core.db import db
from portal.core.guard import GuardedBlueprint, anyone
from portal.core.jobs import broker

log = logging.getLogger(__name__)
bp = GuardedBlueprint("health", __name__)

LATE_SECONDS = 120
_LAST_LOOK = "tandem:last-look"


@bp.get("/healthz", allow=anyone)
def healthz() -> ResponseReturnValue:
    """This process answers."""
    return {"alive": True}


@bp.get("/readyz", allow=anyone)
def readyz() -> ResponseReturnValue:
    """Everything that a page or a job needs answers; 503 names what does not."""
    age = _seconds_since_look()
    found = {
        "database": _answers(_database_answers),
        "broker": _answers(_broker_answers),
        "jobs": age is not None and age < LATE_SECONDS,
    }
    status = 200 if all(found.values()) else 503
    return jsonify(found | {"seconds_since_look": age}), status


def note_look(now: datetime) -> None:
    """Note that beat's look was carried out at ``now``."""
    broker().set(_LAST_LOOK, now.timestamp())


def seconds_since_look(now: datetime) -> float | None:
    """How long ago beat's last look was carried out; None when there was none yet."""
    found = broker().get(_LAST_LOOK)
    return None if found is None else now.timestamp() - float(found)


def _answers(question: Callable[[], bool]) -> bool:
    try:
        return question()
    except (RedisError, SQLAlchemyError) as problem:
        log.warning("not ready", extra={"problem": type(problem).__name__})
        return False


def _database_answers() -> bool:
    return bool(db.session.scalar(text("SELECT 1")))


def _broker_answers() -> bool:
    return bool(broker().ping())


def _seconds_since_look() -> int | None:
    """The age of beat's last look in whole seconds; None without a broker or a look."""
    try:
        age = seconds_since_look(datetime.now(UTC))
    except RedisError:
        return None
    return None if age is None else round(age)

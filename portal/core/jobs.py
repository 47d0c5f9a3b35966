"""Hints to the job workers. A row in the database is the truth; a hint only says *look now*.

Hints carry a job's name and ids, never words. They leave after the commit. When the broker is
away the hint is dropped with a line in the log: beat looks every 30 seconds anyway.
"""

import logging
from uuid import UUID

from flask import current_app
from redis import Redis

from portal.core.broker import open_broker
from portal.core.db import db
from portal.core.wire import QUEUE, hint_message

log = logging.getLogger(__name__)
_QUEUE = "queued_jobs"


def enqueue(job: str, *ids: UUID) -> None:
    """Ask that a job looks soon, once what is being written now is kept."""
    hint = (job, tuple(str(each) for each in ids))
    waiting: list[tuple[str, tuple[str, ...]]] = db.session.info.setdefault(_QUEUE, [])
    if hint not in waiting:
        waiting.append(hint)


def send_queued() -> None:
    """Send the waiting hints; called by the one commit."""
    hints = db.session.info.pop(_QUEUE, [])
    if not hints:
        return
    try:
        broker().lpush(QUEUE, *(hint_message(job, ids) for job, ids in hints))
    except Exception as problem:  # noqa: BLE001  # any broker trouble: beat looks again anyway
        for job, _ids in hints:
            log.warning("hint not sent", extra={"job": job, "problem": type(problem).__name__})


def broker() -> "Redis":
    """The application's own connection to the broker."""
    if "broker" not in current_app.extensions:
        url: str = current_app.config["SETTINGS"].redis_url
        current_app.extensions["broker"] = open_broker(url)
    client: Redis = current_app.extensions["broker"]
    return client


def forget_queued() -> None:
    """Drop the waiting hints; what caused them was taken back."""
    db.session.info.pop(_QUEUE, None)


__all__ = ["enqueue", "forget_queued", "send_queued"]

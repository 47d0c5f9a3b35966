"""Hints to the job workers. A row in the database is the truth; a hint only says *look now*.

Hints carry a job's name and ids, never words. They leave after the commit. When the broker is
away the hint is dropped with a line in the log: beat looks every 30 seconds anyway.
"""

import logging
from typing import Any
from uuid import UUID

from celery import Celery
from flask import current_app

from portal.core.db import db

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
    if not hints or "celery" not in current_app.extensions:
        return
    celery: Celery = current_app.extensions["celery"]
    for job, ids in hints:
        try:
            celery.send_task(job, args=list(ids), retry=False)
        except Exception as problem:  # noqa: BLE001  # any broker trouble: beat looks again anyway
            log.warning("hint not sent", extra={"job": job, "problem": type(problem).__name__})
            return


def forget_queued() -> None:
    """Drop the waiting hints; what caused them was taken back."""
    db.session.info.pop(_QUEUE, None)


def make_celery(broker_url: str) -> Celery:
    """The Celery application: late acknowledgement, no results, orphans back within seconds.

    The values are measured ones: see ``docs/decisions/`` on jobs.
    """
    celery = Celery("tandem", broker=broker_url)
    options: dict[str, Any] = {
        "visibility_timeout": 60,
        "unacked_restore_interval": 2,
        "unacked_restore_throttle": 1,
        "socket_connect_timeout": 1,
        "socket_timeout": 5,
    }
    celery.conf.update(
        broker_transport_options=options,
        broker_connection_retry_on_startup=True,
        task_acks_late=True,
        task_reject_on_worker_lost=True,
        task_ignore_result=True,
        result_backend=None,
        task_publish_retry=False,
        task_serializer="json",
        accept_content=["json"],
        worker_prefetch_multiplier=1,
        worker_send_task_events=False,
        worker_hijack_root_logger=False,
        enable_utc=True,
        timezone="UTC",
    )
    return celery

"""How hints travel to the jobs: Celery on a Redis, and nothing that could be lost with it.

Only the job worker and beat load it: the web process writes its hints by itself (``core.wire``).
"""

from typing import Any

from celery import Celery


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

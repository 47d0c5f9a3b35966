"""What Celery starts: ``celery -A workers.running worker`` and, apart from it, ``… beat``.

The worker runs with the pool *solo*: jobs are short sweeps that claim in batches, so more
processes bring nothing on one machine, and a single one leaves no orphan when it is killed.
Another machine simply starts another worker.
"""

from typing import Any

from celery.signals import beat_init, setup_logging

from config import load_settings
from portal import create_app
from portal.core.log import log_to_file
from workers.schedule import EVERY
from workers.wiring import make_worker

_settings = load_settings()
celery = make_worker(create_app(_settings))


@setup_logging.connect
def _log_like_the_rest(**_about: Any) -> None:
    """Keep Celery from setting up a log of its own."""
    log_to_file(_settings.logs_dir)


@beat_init.connect
def _look_at_once(**_about: Any) -> None:
    """Look as soon as beat is up, rather than after its first pause."""
    for name in EVERY:
        celery.send_task(name)

"""The job worker: ``celery -A workers.running worker --pool=solo``.

The pool is *solo*: jobs are short sweeps that claim in batches, so more processes bring nothing on
one machine, and a single one leaves no orphan when it is killed. Another machine simply starts
another worker.
"""

import logging
from typing import Any

from celery.signals import setup_logging

from config import load_settings
from portal import create_app
from portal.core.footprint import settle
from portal.core.log import log_to_file
from workers.wiring import make_worker

_settings = load_settings()
celery = make_worker(create_app(_settings))
settle(_settings.country)


@setup_logging.connect
def _log_like_the_rest(**_about: Any) -> None:
    """Keep Celery from setting up a log of its own, and from a line for each hint it is given."""
    log_to_file(_settings.logs_dir)
    for name in ("celery.worker.strategy", "celery.app.trace"):
        logging.getLogger(name).setLevel(logging.WARNING)

"""Beat: says *look now* to the jobs as often as the schedule says. ``celery -A workers.beat beat``.

It needs the broker's address and the schedule, and nothing else of the portal.
"""

from typing import Any

from celery.signals import beat_init, setup_logging

from config import load_settings
from portal.core.hints import make_celery
from portal.core.log import log_to_file
from workers.schedule import EVERY

_settings = load_settings()
celery = make_celery(_settings.broker_url)
celery.conf.beat_schedule = {
    name: {"task": name, "schedule": seconds, "options": {"expires": seconds}}
    for name, seconds in EVERY.items()
}


@setup_logging.connect
def _log_like_the_rest(**_about: Any) -> None:
    """Keep Celery from setting up a log of its own."""
    log_to_file(_settings.logs_dir)


@beat_init.connect
def _look_at_once(**_about: Any) -> None:
    """Look as soon as beat is up, rather than after its first pause."""
    for name, seconds in EVERY.items():
        celery.send_task(name, expires=seconds)

"""The one place that commits: after it, queued jobs are told to look.

A request ends here through the guard; a job, a command or a test through ``unit_of_work``.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from flask import Flask
from sqlalchemy.exc import SQLAlchemyError

from portal.core.db import db
from portal.core.jobs import forget_queued, send_queued

log = logging.getLogger(__name__)


def finish_work() -> None:
    """Make everything written so far lasting, then send the queued hints to the jobs."""
    db.session.commit()
    send_queued()


def undo_work() -> None:
    """Take back everything written since the last commit, and the hints with it."""
    db.session.rollback()
    forget_queued()


def let_go() -> None:
    """End the session once the answer stands; a connection that broke harms it no more."""
    try:
        db.session.remove()
    except SQLAlchemyError as problem:
        log.warning("connection lost at the end", extra={"problem": type(problem).__name__})
        db.session.registry.clear()


@contextmanager
def unit_of_work(app: Flask) -> Iterator[None]:
    """One piece of work outside a request: kept whole, or not at all."""
    with app.app_context():
        try:
            yield
            finish_work()
        except BaseException:
            undo_work()
            raise
        finally:
            db.session.remove()

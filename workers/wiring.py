"""Ties the jobs to Celery: each by its name, each in a unit of work."""

import importlib
import logging
import pkgutil
import time

from celery import Celery
from flask import Flask

import workers
from portal.core.hints import make_celery
from portal.core.work import unit_of_work

log = logging.getLogger(__name__)

_NO_JOBS_IN = {"beat", "running", "schedule", "wiring"}


def make_worker(app: Flask) -> Celery:
    """Make the portal's Celery application with all of its jobs."""
    for module in pkgutil.iter_modules(workers.__path__):
        if module.name not in _NO_JOBS_IN:
            importlib.import_module(f"workers.{module.name}")
    celery = make_celery(app.config["SETTINGS"].broker_url)
    for name, work in workers.JOBS.items():
        celery.task(name=name)(_in_one_piece(app, name, work))
    return celery


def _in_one_piece(app: Flask, name: str, work: workers.Work) -> workers.Work:
    def run(*ids: str) -> None:
        began = time.perf_counter()
        with unit_of_work(app):
            work(*workers.given(ids))
        took = round((time.perf_counter() - began) * 1000, 1)
        log.info("looked", extra={"job": name, "milliseconds": took})

    return run

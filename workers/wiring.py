"""Ties the jobs to Celery: each by its name, each in a unit of work, each as often as agreed."""

import importlib
import pkgutil

from celery import Celery
from flask import Flask

import workers
from portal.core.work import unit_of_work
from workers.schedule import EVERY

_NO_JOBS_IN = {"running", "schedule", "wiring"}


def make_worker(app: Flask) -> Celery:
    """Give the portal's Celery application its jobs and beat's schedule.

    A hint that has waited longer than beat's pause is dropped: the next one is there already.
    """
    for module in pkgutil.iter_modules(workers.__path__):
        if module.name not in _NO_JOBS_IN:
            importlib.import_module(f"workers.{module.name}")
    celery: Celery = app.extensions["celery"]
    for name, work in workers.JOBS.items():
        celery.task(name=name)(_in_one_piece(app, work))
    celery.conf.beat_schedule = {
        name: {"task": name, "schedule": seconds, "options": {"expires": seconds}}
        for name, seconds in EVERY.items()
    }
    return celery


def _in_one_piece(app: Flask, work: workers.Work) -> workers.Work:
    def run(*ids: str) -> None:
        with unit_of_work(app):
            work(*workers.given(ids))

    return run

"""Pieces of work inside a job: each is kept by itself, so a killed job leaves whole pieces."""

from collections.abc import Callable
from typing import ParamSpec, TypeVar

from flask import current_app

from portal.core.work import unit_of_work

P = ParamSpec("P")
T = TypeVar("T")


def piece(verb: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Call one service verb in a unit of work of its own; gives what the verb gives."""
    with unit_of_work(current_app._get_current_object()):  # type: ignore[attr-defined]  # a proxy
        return verb(*args, **kwargs)

"""The application's own kind: Flask, without what no page of the portal uses."""

from collections.abc import Callable
from typing import Any

from flask import Flask


class Portal(Flask):
    """Flask for plain views: none of ours is a coroutine, so nothing looks whether one is."""

    def ensure_sync(self, func: Callable[..., Any]) -> Callable[..., Any]:
        """Give every view and hook back as it is."""
        return func


__all__ = ["Portal"]

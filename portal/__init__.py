"""Tandem: a portal that a person with long-term mental-health needs owns and shares."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask

    from config import Settings


def create_app(settings: "Settings") -> "Flask":
    """Make the application for one set of settings.

    All of it is imported only here, so that a small part, such as the supervisor, starts at once.
    """
    from portal.factory import create_app as make

    return make(settings)


__all__ = ["create_app"]

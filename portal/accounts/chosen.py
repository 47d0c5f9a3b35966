"""The settings of the running portal, for verbs that never see a request."""

from flask import current_app

from config import Settings


def settings() -> Settings:
    """The settings that this portal was started with."""
    found: Settings = current_app.config["SETTINGS"]
    return found

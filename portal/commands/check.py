"""``python -m portal check``: try the configuration and say in plain words what is wrong."""

import socket
from collections.abc import Callable

from redis import Redis
from redis.exceptions import RedisError
from sqlalchemy import create_engine
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.pool import NullPool

from config import Settings
from portal.commands.sense import problems_of
from portal.vault.secrets import SecretsMissing, load_or_make_secrets


def check(settings: Settings) -> int:
    """Print one sentence for each thing that is wrong; returns 0 when nothing is."""
    sentences = problems_of(settings) + [
        sentence
        for sentence in (
            _secrets(settings),
            _database(settings),
            _broker(settings),
            _mail(settings),
        )
        if sentence
    ]
    print(*(sentences or ["Everything looks well."]), sep="\n")
    return 1 if sentences else 0


def _secrets(settings: Settings) -> str:
    if not settings.home.exists():
        return ""  # a new home: the secrets are made at the first start
    if not settings.secrets_dir.exists() and not (settings.home / "tandem.sqlite3").exists():
        return ""
    return _trouble(
        lambda: load_or_make_secrets(settings.home, make=False),
        "The server's secrets are missing or damaged. Without them nothing that was written opens.",
    )


def _database(settings: Settings) -> str:
    if settings.database_url.startswith("sqlite:"):
        return ""  # a file in the home folder, which was looked at above
    return _trouble(
        lambda: create_engine(settings.database_url, poolclass=NullPool).connect().close(),
        "The database in DATABASE_URL does not answer.",
    )


def _broker(settings: Settings) -> str:
    if settings.has_own_broker:
        return ""  # started together with the portal
    return _trouble(
        lambda: Redis.from_url(settings.redis_url, socket_connect_timeout=3).ping(),
        "The Redis in REDIS_URL does not answer.",
    )


def _mail(settings: Settings) -> str:
    if not settings.smtp_host:
        return ""
    return _trouble(
        lambda: socket.create_connection((settings.smtp_host, settings.smtp_port), 5).close(),
        f"The mail server {settings.smtp_host} does not answer on port {settings.smtp_port}.",
    )


def _trouble(attempt: Callable[[], object], sentence: str) -> str:
    try:
        attempt()
    except (OSError, RedisError, SQLAlchemyError, SecretsMissing):
        return sentence
    return ""

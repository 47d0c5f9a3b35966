"""``python -m portal check``: try the configuration and say in plain words what is wrong."""

import smtplib
import socket
from collections.abc import Callable

from redis import Redis
from redis.exceptions import RedisError
from sqlalchemy import create_engine, text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.pool import NullPool

from config import Settings
from portal.commands.sense import problems_of
from portal.commands.state import newest_revisions
from portal.core.clock import public_holidays, utc_now
from portal.core.mail import SmtpOffice
from portal.vault.secrets import SecretsMissing, load_or_make_secrets


def check(settings: Settings) -> int:
    """Print one sentence for each thing that is wrong; returns 0 when nothing is."""
    looks = (_secrets, _database, _broker, _mail, _holidays, _proxies)
    sentences = problems_of(settings) + [said for look in looks if (said := look(settings))]
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
    silent = _trouble(
        lambda: create_engine(settings.database_url, poolclass=NullPool).connect().close(),
        "The database in DATABASE_URL does not answer.",
    )
    return silent or _shape(settings)


def _shape(settings: Settings) -> str:
    """Has the database the tables of this version?"""
    engine = create_engine(settings.database_url, poolclass=NullPool)

    def look() -> None:
        with engine.connect() as line:
            found = set(line.scalars(text("SELECT version_num FROM alembic_version")))
        if found != newest_revisions():
            raise OSError("another shape")

    return _trouble(
        look, "The database is empty or of another version. Run: python -m portal migrate"
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
    silent = _trouble(
        lambda: socket.create_connection((settings.smtp_host, settings.smtp_port), 5).close(),
        f"The mail server {settings.smtp_host} does not answer on port {settings.smtp_port}.",
    )
    return silent or _trouble(
        lambda: _sign_in_for_mail(settings),
        f"The mail server {settings.smtp_host} answers, but does not let the portal in. "
        "Look at smtp_security, smtp_username and smtp_password.",
    )


def _sign_in_for_mail(settings: Settings) -> None:
    office = SmtpOffice(settings)
    with office:
        office.connect()


def _holidays(settings: Settings) -> str:
    if public_holidays(settings.country, utc_now().year):
        return ""
    return f"No public holidays are known for {settings.country}, so answers may fall due on them."


def _proxies(settings: Settings) -> str:
    if not settings.is_secure or settings.trusted_proxies:
        return ""
    return (
        "public_url begins with https, so a proxy stands in front. Set trusted_proxies to how many "
        "there are; until then everybody counts as one caller when tries are counted."
    )


def _trouble(attempt: Callable[[], object], sentence: str) -> str:
    try:
        attempt()
    except (OSError, RedisError, SQLAlchemyError, SecretsMissing, smtplib.SMTPException):
        return sentence
    return ""

"""Do the settings make sense together? One plain sentence for each thing that does not."""

import os
from pathlib import Path
from urllib.parse import urlsplit

from config import HelpNumber, Settings

LANGUAGES = ("en", "nb")
TRANSLATIONS = Path(__file__).resolve().parents[1] / "translations"
LOOPBACK = ("127.0.0.1", "localhost", "::1")


def problems_of(settings: Settings) -> list[str]:
    """Say what is wrong with these settings, in plain sentences; empty when all is well."""
    everything = [*_addresses(settings), *_people(settings), *_folders(settings)]
    return [sentence for is_wrong, sentence in everything if is_wrong]


def _addresses(settings: Settings) -> list[tuple[bool, str]]:
    public, leaving = urlsplit(settings.public_url), urlsplit(settings.leave_to)
    return [
        (
            not settings.database_url.startswith(("sqlite:///", "postgresql+psycopg://")),
            "DATABASE_URL must name a SQLite file or a PostgreSQL server.",
        ),
        (
            not settings.redis_url.startswith(("unix://", "redis://", "rediss://")),
            "REDIS_URL must begin with redis://, rediss:// or unix://.",
        ),
        (not 1 <= settings.port <= 65535, "The port must lie between 1 and 65535."),
        (not 1 <= settings.smtp_port <= 65535, "smtp_port must lie between 1 and 65535."),
        (settings.web_threads < 1, "web_threads must be at least 1."),
        (
            public.scheme != "https" and public.hostname not in LOOPBACK,
            "public_url must begin with https:// unless the portal is on this machine only.",
        ),
        (
            leaving.scheme != "https" or not leaving.hostname,
            "leave_to must be the whole address of a page, beginning with https://.",
        ),
        (
            settings.trusted_proxies < 0,
            "trusted_proxies must be 0, or the number of proxies in front.",
        ),
        (
            bool(settings.smtp_host)
            and ("@" not in settings.mail_from or settings.mail_from.endswith("@localhost")),
            "mail_from must be an address of yours when smtp_host is set.",
        ),
    ]


def _people(settings: Settings) -> list[tuple[bool, str]]:
    return [
        (not settings.service_numbers, "At least one number to call for help is needed."),
        (
            not all(_can_be_called(each) for each in settings.service_numbers),
            "Each number to call for help needs a name and a number with digits.",
        ),
        (
            len(settings.country) != 2 or not settings.country.isupper(),
            "The country must be two capital letters, such as NO.",
        ),
        (
            settings.language not in LANGUAGES,
            f"The language must be one of {', '.join(LANGUAGES)}.",
        ),
        (
            settings.language in LANGUAGES and not _is_there(settings.language),
            f"There is no translation to {settings.language} yet. The language must be en.",
        ),
        (
            not 1 <= settings.idle_minutes <= settings.absolute_hours * 60,
            "idle_minutes must be at least 1 and no longer than absolute_hours.",
        ),
        (
            not 1 <= settings.owner_idle_minutes <= settings.absolute_hours * 60,
            "owner_idle_minutes must be at least 1 and no longer than absolute_hours.",
        ),
        (settings.dyad_cap < 1, "dyad_cap must be at least 1."),
    ]


def _is_there(language: str) -> bool:
    """Whether the portal can speak it: English is the source, others need their catalogue."""
    return language == "en" or (TRANSLATIONS / language / "LC_MESSAGES" / "messages.mo").exists()


def _can_be_called(each: HelpNumber) -> bool:
    return bool(each.name.strip()) and sum(sign.isdecimal() for sign in each.number) > 1


def _folders(settings: Settings) -> list[tuple[bool, str]]:
    secrets = settings.secrets_dir
    return [
        (
            not os.access(_nearest_folder(settings.home), os.W_OK),
            f"The home folder {settings.home} cannot be written to.",
        ),
        (
            secrets.exists() and secrets.stat().st_mode & 0o077 != 0,
            "The secrets folder can be read by others; only its owner may (mode 700).",
        ),
    ]


def _nearest_folder(path: Path) -> Path:
    while not path.exists() and path != path.parent:
        path = path.parent
    return path

"""The portal's settings: read once from the environment and ``<home>/settings.toml``, then frozen.

Every setting has one name. In the file it stands as it is (``service_name = "North clinic"``), in
the environment in capitals behind ``TANDEM_`` (``TANDEM_SERVICE_NAME``); only ``DATABASE_URL`` and
``REDIS_URL`` have no prefix. The environment wins over the file. Secrets are not settings: they lie
in ``<home>/secrets/``. The README has the table of all settings.
"""

import hashlib
import json
import os
import tempfile
import tomllib
from collections.abc import Mapping
from dataclasses import MISSING, dataclass, field, fields
from datetime import timedelta
from pathlib import Path
from typing import Any, Literal, get_args, get_origin, get_type_hints
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import msgspec

RoleName = Literal["owner", "worker", "administrator"]
_LONGEST_SOCKET_PATH = 100  # the system's limit is 104 to 108 bytes


class SettingsError(Exception):
    """The settings cannot be used; ``sentences`` say why, in plain words."""

    def __init__(self, sentences: list[str]) -> None:
        super().__init__("\n".join(sentences))
        self.sentences = sentences


@dataclass(frozen=True, slots=True)
class HelpNumber:
    """A number to call for help: who answers, the number, and when."""

    name: str
    number: str
    when: str = ""


NORWEGIAN_NUMBERS = (
    HelpNumber("Medical emergency", "113", "Day and night, when life is in danger"),
    HelpNumber("Out-of-hours doctor", "116117", "Day and night, when it cannot wait"),
    HelpNumber("Mental health helpline", "116 123", "Day and night, somebody to talk with"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Everything about this installation that can be chosen, with defaults that work at once."""

    home: Path
    database_url: str = ""
    redis_url: str = ""

    port: int = 8000
    listen_on: str = "127.0.0.1"
    public_url: str = ""
    trusted_proxies: int = 0
    web_threads: int = 8

    service_name: str = "Tandem"
    service_numbers: tuple[HelpNumber, ...] = NORWEGIAN_NUMBERS
    leave_to: str = "https://www.yr.no"
    country: str = "NO"
    zone: ZoneInfo = field(default_factory=lambda: ZoneInfo("Europe/Oslo"))
    language: str = "en"

    sign_up_open: bool = True
    second_factor_required_for: frozenset[RoleName] = frozenset({"worker", "administrator"})
    idle_minutes: int = 30
    owner_idle_minutes: int = 45
    absolute_hours: int = 12
    dyad_cap: int = 20

    smtp_host: str = ""
    smtp_port: int = 587
    smtp_username: str = ""
    smtp_password: str = field(default="", repr=False)
    smtp_security: Literal["starttls", "tls", "none"] = "starttls"
    mail_from: str = "tandem@localhost"

    argon_profile: Literal["full", "test"] = "full"
    testing: bool = False
    demo: bool = False

    @property
    def idle_time(self) -> timedelta:
        """How long a worker's or administrator's session lives without being used."""
        return timedelta(minutes=self.idle_minutes)

    @property
    def owner_idle_time(self) -> timedelta:
        """How long a service user's session lives without being used."""
        return timedelta(minutes=self.owner_idle_minutes)

    @property
    def absolute_time(self) -> timedelta:
        """How long a session lives however much it is used."""
        return timedelta(hours=self.absolute_hours)

    @property
    def is_secure(self) -> bool:
        """Is the portal reached over HTTPS? Decides the cookie's name and flags."""
        return urlsplit(self.public_url).scheme == "https"

    @property
    def has_own_broker(self) -> bool:
        """Does the portal start its own Valkey, as it does unless REDIS_URL names another?"""
        return self.redis_url == f"unix://{socket_path(self.home)}"

    @property
    def broker_url(self) -> str:
        """The broker's address as Celery writes it."""
        return _with_scheme(self.redis_url, "redis+socket")

    @property
    def limits_url(self) -> str:
        """The same address as Flask-Limiter writes it."""
        return _with_scheme(self.redis_url, "redis+unix")

    @property
    def secrets_dir(self) -> Path:
        """Where the server's own keys lie, apart from the database and its backup."""
        return self.home / "secrets"

    @property
    def mail_dir(self) -> Path:
        """Where mail goes when no SMTP server is named."""
        return self.home / "mail"

    @property
    def logs_dir(self) -> Path:
        """Where every process writes its log."""
        return self.home / "logs"

    def requires_second_factor(self, role: RoleName) -> bool:
        """Must people of this role use an authenticator app? Never in the demo, which says so."""
        return not self.demo and role in self.second_factor_required_for


def load_settings(environ: Mapping[str, str] | None = None, **given: Any) -> Settings:
    """Read the settings; what is given wins, then the environment, the file and the defaults.

    Raises SettingsError with plain sentences when a value cannot be understood.
    """
    environ = os.environ if environ is None else environ
    home = Path(given.pop("home", None) or environ.get("TANDEM_HOME") or "var").absolute()
    raw = _from_file(home / "settings.toml") | _from_environment(environ) | _without_none(given)
    values = {"home": home, "demo": (home / "demo").exists()} | _understood(raw)
    settings = Settings(**_with_defaults(values))
    if settings.argon_profile == "test" and not settings.testing:
        raise SettingsError(["The cheap password profile is for tests only (TANDEM_TESTING=1)."])
    return settings


def socket_path(home: Path) -> Path:
    """Where the embedded Valkey listens: in the home folder, or where the path is short enough."""
    path = home / "broker" / "valkey.sock"
    if len(os.fsencode(path)) <= _LONGEST_SOCKET_PATH:
        return path
    name = hashlib.sha256(os.fsencode(home)).hexdigest()[:16]
    return Path(tempfile.gettempdir()) / f"tandem-{os.getuid()}-{name}" / "valkey.sock"


def _from_file(path: Path) -> dict[str, Any]:
    if not path.exists():
        return {}
    try:
        found = tomllib.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as problem:
        raise SettingsError([f"The file settings.toml cannot be read: {problem}."]) from problem
    unknown = sorted(set(found) - {each.name for each in fields(Settings)})
    if unknown:
        raise SettingsError([f"settings.toml has a setting that is unknown: {', '.join(unknown)}."])
    return found


def _from_environment(environ: Mapping[str, str]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for each in fields(Settings):
        name = each.name.upper()
        name = name if name in ("DATABASE_URL", "REDIS_URL") else f"TANDEM_{name}"
        if each.name != "home" and environ.get(name, "") != "":
            found[each.name] = environ[name]
    return found


def _without_none(given: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in given.items() if value is not None}


def _understood(raw: dict[str, Any]) -> dict[str, Any]:
    hints = get_type_hints(Settings)
    values, problems = {}, []
    for name, value in raw.items():
        try:
            values[name] = _convert(value, hints[name])
        except (ValueError, KeyError):  # msgspec's errors are ValueErrors
            problems.append(f"The setting {name} should be {_expected(hints[name])}.")
    if problems:
        raise SettingsError(problems)
    return values


def _convert(value: Any, kind: Any) -> Any:
    if kind is ZoneInfo:
        return value if isinstance(value, ZoneInfo) else ZoneInfo(value)
    if isinstance(value, str) and kind == frozenset[RoleName]:
        value = [word for word in value.replace(",", " ").split() if word != "nobody"]
    if isinstance(value, str) and kind == tuple[HelpNumber, ...]:
        value = json.loads(value)
    if isinstance(value, str) and kind is bool:
        value = {"yes": True, "no": False, "on": True, "off": False}.get(value.lower(), value)
    return msgspec.convert(value, kind, strict=False)


def _expected(kind: Any) -> str:
    """Say in plain words what a setting of this kind looks like."""
    if get_origin(kind) is Literal:
        return f"one of {', '.join(get_args(kind))}"
    return {
        int: "a whole number",
        bool: "yes or no",
        str: "words in quotation marks",
        ZoneInfo: "a time zone such as Europe/Oslo",
        frozenset[RoleName]: "nobody, or some of owner, worker, administrator",
        tuple[HelpNumber, ...]: "a list with a name and a number each",
    }[kind]


def _with_defaults(values: dict[str, Any]) -> dict[str, Any]:
    """Fill in the addresses that follow from the home folder and the port."""
    home: Path = values["home"]
    defaults = {each.name: each.default for each in fields(Settings) if each.default is not MISSING}
    port = values.get("port", defaults["port"])
    values["database_url"] = _database_url(values.get("database_url", ""), home)
    values["redis_url"] = values.get("redis_url") or f"unix://{socket_path(home)}"
    values["public_url"] = (values.get("public_url") or f"http://127.0.0.1:{port}").rstrip("/")
    return values


def _database_url(url: str, home: Path) -> str:
    if not url:
        return f"sqlite:///{home / 'tandem.sqlite3'}"
    for start in ("postgres://", "postgresql://"):
        if url.startswith(start):
            return "postgresql+psycopg://" + url.removeprefix(start)
    return url


def _with_scheme(url: str, scheme: str) -> str:
    return f"{scheme}://{url.removeprefix('unix://')}" if url.startswith("unix://") else url

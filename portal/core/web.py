"""What every answer carries: headers, the origin check, rate limits; and paging by key.

Sources: OWASP ASVS 5.0, chapters 3.4 and 3.5; the content policy allows nothing but our own files.
"""

import base64
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, Generic, TypeVar
from urllib.parse import urlsplit
from uuid import UUID

from flask import Flask, request
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from flask_wtf import CSRFProtect
from werkzeug.middleware.proxy_fix import ProxyFix

from portal.core.errors import BadRequest
from portal.core.guard import SAFE

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "connect-src 'self'",
        "worker-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), interest-cohort=()",
    "Strict-Transport-Security": "max-age=31536000; includeSubDomains",
}

_EVERYWHERE = [*HEADERS.items(), ("Cache-Control", "no-store")]

FORM_TYPES = frozenset({"", "application/x-www-form-urlencoded", "multipart/form-data"})

T = TypeVar("T")
limiter = Limiter(key_func=get_remote_address, strategy="fixed-window", swallow_errors=True)
csrf = CSRFProtect()


def init_origins(app: Flask) -> None:
    """Put headers on every answer and refuse forms from elsewhere, before anything else."""
    app.wsgi_app = _with_headers(app.wsgi_app)  # type: ignore[assignment, method-assign]  # Flask’s way
    proxies: int = app.config["SETTINGS"].trusted_proxies
    if proxies:
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign]  # Flask's own way to wrap it
            app.wsgi_app, x_for=proxies, x_proto=proxies, x_host=proxies
        )
    app.before_request(_refuse_other_origins)
    app.before_request(_refuse_other_content)


def init_tokens(app: Flask) -> None:
    """Ask every form for its token, and count tries; after the guard, so that it can sign in.

    Limits wrap their views, so the limiter's hooks on every request are left out, and with them its
    limits for a whole blueprint or application: those would count nothing.
    """
    csrf.init_app(app)
    app.extensions["limiter"] = {limiter}
    limiter.init_app(app)


def _refuse_other_origins() -> None:
    if request.method in SAFE:
        return
    origin = request.headers.get("Origin")
    site = request.headers.get("Sec-Fetch-Site", "same-origin")
    if site == "cross-site" or (origin and _host_of(origin) != request.host):
        raise BadRequest


def _refuse_other_content() -> None:
    """Only forms are sent here; nothing ever reads JSON or another kind of content."""
    if request.method not in SAFE and request.mimetype not in FORM_TYPES:
        raise BadRequest


def _host_of(origin: str) -> str:
    try:
        return urlsplit(origin).netloc
    except ValueError:  # no address at all
        return ""


def _with_headers(app: "WSGIApplication") -> "WSGIApplication":
    """Put in what a view has not set itself, when the answer stands and its headers are a list.

    As headers of each response, looked at one by one, they would cost half of a bare page.
    """

    def answer(environ: "WSGIEnvironment", start: "StartResponse") -> Iterable[bytes]:
        def begin(status: str, headers: list[tuple[str, str]], *problem: Any) -> Any:
            present = {name.lower() for name, _ in headers}
            missing = [pair for pair in _EVERYWHERE if pair[0].lower() not in present]
            return start(status, headers + missing, *problem)

        return app(environ, begin)

    return answer


def safe_next(target: str | None, default: str = "/") -> str:
    """A path on this site to go on to, or the default; nothing that leads elsewhere."""
    if not target or not target.startswith("/") or target.startswith(("//", "/\\")):
        return default
    parts = urlsplit(target)
    odd = any(ord(sign) <= 32 or sign in "\\\x7f" for sign in target)
    return default if parts.scheme or parts.netloc or odd else target


@dataclass(frozen=True)
class Page(Generic[T]):
    """One page of a list and the tokens to its neighbours (None where there is none)."""

    items: Sequence[T]
    older: str | None = None
    newer: str | None = None


def page_token(row_id: UUID) -> str:
    """A row's id as a short token for ``?before=`` and ``?after=``."""
    return base64.urlsafe_b64encode(row_id.bytes).decode().rstrip("=")


def read_token(token: str | None) -> UUID | None:
    """The row id of a token; None when there is none. A malformed one is a bad request."""
    if not token:
        return None
    try:
        return UUID(bytes=base64.urlsafe_b64decode(token + "=" * (-len(token) % 4)))
    except ValueError as problem:
        raise BadRequest from problem


def picked_ids(name: str) -> list[UUID]:
    """The ids that were ticked on a page; anything else is a bad request."""
    try:
        return [UUID(each) for each in request.form.getlist(name)]
    except ValueError as problem:
        raise BadRequest from problem


Place = tuple[datetime, UUID]
"""Where a page ends: the time and the id of its last row."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def place_token(place: Place | None) -> str | None:
    """Where a page ends, as a short token for ``?before=``."""
    if place is None:
        return None
    return f"{(place[0] - _EPOCH) // timedelta(microseconds=1)}.{page_token(place[1])}"


def read_place(token: str | None) -> Place | None:
    """The place of a token; None without one. A malformed one is a bad request."""
    if not token:
        return None
    moment, _, row = token.partition(".")
    row_id = read_token(row)
    if row_id is None or not moment.isdecimal() or len(moment) > 17:
        raise BadRequest
    return _EPOCH + timedelta(microseconds=int(moment)), row_id

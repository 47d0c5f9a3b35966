"""Who is this? From the cookie to a viewer with an opened box, in one query.

Flask-Login asks here once a request. The token never leaves the cookie.
"""

from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Any, TypedDict, Unpack
from zoneinfo import ZoneInfo

import msgspec
from flask import Flask, Request, Response, current_app, g, request
from flask_login import LoginManager
from sqlalchemy import bindparam, select

from portal.accounts.models import Person
from portal.core.db import db
from portal.core.errors import Locked
from portal.core.guard import after_answer
from portal.core.rows import first
from portal.vault.box import Box
from portal.vault.models import Session, Stage
from portal.vault.session import (
    TOUCH_EVERY,
    Inside,
    keep_in_session,
    look_up_of,
    open_session,
    touch_session,
)
from portal.vault.viewer import Viewer

_SESSION, _PERSON = Session.__table__.c, Person.__table__.c
_WHO = (
    select(
        _SESSION.id,
        _SESSION.person_id,
        _SESSION.stage,
        _SESSION.wrapped,
        _SESSION.seen_at,
        _SESSION.idle_seconds,
        _SESSION.ends_at,
        _PERSON.role,
        _PERSON.zone,
        _PERSON.language,
    )
    .join_from(Session.__table__, Person.__table__, _PERSON.id == _SESSION.person_id)
    .where(
        _SESSION.look_up == bindparam("look_up", type_=_SESSION.look_up.type),
        _PERSON.is_active.is_(True),
    )
)
_zone = lru_cache(maxsize=64)(ZoneInfo)


class Changed(TypedDict, total=False):
    """What can change of ``Inside`` while somebody is signed in."""

    name: str
    lacks_code: bool
    has_way_out: bool


def init_signed_in(app: Flask) -> None:
    """Let Flask-Login find the viewer of a request by our cookie."""
    manager = LoginManager(app)
    manager.session_protection = None
    manager.request_loader(load_viewer)


def cookie_name() -> str:
    """The session cookie's name; the ``__Host-`` prefix wherever the portal is served over TLS."""
    return "__Host-tandem" if current_app.config["SETTINGS"].is_secure else "tandem"


def load_viewer(request: Request) -> Viewer | None:
    """The viewer of a request, or None. One that still owes the second factor is kept aside."""
    cookie = request.cookies.get(cookie_name())
    if not cookie:
        return None
    try:
        session, viewer = viewer_of(cookie, datetime.now(UTC))
    except Locked:
        return None
    if viewer.now - session.seen_at > TOUCH_EVERY:
        session_id, now = session.id, viewer.now
        after_answer(lambda: touch_session(session_id, now))
    if session.stage is not Stage.FULL:
        g.half_viewer = viewer
        return None
    return viewer


def viewer_of(cookie: str, now: datetime) -> tuple[Any, Viewer]:
    """Open a cookie's session: who it is, with their keys. Raises Locked when it has ended.

    The row comes along as plain columns: every page asks for it.
    """
    found = first(_WHO, {"look_up": look_up_of(cookie)})
    if found is None:
        raise Locked
    inside = open_session(found, cookie, now)
    viewer = Viewer(
        person_id=found.person_id,
        role=found.role,
        name=inside.name,
        zone=_zone(found.zone),
        language=found.language,
        now=now,
        box=Box(found.person_id, inside.bundle),
        session_id=found.id,
        lacks_code=inside.lacks_code,
        has_way_out=inside.has_way_out,
    )
    return found, viewer


def set_session_cookie(response: Response, cookie: str, *, kept_for: timedelta | None) -> Response:
    """Hand the token to the browser; ``kept_for`` None means until the browser is closed."""
    response.set_cookie(
        cookie_name(),
        cookie,
        max_age=kept_for,
        secure=current_app.config["SETTINGS"].is_secure,
        httponly=True,
        samesite="Lax",
        path="/",
    )
    return response


def clear_session_cookie(response: Response) -> Response:
    """Take the token away and ask the browser to forget the pages it kept.

    What an owner put on their own phone stays there, sealed: it must open signed out (decision 93).
    """
    response.delete_cookie(
        cookie_name(),
        path="/",
        secure=current_app.config["SETTINGS"].is_secure,
        httponly=True,
        samesite="Lax",
    )
    response.headers["Clear-Site-Data"] = '"cache", "cookies"'
    return response


def keep_here(viewer: Viewer, **changed: Unpack[Changed]) -> None:
    """Know a change in this session at once; other devices do from their next sign-in."""
    session = db.session.get(Session, viewer.session_id)
    cookie = request.cookies.get(cookie_name())
    if session is not None and cookie:
        bundle = viewer.box.bundle_for_rewrap()
        known = Inside(
            bundle, viewer.name, lacks_code=viewer.lacks_code, has_way_out=viewer.has_way_out
        )
        keep_in_session(session, cookie, msgspec.structs.replace(known, **changed))
